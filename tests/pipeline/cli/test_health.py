"""health: what a container asks every few seconds."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline.stream import health as reports
from pipeline.stream.health import STALE_SECS, Health, Waiting, path_of

AWAY = {"sink": Waiting("Elasticsearch is away", 0.0)}


def report(folder: Path, stage: str, pid: int, *, age: float = 0.0, **changes: Any) -> None:
    """Write the report of a worker that is ready, but for *changes*."""
    health = Health(stage, "live", assigned=4, rebalancing=False, **changes)
    health.count("done")
    path = path_of(folder, stage, "live", pid)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({**health.report(), "pid": pid, "at": time.time() - age}))


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Return the folder in which workers report."""
    return tmp_path / "state"


def test_no_worker_is_not_well(newsmill: Any) -> None:
    """Nobody reports: 69, and a hint."""
    done = newsmill("health")
    assert done.code == 69
    assert "NEWSMILL_STATE_DIR" in done.out


def test_a_worker_that_works_is_well(newsmill: Any, state: Path) -> None:
    """0, and a line with what it did."""
    report(state, "clean", 1)
    done = newsmill("health")
    assert (done.code, done.out) == (0, "clean (live, pid 1): ready; 4 partitions; 1 done\n")


def test_one_that_is_not_ready_makes_it_69(newsmill: Any, state: Path) -> None:
    """The reason is told; the others do not hide it, --stage leaves it out."""
    report(state, "clean", 1)
    report(state, "index", 2, waiting=AWAY)
    done = newsmill("health")
    assert done.code == 69
    assert "Elasticsearch is away" in done.out
    assert newsmill("health", "--stage", "clean").code == 0
    assert newsmill("health", "--stage", "enrich").code == 69


def test_who_waits_is_alive_and_who_is_silent_is_not(newsmill: Any, state: Path) -> None:
    """--live asks only whether the worker still reports: a restart helps no one who waits."""
    report(state, "index", 2, waiting=AWAY)
    assert newsmill("health", "--live").code == 0
    report(state, "clean", 1, age=STALE_SECS + 60)
    assert newsmill("health", "--live").code == 69
    (silent,) = [one for one in reports.read_all(state) if one["stage"] == "clean"]
    assert silent["not_ready"]


def test_for_programs(newsmill: Any, state: Path) -> None:
    """--json prints the reports as they are."""
    report(state, "clean", 1)
    assert json.loads(newsmill("health", "--json").out)[0]["counts"] == {"done": 1}
