import json
import os

import orjson
import pytest

from pipeline.stream import health as reports
from pipeline.stream.health import STALE_SECS, STUCK_SECS, Health


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands until it is moved."""
    clock = type("Clock", (), {"now": 1e9, "time": lambda self: self.now})()
    monkeypatch.setattr(reports, "time", clock)
    return clock


def working(**changes):
    """Return the state of a worker that has partitions and nothing in its way."""
    return Health(**{"stage": "clean", "lane": "live", "assigned": 4, "rebalancing": False,
                     "last_ack": 1e9, **changes})  # fmt: skip


def test_a_worker_with_partitions_is_ready():
    """Nothing stands in its way."""
    assert working().why_not_ready() == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"draining": True}, "draining"),
        ({"rebalancing": True}, "rebalancing"),
        ({"assigned": 0}, "no partition is assigned"),
    ],
)
def test_each_reason_is_told(changes, reason):
    """A worker that does not work says which thing keeps it."""
    (told,) = working(**changes).why_not_ready()
    assert reason in told


def test_a_fresh_worker_is_not_ready():
    """Before its group gave it partitions it is not working."""
    assert Health("clean", "live").why_not_ready() == ["its group has been rebalancing for 0 s"]


def test_waiting_is_told_with_how_long_and_for_what(clock):
    """The time counts from the first complaint, and ends when things move again."""
    health = working()
    health.wait("Kafka is away")
    clock.now += 30
    health.wait("Kafka is still away")
    clock.now += 12
    assert health.why_not_ready() == ["it has been waiting for 42 s: Kafka is still away"]
    health.wait("")
    assert health.why_not_ready() == []


def test_stuck_is_only_who_has_nobody_to_blame(clock):
    """Messages wait, nothing was acked for minutes, and no server is away."""
    clock.now += STUCK_SECS + 1
    assert working(pending=3).stuck()
    assert not working(pending=0).stuck()
    blamed = working(pending=3)
    blamed.wait("Kafka is away")
    assert not blamed.stuck()
    assert not working(pending=3, last_ack=clock.now - 1).stuck()


def test_a_group_that_deals_out_nothing_is_stuck_too(clock):
    """No partition for minutes although Kafka answers: a fresh worker may join better."""
    health = working()
    health.rebalance(now=True)
    clock.now += STUCK_SECS - 1
    health.rebalance(now=True)
    assert not health.stuck()
    clock.now += 2
    assert health.stuck()


def test_outcomes_are_counted_by_reason():
    """Records done, and the others by why."""
    health = working()
    for outcome in (("done",), ("done",), ("dead", "timeout")):
        health.count(*outcome)
    assert health.report()["counts"] == {"dead.timeout": 1, "done": 2}


def test_what_is_written_is_read(clock, tmp_path):
    """One file for each worker, in one piece, gone when the worker ends well."""
    health = working(pending=7)
    reports.write(tmp_path, health)
    (report,) = reports.read_all(tmp_path)
    assert (report["stage"], report["pid"], report["pending"]) == ("clean", os.getpid(), 7)
    assert [path.suffix for path in (tmp_path / "health").iterdir()] == [".json"]
    reports.remove(tmp_path, health)
    reports.remove(tmp_path, health)
    assert reports.read_all(tmp_path) == []


@pytest.mark.parametrize(("pid", "why"), [(2**22 + 1, "ended without a word"), (None, "it hangs")])
def test_an_old_report_is_no_good_news(clock, tmp_path, pid, why):
    """A report that stays as it is comes from a worker that died or hangs."""
    reports.write(tmp_path, working())
    (path,) = (tmp_path / "health").iterdir()
    path.write_bytes(orjson.dumps({**json.loads(path.read_bytes()), "pid": pid or os.getpid()}))
    clock.now += STALE_SECS + 1
    (report,) = reports.read_all(tmp_path)
    (told,) = report["not_ready"]
    assert told.startswith("its last report is 16 s old")
    assert told.endswith(why)


def test_without_a_folder_there_is_no_worker(tmp_path):
    """Where nobody ever reported there is nothing to read."""
    assert reports.read_all(tmp_path / "none") == []


def test_the_dead_are_buried_and_the_living_are_not(tmp_path):
    """A worker that starts removes the reports of those that were killed, and no other."""
    mine = Health("clean", "live")
    reports.write(tmp_path, mine)
    gone = tmp_path / "health" / "clean-live-4999999.json"
    gone.write_bytes(b'{"member": "its place"}')
    assert reports.bury(tmp_path) == [{"member": "its place"}]
    assert [report["pid"] for report in reports.read_all(tmp_path)] == [os.getpid()]
    assert not gone.exists()


def test_what_one_waits_for_never_hides_what_another_does(clock):
    """Kafka that answers again says nothing about Elasticsearch."""
    health = working()
    health.wait("Elasticsearch is read-only", on="sink")
    health.wait("Kafka is away", on="Kafka")
    health.wait("", on="Kafka")
    assert health.why_not_ready() == ["it has been waiting for 0 s: Elasticsearch is read-only"]
