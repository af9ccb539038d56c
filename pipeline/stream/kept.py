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

from kafka import KafkaConsumer, TopicPartition
from pydantic import AwareDatetime, ValidationError

from pipeline.settings import Settings
from pipeline.stream.archive_days import days, lines
from schemas.dead_letters import PREFIX, value_of
from schemas.record import Part
from schemas.topics import MAX_MESSAGE_BYTES, RAW, lane

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
    with closing(consumer(settings)) as reader:
        found = reader.end_offsets(partitions(reader))
    return {named(part): end for part, end in found.items()}


def in_kafka(
    settings: Settings, since: datetime | None, begin: Positions, until: Positions
) -> Iterator[Kept]:
    """Yield the raw records of both lanes between the positions *begin* and *until*.

    What was fetched before *since* may be passed over, and what was sent again is.

    Raises:
        kafka.errors.KafkaError: Kafka does not answer.

    """
    with closing(consumer(settings)) as reader:
        parts = [part for part in partitions(reader) if named(part) in until]
        reader.assign(parts)
        seek(reader, parts, since, begin)
        while open_ := [part for part in parts if reader.position(part) < until[named(part)]]:
            reader.pause(*(set(parts) - set(open_)))
            for batch in reader.poll(timeout_ms=1000).values():
                yield from kept(batch, until)


def kept(batch: Iterable[Any], until: Positions) -> Iterator[Kept]:
    """Yield the messages of *batch* that hold a record of their own, up to *until*."""
    for message in batch:
        place = f"{message.topic} {message.partition}"
        copy = message.topic == LANE.name and value_of(message.headers, AGAIN)
        if message.value is not None and not copy and message.offset < until[place]:
            at = datetime.fromtimestamp(message.timestamp / 1000, UTC)
            yield Kept(place, message.offset, message.value, at)


def seek(
    reader: Any, parts: list[TopicPartition], since: datetime | None, begin: Positions
) -> None:
    """Put *reader* before the first record that may be wanted.

    A record is sent after it was fetched, so none that is wanted stands before *since*.
    """
    reader.seek_to_beginning(*parts)
    if since is not None:
        millis = int(since.timestamp() * 1000)
        found = reader.offsets_for_times(dict.fromkeys(parts, millis))
        after_all = reader.end_offsets(parts)
        for part in parts:
            reader.seek(part, found[part].offset if found.get(part) else after_all[part])
    for part in parts:
        if named(part) in begin:
            reader.seek(part, max(begin[named(part)], reader.position(part)))


def partitions(reader: Any) -> list[TopicPartition]:
    """Return every partition of the raw topics."""
    return [
        TopicPartition(topic.name, number)
        for topic in RAW_TOPICS
        for number in sorted(reader.partitions_for_topic(topic.name) or ())
    ]


def named(part: TopicPartition) -> str:
    """Return how a position names a partition."""
    return f"{part.topic} {part.partition}"


def consumer(settings: Settings) -> Any:
    """Return a reader that belongs to no group."""
    return KafkaConsumer(
        bootstrap_servers=settings.kafka_bootstrap_servers.split(","),
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=MAX_MESSAGE_BYTES,
        **settings.kafka_security(),
    )


def in_archive(folder: Path, begin: Positions) -> Iterator[Kept]:
    """Yield the records of the archive in *folder*, day by day, from the positions *begin*.

    Raises:
        OSError: a file cannot be read.

    """
    for day in days(folder):
        for number, line in enumerate(lines(day)):
            if number >= begin.get(day.name, 0):
                yield Kept(day.name, number, line)
