"""Reads a topic from its beginning to where it ends now, outside of any consumer group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kafka import KafkaConsumer, TopicPartition

from pipeline.settings import Settings
from schemas.topics import MAX_MESSAGE_BYTES, Topic


def messages(settings: Settings, topic: Topic) -> Iterator[Any]:
    """Yield every message of *topic* as it stands now, then stop.

    Raises:
        kafka.errors.KafkaError: Kafka does not answer.

    """
    consumer = KafkaConsumer(
        bootstrap_servers=settings.kafka_bootstrap_servers.split(","),
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=MAX_MESSAGE_BYTES,
        **settings.kafka_security(),
    )
    try:
        numbers = consumer.partitions_for_topic(topic.name) or ()
        parts = [TopicPartition(topic.name, number) for number in sorted(numbers)]
        consumer.assign(parts)
        consumer.seek_to_beginning(*parts)
        ends = consumer.end_offsets(parts)
        while any(consumer.position(part) < ends[part] for part in parts):
            for batch in consumer.poll(timeout_ms=1000).values():
                yield from batch
    finally:
        consumer.close()
