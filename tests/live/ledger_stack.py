"""A settled system by hand: what workers would have left behind, without the workers.

Every outcome there is, in both lanes, so that a test of the audit takes seconds and can then break
exactly one thing.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.structs import OffsetAndMetadata

from pipeline.index import templates
from pipeline.index.document import document
from pipeline.index.elasticsearch import ElasticsearchSink, connect
from pipeline.settings import Settings
from pipeline.stream import topics
from pipeline.stream.groups import SOURCES, group
from pipeline.stream.offsets import commits
from schemas import Dropped, EnrichedArticle, RawArticle, document_version
from schemas.dead_letters import Origin, Reason, letter_of
from schemas.enriched import Quote
from schemas.topics import DEAD, DROPPED, LANES, RAW, Topic, lane

NOON = datetime(2026, 11, 1, 12, 30, tzinfo=UTC)
SAID = "Rain fell, said the mayor."


def raw(name: str, source: str = "gazette", minutes: int = 0) -> RawArticle:
    """Return a raw article that was fetched so many minutes after half past twelve."""
    return RawArticle(
        id=name, source=source, content_type="text/plain", body=SAID,
        fetched_at=NOON + timedelta(minutes=minutes),
    )  # fmt: skip


def enriched(record: RawArticle, quotes: int = 1) -> EnrichedArticle:
    """Return what becomes of *record*, with so many quotations."""
    said = Quote(text="Rain fell", start=0, end=9, kind="indirect")
    return EnrichedArticle(
        id=record.id, source=record.source, fetched_at=record.fetched_at, text=SAID,
        sentences=((0, len(SAID)),), quotes=(said,) * quotes,
    )  # fmt: skip


class Settled:
    """Kafka and Elasticsearch as a test wants them."""

    def __init__(self, kafka: str, elasticsearch: str) -> None:
        """Make topics and indices where they are missing."""
        self.settings = Settings(
            _env_file=None, kafka_bootstrap_servers=kafka, elasticsearch_url=elasticsearch
        )
        topics.apply(self.settings)
        self.client = connect(elasticsearch)
        templates.apply(self.client)
        self.sink = ElasticsearchSink(self.client)
        self.producer = KafkaProducer(bootstrap_servers=kafka, linger_ms=5)

    def close(self) -> None:
        """Close the clients."""
        self.producer.close()
        self.client.close()

    def send(self, topic: Topic, key: str, value: bytes | None, headers: Iterable = ()) -> Origin:
        """Send one message; return where it lies."""
        sent = self.producer.send(topic.name, key=key.encode(), value=value, headers=list(headers))
        told = sent.get(60)
        return Origin(topic.name, told.partition, told.offset, key.encode(), value, 0)

    def accept(self, record: RawArticle, name: str = "live") -> Origin:
        """Send *record* as a connector does."""
        return self.send(lane(RAW, name), record.id, record.to_bytes())

    def index(self, record: RawArticle, quotes: int = 1) -> None:
        """Store what becomes of *record*."""
        (written,) = self.sink.write([document(enriched(record, quotes), NOON)])
        assert written.state == "stored"

    def note(self, record: RawArticle, reason: str, *, versioned: bool = True) -> None:
        """Say that *record* was left out."""
        note = Dropped(
            id=record.id, stage="clean", reason=reason, at=datetime.now(UTC), source=record.source,
            version=document_version(record.fetched_at) if versioned else None,
        )  # fmt: skip
        self.send(DROPPED, record.id, note.to_bytes())

    def bury(self, origin: Origin, reason: str) -> str:
        """Give up the message that lies at *origin*; return the name of its letter."""
        why = Reason("clean", reason, "RecordError", "by hand")
        value, headers = letter_of(origin, why, "0", datetime.now(UTC))
        self.send(DEAD, origin.name(), value, headers.items())
        return origin.name()

    def commit(self, stage: str, name: str = "live") -> None:
        """Let the group of *stage* have finished everything."""
        topic, servers = lane(SOURCES[stage], name), self.settings.kafka_bootstrap_servers
        with closing(KafkaConsumer(bootstrap_servers=servers)) as reader:
            parts = [TopicPartition(topic.name, one) for one in range(topic.partitions)]
            ends = reader.end_offsets(parts)
        finished = {part: OffsetAndMetadata(end, "", -1) for part, end in ends.items()}
        with closing(KafkaAdminClient(bootstrap_servers=servers)) as control:
            commits(control, group(stage, name))  # a new Kafka has no place for commits yet
            control.alter_group_offsets(group(stage, name), finished)

    def settle(self) -> None:
        """Let every group have finished, and every document be found."""
        for name in LANES:
            for stage in SOURCES:
                self.commit(stage, name)
        self.client.indices.refresh(index=[*templates.INDICES])

    def fill(self) -> None:
        """Leave one record behind for each way to end, and a few that came twice."""
        first, newer = raw("twice-fetched"), raw("twice-fetched", minutes=45)
        for record in (first, newer, newer):
            self.accept(record)
        self.index(first)
        self.index(newer, quotes=2)
        self.note(newer, "duplicate")
        for name in ("plain-1", "plain-2", "plain-3"):
            self.accept(raw(name))
            self.index(raw(name))
        self.accept(raw("history", "archive"), "backfill")
        self.index(raw("history", "archive"), quotes=0)
        self.accept(raw("advert", "archive"))
        self.note(raw("advert"), "only_boilerplate")
        self.accept(raw("wall"))
        self.note(raw("wall"), "not_a_story", versioned=False)
        self.bury(self.accept(raw("empty")), "no_text")
        self.bury(self.send(RAW, "garbled", b"{"), "invalid_json")
        self.bury(Origin(RAW.name, -1, -1, b"huge", raw("huge").to_bytes(), 0), "too_big")
        self.settle()
