"""What retention took unread: a system of its own for each test, for it belongs to no source."""

from __future__ import annotations

from contextlib import closing

import pytest
from kafka import KafkaAdminClient, TopicPartition

from pipeline.audit.audit import run
from pipeline.stream import offsets
from pipeline.stream.health import read_all
from schemas.topics import ENRICHED, RAW
from tests.live.ledger_stack import Settled, enriched, raw
from tests.live.processes import Processes, wait_for
from tests.live.sweep import sweep

pytestmark = [pytest.mark.live, pytest.mark.timeout(300)]


@pytest.fixture
def alone(kafka, elasticsearch, monkeypatch):
    """Give an empty system."""
    monkeypatch.setattr("pipeline.audit.audit.SETTLE_SECS", 0.1)
    sweep(kafka, elasticsearch)
    made = Settled(kafka, elasticsearch)
    yield made
    made.close()
    sweep(kafka, elasticsearch)


def test_what_retention_took_unread_has_expired(alone):
    """Messages that Kafka deleted before a group had read them are counted and exit with 3.

    Where the raw record is still there its id is named: its partition has a gap further on.
    """
    halfway = raw("halfway")
    alone.accept(halfway)
    alone.commit("clean")
    alone.send(ENRICHED, halfway.id, halfway.to_bytes())
    delete_records(alone, ENRICHED.name)
    report = run(alone.settings)
    assert (report.exit_code(), report.total("expired"), report.wrong) == (3, 1, {})
    for number in range(20):
        alone.accept(raw(f"late-{number}"))
    delete_records(alone, RAW.name)
    report = run(alone.settings)
    assert report.exit_code() == 3
    assert sum(len(gap) for gap in report.gaps if gap.topic == RAW.name) == 20


def delete_records(system, topic):
    """Let Kafka delete everything in *topic*, as retention does."""
    with closing(
        KafkaAdminClient(bootstrap_servers=system.settings.kafka_bootstrap_servers)
    ) as admin:
        admin.delete_records({TopicPartition(topic, number): -1 for number in range(8)})


def test_a_worker_notes_what_expired_before_it_came(alone, tmp_path):
    """Its offsets tell nothing once it has gone on; the note that it left does."""
    for _again in range(3):
        alone.send(ENRICHED, "lost", b"{}")
    delete_records(alone, ENRICHED.name)
    alone.accept(raw("found"))
    alone.commit("clean")
    origin = alone.send(ENRICHED, "lost", enriched(raw("found"), 0).to_bytes())
    workers = Processes(alone.settings, tmp_path)
    workers.start("stream", "index")
    try:
        there = {"index": "articles", "id": "found"}
        wait_for(lambda: alone.client.exists(**there), 60, lambda: read_all(tmp_path / "state"))
        assert workers.stop() == [0]
    finally:
        workers.kill()
    assert not any(one.gap for one in standings_of(alone)), "the group has gone on"
    report = run(alone.settings)
    assert (report.exit_code(), report.total("indexed")) == (3, 1)
    (gap,) = report.gaps
    assert (gap.partition, gap.first, gap.last) == (origin.partition, 0, 2)


def standings_of(system):
    """Return how far each group has come."""
    with offsets.consumer(system.settings) as client:
        return offsets.standings(system.settings, client)
