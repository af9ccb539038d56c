"""Workers that die, freeze, come, go, or are cut off."""

from __future__ import annotations

import time

import pytest

from tests.faults.lab import lasting

pytestmark = pytest.mark.timeout(900)


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
def test_a_worker_killed_while_elasticsearch_answers(trial):
    """The documents are written, the answer never comes, and the worker dies waiting for it."""
    trial.lab.index_proxy.set("half", only=b"/_bulk")
    trial.send(100)
    trial.says("index", "Timeout", secs=90)
    trial.lab.stack.kill("index")
    trial.ends_well()
