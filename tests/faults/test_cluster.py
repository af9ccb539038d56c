"""Three brokers, of which two must agree: each is lost in turn."""

from __future__ import annotations

import pytest

from tests.faults.lab import stay

pytestmark = pytest.mark.timeout(1800)


@pytest.mark.faults(2)
def test_each_leader_is_lost_in_turn(own_lab):
    """SIGKILL of one broker after the other, 10 to 15 s each: nothing confirmed is lost."""
    trial = own_lab(nodes=3)
    trial.lab.ready()
    with trial.generator.load(per_sec=20):
        for node in ("1", "2", "3"):
            trial.lab.kafka.run("kill", node)
            stay(15, least=10)
            trial.lab.kafka.run("start", node)
            stay(15, least=5)
    trial.ends_well()
