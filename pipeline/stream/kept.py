"""Raw records that are still kept: in Kafka for a week, in an archive for as long as it has room.

Each comes with its place, so that whoever reads them can say up to where it came, and go on there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kafka import TopicPartition
from pydantic import AwareDatetime, ValidationError

from pipeline.settings import Settings
from pipeline.stream.archive_days import days, lines
from pipeline.stream.reading import reader
from schemas.dead_letters import PREFIX, value_of
from schemas.record import Part
from schemas.topics import RAW, lane

AGAIN = PREFIX + "again"
"""Header of a record that was sent again: it is a copy of one that lies in Kafka already."""
LANE = lane(RAW, "backfill")
RAW_TOPICS = (RAW, LANE)

Positions = Mapping[str, int]
"""Place (a partition, a day of the archive) to the number of the first record that is not done."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A raw record as it was kept: where, its number there, its bytes, when it was put there."""

    place: str
    number: int
    value: bytes
    at: datetime | None = None


class Head(Part):
    """What names a raw record, of whatever schema version."""

    id: str
    url: str = ""
    source: str = ""
    fetched_at: AwareDatetime | None = None


def head(value: bytes) -> Head | None:
    """Return what names a raw record; None where its bytes cannot be read.

    >>> head(b'{"id": "1", "source": "gazette", "schema_version": 900}').source
    'gazette'
    >>> head(b"{") is None
    True
    """
    try:
        return Head.model_validate_json(value)
    except ValidationError:
        return None


@dataclass(frozen=True, slots=True)
class Choice:
    """Which records are wanted: fetched from ``since`` on, before ``until``, of these sources."""

    since: datetime | None = None
    until: datetime | None = None
    sources: frozenset[str] = frozenset()

    def takes(self, one: Head, at: datetime | None) -> bool:
        """Whether a record is wanted; *at*: when it was kept, for one without a time of fetch."""
        if self.sources and one.source not in self.sources:
            return False
        when = one.fetched_at or at
        if when is None:
            return self.since is None and self.until is None
        early = self.since is not None and when < self.since
        late = self.until is not None and when >= self.until
        return not early and not late


def ends(settings: Settings) -> dict[str, int]:
    """Return where each partition of the raw topics ends now.

    Raises:
        kafka.errors.KafkaError: Kafka does not answer.

    """
    with closing(reader(settings)) as consumer:
        found = consumer.end_offsets(partitions(consumer))
    return {named(part): end for part, end in found.items()}


def in_kafka(
    settings: Settings, since: datetime | None, begin: Positions, until: Positions
) -> Iterator[Kept]:
    """Yield the raw records of both lanes between the positions *begin* and *until*.

    What was fetched before *since* may be passed over, and what was sent again is.

    Raises:
        kafka.errors.KafkaError: Kafka does not answer.

    """
    with closing(reader(settings)) as consumer:
        parts = [part for part in partitions(consumer) if named(part) in until]
        consumer.assign(parts)
        seek(consumer, parts, since, begin)
        while open_ := [part for part in parts if consumer.position(part) < until[named(part)]]:
            consumer.pause(*(set(parts) - set(open_)))
            for batch in consumer.poll(timeout_ms=1000).values():
                yield from kept(batch, until)


def kept(batch: Iterable[Any], until: Positions) -> Iterator[Kept]:
    """Yield the messages of *batch* that hold a record of their own, up to *until*."""
    for message in batch:
        place = f"{message.topic} {message.partition}"
        if is_own(message) and message.offset < until[place]:
            at = datetime.fromtimestamp(message.timestamp / 1000, UTC)
            yield Kept(place, message.offset, message.value, at)


def is_own(message: Any) -> bool:
    """Whether a message holds a record, and is no copy of one that lies in Kafka already."""
    return message.value is not None and not value_of(message.headers, AGAIN)


def seek(
    consumer: Any, parts: list[TopicPartition], since: datetime | None, begin: Positions
) -> None:
    """Put *consumer* before the first record that may be wanted.

    A record is sent after it was fetched, so none that is wanted stands before *since*.
    """
    consumer.seek_to_beginning(*parts)
    if since is not None:
        millis = int(since.timestamp() * 1000)
        found = consumer.offsets_for_times(dict.fromkeys(parts, millis))
        after_all = consumer.end_offsets(parts)
        for part in parts:
            consumer.seek(part, found[part].offset if found.get(part) else after_all[part])
    for part in parts:
        if named(part) in begin:
            consumer.seek(part, max(begin[named(part)], consumer.position(part)))


def partitions(consumer: Any) -> list[TopicPartition]:
    """Return every partition of the raw topics."""
    return [
        TopicPartition(topic.name, number)
        for topic in RAW_TOPICS
        for number in sorted(consumer.partitions_for_topic(topic.name) or ())
    ]


def named(part: TopicPartition) -> str:
    """Return how a position names a partition."""
    return f"{part.topic} {part.partition}"


def in_archive(folder: Path, begin: Positions) -> Iterator[Kept]:
    """Yield the records of the archive in *folder*, day by day, from the positions *begin*.

    Raises:
        OSError: a file cannot be read.

    """
    for day in days(folder):
        for number, line in enumerate(lines(day)):
            if number >= begin.get(day.name, 0):
                yield Kept(day.name, number, line)
