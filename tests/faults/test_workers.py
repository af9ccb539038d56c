"""Workers that die, freeze, come, go, or are cut off."""

from __future__ import annotations

import signal
import time

import pytest

from pipeline.stream import predecessors
from tests.faults.lab import lasting, stay
from tests.live.stack import ROOT, STAGES

pytestmark = pytest.mark.timeout(1800)
KINDS = (signal.SIGTERM, signal.SIGKILL, signal.SIGSTOP)
FROZEN_SECS = 20.0
"""Longer than the session of a worker, so that its partitions go to others."""
DRAIN_SECS = 30.0
BUG = """
import pipeline.pool
def call(self, items):
    raise RuntimeError("a bug")
pipeline.pool.Workers.call = call
"""
"""Put before a worker's own code, this gives it a bug in its driver."""


@pytest.mark.faults(1)
@pytest.mark.live
def test_workers_killed_in_the_middle_of_their_work(trial):
    """SIGKILL, again and again, under load: each id still ends once."""
    with trial.generator.load(per_sec=40):
        for _ in range(round(lasting(20, least=3))):
            time.sleep(trial.rng.uniform(1, 6))
            trial.lab.stack.kill(trial.rng.choice(["clean", "enrich", "index"]))
    trial.ends_well()


@pytest.mark.faults(1)
@pytest.mark.live
def test_who_follows_a_killed_worker_takes_its_place(trial):
    """Kafka is told that the dead one is gone, rather than waiting for its session to end."""
    stack = trial.lab.stack
    place = trial.lab.report("clean")["member"]
    stack.agents["clean"].kill()
    time.sleep(predecessors.SURE_SECS)
    stack.start("clean")
    trial.lab.wait_until_ready()
    log = (stack.folder / "clean.log").read_text()
    assert f'"places": ["{place}"]' in log
    trial.send(20)
    trial.ends_well()


@pytest.mark.faults(1)
def test_a_worker_killed_while_elasticsearch_answers(trial):
    """The documents are written, the answer never comes, and the worker dies waiting for it."""
    trial.lab.index_proxy.set("half", only=b"/_bulk")
    trial.send(100)
    trial.says("index", "Timeout")
    trial.lab.stack.kill("index")
    trial.ends_well()


@pytest.mark.faults(18)
def test_the_group_never_comes_to_rest(trial):
    """Three workers of a stage that come, go, freeze and are killed: each id still ends once."""
    stack, rng = trial.lab.stack, trial.rng
    names = ["clean", "clean-2", "clean-3"]
    for name in names[1:]:
        stack.start("clean", name)
    try:
        with trial.generator.load(per_sec=20):
            for _ in range(round(lasting(40, least=4))):
                time.sleep(rng.uniform(2, 6))
                disturb(stack, rng.choice(names), rng.choice(KINDS))
        trial.lab.wait_until_ready()
        for name in names[1:]:
            assert stack.stop(name) == {name: 0}
    finally:
        for name in names[1:]:
            if name in stack.agents:
                stack.agents.pop(name).kill()
    trial.ends_well()


def disturb(stack, name, kind):
    """End the worker *name* and start it again, or freeze it until its group gives it up."""
    agent = stack.agents[name]
    agent.send_signal(kind)
    if kind == signal.SIGSTOP:
        time.sleep(FROZEN_SECS)
        agent.send_signal(signal.SIGCONT)
    else:
        agent.wait(60)
        stack.start("clean", name)


@pytest.mark.faults(18)
@pytest.mark.live
def test_a_frozen_worker_wakes_up_in_a_group_that_gave_it_up(trial):
    """Its partitions went to another; what it had in hand is done twice and indexed once."""
    stack = trial.lab.stack
    stack.start("index", "index-2")
    trial.lab.wait_until_ready()
    with trial.generator.load(per_sec=20):
        time.sleep(3)
        stack.agents["index"].send_signal(signal.SIGSTOP)
        stay(80, least=FROZEN_SECS)
        stack.agents["index"].send_signal(signal.SIGCONT)
    assert stack.stop("index-2") == {"index-2": 0}
    trial.ends_well()


@pytest.mark.faults(19)
@pytest.mark.live
def test_a_rolling_restart_repeats_nothing(trial):
    """SIGTERM under load: drained within 30 s, exit 0, and no record is worked on twice."""
    stack = trial.lab.stack
    with trial.generator.load(per_sec=30):
        for stage in STAGES:
            time.sleep(2)
            begun = time.monotonic()
            assert stack.stop(stage) == {stage: 0}
            assert time.monotonic() - begun < DRAIN_SECS
            stack.start(stage)
            trial.lab.wait_until_ready()
    assert sum(trial.ends_well().repeats.values()) == 0


@pytest.mark.faults(19)
def test_a_worker_drains_although_elasticsearch_never_answers(trial):
    """SIGTERM while the last batch cannot end: out in time with 0, and nothing is lost."""
    trial.lab.index_proxy.set("silent")
    trial.send(60)
    trial.says("index", "Elasticsearch")
    begun = time.monotonic()
    assert trial.lab.stack.stop("index") == {"index": 0}
    assert time.monotonic() - begun < DRAIN_SECS
    trial.lab.heal()
    trial.lab.stack.start("index")
    trial.ends_well()


@pytest.mark.faults("bug")
def test_a_bug_ends_the_worker_at_once(trial, tmp_path):
    """One record, then silence: the worker ends with an error, and a fresh one does the record."""
    (tmp_path / "sitecustomize.py").write_text(BUG)
    stack = trial.lab.stack
    stack.stop("clean")
    buggy = stack.start("clean", PYTHONPATH=f"{tmp_path}:{ROOT}")
    trial.lab.wait_until_ready()
    trial.send(1)
    assert buggy.wait(60) not in (0, None)
    stack.start("clean")
    trial.ends_well()
