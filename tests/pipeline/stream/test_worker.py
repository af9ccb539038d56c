import asyncio
from functools import partial

from pipeline.settings import Settings
from pipeline.stream import reach, worker
from pipeline.stream.app import make_app
from pipeline.stream.health import Health, read_all
from pipeline.stream.worker import dealt, wait_for_kafka


def test_each_dealing_of_partitions_is_counted():
    """An operator sees a group that never comes to rest."""
    health = Health("clean", "live")
    app = make_app("clean", "live", Settings(_env_file=None))
    app.on_partitions_assigned.connect(partial(dealt, health), weak=False)
    asyncio.run(app.on_partitions_assigned.send(set()))
    assert health.report()["rebalances"] == 1


def test_a_worker_waits_for_kafka_and_says_so(monkeypatch, tmp_path):
    """Started before Kafka is there it does not give up, and health tells what it waits for."""
    answers = iter(["Kafka is away", "Kafka is away", ""])
    monkeypatch.setattr(reach, "why_not", lambda _settings: next(answers))
    monkeypatch.setattr(worker, "KNOCK_EVERY_SECS", 0)
    monkeypatch.setattr(worker.signal, "signal", lambda *_: None)
    health = Health("clean", "live")
    wait_for_kafka(health, Settings(_env_file=None, state_dir=tmp_path))
    (report,) = read_all(tmp_path)
    assert "Kafka is away" in report["not_ready"][-1]
    assert health.waiting == {}
