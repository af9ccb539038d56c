"""Elasticsearch that is away, slow, full, read-only, or answers only some."""

from __future__ import annotations

import pytest

from tests.faults.crowd import Crowd
from tests.faults.lab import memory_mb, poll, stay

pytestmark = pytest.mark.timeout(1800)


@pytest.mark.faults(3)
@pytest.mark.live
def test_elasticsearch_is_away(trial):
    """Records wait in Kafka, memory stays flat, nothing is given up, and health says why."""
    pid = trial.lab.stack.agents["index"].pid
    trial.send(100)
    before = memory_mb(pid)
    trial.lab.index.run("kill")
    with trial.generator.load(per_sec=20):
        trial.says("index", "Connection")
        stay(600, least=5)
    assert memory_mb(pid) - before < 50
    trial.lab.index.run("start")
    assert trial.ends_well().dead == {}


@pytest.mark.faults(6)
@pytest.mark.live
def test_an_answer_is_lost_after_the_write(trial):
    """Nobody knows that it was done, so it is looked up: in the index once, with no answer ever."""
    proxy = trial.lab.index_proxy
    before = proxy.counts.cut
    proxy.set("cut", only=b"/_bulk")
    trial.send(100)
    assert poll(lambda: trial.indexed() == 100, 90)
    assert proxy.counts.cut > before
    assert trial.ends_well().indexed == 100


@pytest.mark.faults(4)
@pytest.mark.live
def test_elasticsearch_refuses_some_documents_for_now(trial):
    """Each document is applied once: what was stored is never sent again, the rest is."""
    crowd = Crowd(trial.lab.index.port, trial.rng)
    trial.lab.index_proxy.target = crowd.port
    trial.lab.index_proxy.cut_all()
    trial.send(150)
    assert poll(lambda: trial.indexed() == 150, 180)
    crowd.close()
    assert crowd.refused > 20
    assert crowd.again == []
    assert trial.ends_well().dead == {}


@pytest.mark.faults(5)
@pytest.mark.parametrize(
    "block", [pytest.param("read_only_allow_delete", marks=pytest.mark.live), "write"]
)
def test_the_index_is_read_only(trial, block):
    """The flood stage of a full disk, or a block by hand: wait, say it, give nothing up."""
    settings = trial.lab.direct.indices.put_settings
    settings(index="articles", settings={f"index.blocks.{block}": True})
    try:
        trial.send(50)
        trial.says("index", "cluster_block_exception")
        stay(180, least=3)
    finally:
        settings(index="articles", settings={f"index.blocks.{block}": None})
    assert trial.ends_well().dead == {}


@pytest.mark.faults(5)
def test_the_index_is_closed(trial):
    """Somebody closed the index: wait, say it, give nothing up."""
    trial.lab.direct.indices.close(index="articles-v1")
    try:
        trial.send(50)
        trial.says("index", "index_closed_exception")
    finally:
        trial.lab.direct.indices.open(index="articles-v1")
    assert trial.ends_well().dead == {}


@pytest.mark.faults(14)
@pytest.mark.live
def test_connections_to_elasticsearch_fall_silent(trial):
    """A firewall forgot the open connections: new ones are made, and nothing is lost."""
    trial.lab.index_proxy.set("silent")
    trial.send(50)
    trial.says("index", "Timeout")
    assert trial.lab.index_proxy.counts.swallowed
    assert trial.ends_well().dead == {}


@pytest.mark.faults(15)
def test_elasticsearch_is_slow(trial):
    """A narrow line with a long delay: no worker is thrown out of its group."""
    before = trial.lab.rebalances()
    trial.lab.index_proxy.set(delay_secs=0.3, bytes_per_sec=50_000)
    with trial.generator.load(per_sec=10):
        stay(600, least=20)
    assert trial.lab.rebalances() == before
    assert trial.ends_well().dead == {}
