"""Where each topic begins and ends, and how far the groups have come: one look, in a safe order."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from kafka import KafkaAdminClient, KafkaConsumer, TopicPartition
from kafka.errors import KafkaError
from kafka.partitioner.default import murmur2

from pipeline.settings import Settings
from pipeline.stream import reach
from pipeline.stream.gaps import Gap
from pipeline.stream.groups import SOURCES, group
from pipeline.stream.topics import admin
from schemas import ServiceUnavailable
from schemas.topics import LANES, MAX_MESSAGE_BYTES, Topic, lane

FETCH_BYTES = 1 << 20
"""Asked for at once of each partition; a larger message comes alone."""
PATIENCE_SECS = 60.0
PAUSE_SECS = 0.2

Reader = KafkaConsumer
"""A client that `consumer` gave."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One partition: its first offset, its end, and the first that its group has not committed."""

    group: str
    topic: str
    partition: int
    first: int
    end: int
    committed: int | None

    @property
    def read(self) -> int:
        """The offset before which the group has finished everything that is left."""
        return max(self.first, self.committed or 0)

    @property
    def waiting(self) -> int:
        """How many messages the group has not finished."""
        return max(0, self.end - self.read)

    @property
    def gap(self) -> Gap | None:
        """What retention deleted before the group had read it.

        A group without a commit has read nothing, as far as Kafka knows.
        """
        unread = self.committed or 0
        if unread >= self.first:
            return None
        return Gap(self.group, self.topic, self.partition, unread, self.first - 1)


@contextmanager
def consumer(settings: Settings) -> Iterator[KafkaConsumer]:
    """Give a client that reads outside of any group and commits nothing.

    Raises:
        ServiceUnavailable: Kafka does not answer.

    """
    reach.check(settings)
    try:
        client = KafkaConsumer(
            bootstrap_servers=settings.kafka_bootstrap_servers.split(","),
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=FETCH_BYTES,
            fetch_max_bytes=MAX_MESSAGE_BYTES,
            **settings.kafka_security(),
        )
    except KafkaError as error:
        raise ServiceUnavailable(
            f"Kafka at {settings.kafka_bootstrap_servers} does not answer ({error}): is it up, and "
            "is NEWSMILL_KAFKA_BOOTSTRAP_SERVERS right?"
        ) from error
    try:
        yield client
    except KafkaError as error:
        raise ServiceUnavailable(f"Kafka does not give what was asked for: {error}") from error
    finally:
        client.close()


def standings(settings: Settings, client: KafkaConsumer) -> list[Standing]:
    """Return how far every stage has come, in both lanes.

    The order makes the whole true although everything moves: a topic's end is read before the
    commits of the stage that reads it, and those before the end of what that stage writes.  So what
    is committed here has its next message before the end that is read next.

    Raises:
        ServiceUnavailable: Kafka does not answer, or has no topics of ours.

    """
    found: list[Standing] = []
    with admin(settings) as control:
        for stage, topic in SOURCES.items():
            for name in LANES:
                found += of_stage(client, control, lane(topic, name), group(stage, name))
    if not found:
        raise ServiceUnavailable("there are no topics: run `newsmill topics apply`")
    return found


def of_stage(
    client: KafkaConsumer, control: KafkaAdminClient, topic: Topic, reader: str
) -> list[Standing]:
    """Return how far the group *reader* has come in each partition of *topic*."""
    spans = extent(client, topic)
    committed = commits(control, reader)
    return [
        Standing(reader, topic.name, part.partition, first, end, offset_of(committed.get(part)))
        for part, (first, end) in spans.items()
    ]


def commits(control: KafkaAdminClient, reader: str) -> dict[TopicPartition, Any]:
    """Return what the group *reader* has committed; a Kafka that is new makes a place for it."""
    late = time.monotonic() + PATIENCE_SECS
    while True:
        try:
            return dict(control.list_group_offsets(reader).get(reader, {}))
        except KafkaError as error:
            if not error.retriable or time.monotonic() > late:
                raise
        time.sleep(PAUSE_SECS)


def offset_of(commit: Any) -> int | None:
    """Return the offset of a commit; None where there is none."""
    return None if commit is None or commit.offset < 0 else int(commit.offset)


def part(one: Standing) -> TopicPartition:
    """Return a partition as the client names it."""
    return TopicPartition(one.topic, one.partition)


Spans = dict[TopicPartition, tuple[int, int]]
"""Partition to its first offset and the one after its last."""


def extent(client: KafkaConsumer, topic: Topic) -> Spans:
    """Return where each partition of *topic* begins and ends now; none where it is missing."""
    numbers = client.partitions_for_topic(topic.name) or ()
    parts = [TopicPartition(topic.name, number) for number in sorted(numbers)]
    firsts, ends = client.beginning_offsets(parts), client.end_offsets(parts)
    return {part: (firsts[part], ends[part]) for part in parts}


def since(client: KafkaConsumer, spans: Spans, millis: int) -> Spans:
    """Return *spans* without what was sent before *millis* since 1970."""
    found = client.offsets_for_times(dict.fromkeys(spans, millis)) if spans else {}
    return {
        part: (found[part].offset if found.get(part) else end, end)
        for part, (_, end) in spans.items()
    }


def read(client: KafkaConsumer, spans: Spans) -> Iterator[Any]:
    """Yield every message of *spans*; within a partition in order.

    Raises:
        ServiceUnavailable: Kafka gave nothing for a minute.

    """
    left = {part: end for part, (first, end) in spans.items() if first < end}
    client.assign([*left])
    for part in left:
        client.seek(part, spans[part][0])
    late = time.monotonic() + PATIENCE_SECS
    while left:
        batches = client.poll(timeout_ms=1000)
        for part, batch in batches.items():
            yield from (message for message in batch if message.offset < left.get(part, 0))
        for part in done(client, left):
            client.pause(part)
            del left[part]
        if batches:
            late = time.monotonic() + PATIENCE_SECS
        elif left and time.monotonic() > late:
            raise ServiceUnavailable(
                f"Kafka gave nothing of {next(iter(left)).topic} for {PATIENCE_SECS:.0f} s: "
                "is it well?"
            )


def done(client: KafkaConsumer, left: Mapping[TopicPartition, int]) -> list[TopicPartition]:
    """Return the partitions that were read to their end; compaction may leave none at the end."""
    return [part for part, end in left.items() if client.position(part) >= end]


def partition_of(key: str, count: int) -> int:
    """Return the partition, of *count*, that every producer of ours chooses for *key*."""
    return int((murmur2(key.encode(errors="replace")) & 0x7FFFFFFF) % count)
