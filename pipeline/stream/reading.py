"""Reads topics outside of any consumer group: all that is there now, or what lies somewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any, NamedTuple

from kafka import KafkaConsumer, TopicPartition

from pipeline.settings import Settings
from pipeline.stream import reach
from schemas.topics import Topic

FETCH_BYTES = 1 << 20
"""Asked for at once of each partition; a larger message comes alone."""


class Place(NamedTuple):
    """Where a message lies."""

    topic: str
    partition: int
    offset: int


def messages(settings: Settings, topic: Topic) -> Iterator[Any]:
    """Yield every message of *topic* as it stands now, then stop.

    Raises:
        kafka.errors.KafkaError: Kafka does not answer.

    """
    with closing(reader(settings)) as consumer:
        numbers = consumer.partitions_for_topic(topic.name) or ()
        parts = [TopicPartition(topic.name, number) for number in sorted(numbers)]
        if not parts:
            return
        consumer.assign(parts)
        consumer.seek_to_beginning(*parts)
        ends = consumer.end_offsets(parts)
        while any(consumer.position(part) < ends[part] for part in parts):
            for batch in consumer.poll(timeout_ms=1000).values():
                yield from batch


def messages_at(settings: Settings, places: Iterable[Place]) -> Iterator[Any]:
    """Yield the messages at *places* that are still there, each partition in its order.

    Raises:
        kafka.errors.KafkaError: Kafka does not answer.

    """
    wanted: defaultdict[TopicPartition, set[int]] = defaultdict(set)
    for place in places:
        wanted[TopicPartition(place.topic, place.partition)].add(place.offset)
    with closing(reader(settings)) as consumer:
        for part, offsets in wanted.items():
            if part.partition in (consumer.partitions_for_topic(part.topic) or ()):
                yield from within(consumer, part, offsets)


def within(consumer: KafkaConsumer, part: TopicPartition, offsets: set[int]) -> Iterator[Any]:
    """Yield the messages of one partition at *offsets* that are still there."""
    begin, end = consumer.beginning_offsets([part])[part], consumer.end_offsets([part])[part]
    there = {offset for offset in offsets if begin <= offset < end}
    if not there:
        return
    consumer.assign([part])
    consumer.seek(part, min(there))
    while consumer.position(part) <= max(there):
        for batch in consumer.poll(timeout_ms=1000).values():
            yield from (message for message in batch if message.offset in there)


def reader(settings: Settings, **more: Any) -> KafkaConsumer:
    """Return a consumer of no group that commits nothing; *more* settings are kafka-python's.

    Raises:
        ServiceUnavailable: Kafka lets nobody in, with the reason.

    """
    reach.check(settings)
    return KafkaConsumer(
        bootstrap_servers=settings.kafka_bootstrap_servers.split(","),
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=FETCH_BYTES,
        **settings.kafka_security(),
        **more,
    )
