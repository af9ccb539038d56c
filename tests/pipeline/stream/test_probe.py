import asyncio
import time
from types import SimpleNamespace

import pytest
from aiokafka.conn import CloseReason
from aiokafka.errors import KafkaConnectionError

from pipeline.stream import probe as probing
from pipeline.stream.acks import OrderedAcks
from pipeline.stream.health import Health
from pipeline.stream.probe import kafka, probe


class Connection:
    """A connection to a broker."""

    open = True

    def connected(self):
        return self.open

    def close(self, reason):
        assert reason is CloseReason.CONNECTION_TIMEOUT
        self.open = False


class App:
    """A Faust app whose Kafka answers as told, and that stops after so many looks."""

    def __init__(self, answer, looks=1):
        async def fetch_all_metadata():
            return await answer()

        self.connections = {1: Connection(), 2: Connection()}
        client = SimpleNamespace(fetch_all_metadata=fetch_all_metadata, _conns=self.connections)
        self.producer = SimpleNamespace(_producer=SimpleNamespace(client=client))
        self.looks = looks

    @property
    def should_stop(self):
        self.looks -= 1
        return self.looks < 0


async def well():
    """Answer."""


async def away():
    """Be away."""
    raise KafkaConnectionError("no broker")


async def silent():
    """Never answer."""
    await asyncio.sleep(3600)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """No pauses."""
    monkeypatch.setattr(probing, "EVERY_SECS", 0)
    monkeypatch.setattr(probing, "PATIENCE_SECS", 0.01)


@pytest.mark.parametrize(
    ("answer", "said"),
    [(well, ""), (away, "Kafka does not answer: KafkaConnectionError"), (silent, "not answered")],
)
def test_kafka_is_asked(answer, said):
    """It answers, refuses, or says nothing; the last two are told apart."""
    told = asyncio.run(kafka(App(answer)))
    assert said in told
    assert bool(told) == bool(said)


def test_before_the_producer_is_there_nobody_is_asked():
    """A worker that starts is not ready for another reason."""
    assert asyncio.run(kafka(SimpleNamespace(producer=SimpleNamespace()))) == ""


def test_an_idle_worker_says_that_its_sink_is_away():
    """Without a record in hand nobody else would notice."""
    health = Health("index", "live", assigned=8, rebalancing=False)
    asyncio.run(probe(App(well), health, OrderedAcks(), lambda: "Elasticsearch: gone"))
    assert health.waiting["idle sink"].reason == "Elasticsearch: gone"


def test_a_busy_worker_leaves_it_to_whoever_writes():
    """The sink may answer and still take nothing: only a write finds that out."""
    health, acks = Health("index", "live", assigned=8, rebalancing=False), OrderedAcks(pending=1)
    health.wait("Elasticsearch: gone", on="idle sink")
    asyncio.run(probe(App(well), health, acks, lambda: "asked all the same"))
    assert health.waiting == {}


@pytest.mark.parametrize(("secs", "kept"), [(probing.FORGOTTEN_SECS + 1, False), (5.0, True)])
def test_a_connection_that_was_forgotten_is_closed(secs, kept):
    """Else the producer would ask on it for ever; one that is silent for a moment is kept."""
    health, app = Health("index", "live", assigned=8, rebalancing=False), App(silent)
    health.wait("Kafka has not answered", time.time() - secs, on="Kafka")
    asyncio.run(probe(app, health, OrderedAcks(), str))
    assert [one.open for one in app.connections.values()] == [kept, kept]


def test_a_connection_that_answers_is_kept():
    """Whatever was before."""
    health, app = Health("index", "live", assigned=8, rebalancing=False), App(well)
    health.wait("Kafka has not answered", time.time() - 1000, on="Kafka")
    asyncio.run(probe(app, health, OrderedAcks(), str))
    assert all(one.open for one in app.connections.values())
