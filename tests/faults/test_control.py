"""The lab bites: the way of the tutorial loses records where ours does not."""

from __future__ import annotations

import sys

import pytest

from tests.faults.lab import poll, stay

RESTING = 20
"""So often in a row, half a second apart, it must be the same."""
pytestmark = [pytest.mark.faults("control"), pytest.mark.live, pytest.mark.timeout(1800)]


@pytest.fixture
def naive(trial):
    """The control in the place of our index worker; ours comes back afterwards."""
    stack = trial.lab.stack
    stack.stop("index")
    stack.launch("index", [sys.executable, "-m", "tests.faults.naive"])
    yield trial
    stack.stop("index")  # it leaves the group, which ours could not join beside it


def test_the_tutorial_loses_records_when_elasticsearch_is_away(naive):
    """The same fault as in `test_elasticsearch_is_away`: every offset committed, records gone."""
    naive.send(20)
    assert poll(lambda: naive.indexed() == 20, 120), "the control does work when all is well"
    naive.lab.index_proxy.set("refuse")
    naive.send(60)
    stay(600, least=10)
    naive.lab.heal()
    left = at_rest(naive.lab)
    naive.result = naive.judged()
    assert len(naive.result.missing) > left, "the fault did not bite: the lab proves nothing"
    report = naive.audited()
    assert report.exit_code() == 1
    assert {one.id for one in report.findings} <= set(naive.result.missing)
    assert len(report.findings) >= len(naive.result.missing) - left


def at_rest(lab):
    """Return how much the control has not committed when it commits nothing more: not lost yet.

    Faust never commits some of what a batch had in hand when it failed.
    """
    seen = []

    def still():
        seen.append(lab.left())
        return len(seen) > RESTING and seen[-1] == seen[-RESTING] and isinstance(seen[-1], dict)

    assert poll(still, 180), seen[-RESTING:]
    assert seen[-1] | {"newsmill-index": 0} == dict.fromkeys(seen[-1], 0)
    return seen[-1]["newsmill-index"]
