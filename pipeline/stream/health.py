"""Health that tells the truth: is this worker, or `connect`, working, and if not, why not.

A worker writes what it knows to a small file once a second; `newsmill health` reads it.  A page
that says OK whatever happens is worse than none.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

STALE_SECS = 15.0
"""A report older than this comes from a worker that hangs or is gone."""
STUCK_SECS = 300.0
"""Messages are waiting, nothing was acked for so long, and no server is to blame: end, restart."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Why something does not move, and since when."""

    reason: str
    since: float


@dataclass
class Health:
    """The state of one worker; changed by its agents, written by its watch.

    Attributes:
        works_on: what is assigned to it, in the plural.
        notes: what an operator should know, although it does not keep the worker from working.
        lag: messages of its partitions that its group has not committed.
        member: its place in its group, by which whoever follows a killed worker can free it.
        rebalances: how often its group dealt out the partitions anew; rarely is well.

    """

    stage: str
    lane: str
    works_on: str = "partitions"
    notes: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    waiting: dict[str, Waiting] = field(default_factory=dict)
    assigned: int = 0
    rebalancing: bool = True
    rebalancing_since: float = field(default_factory=time.time)
    rebalances: int = 0
    member: str = ""
    last_ack: float = field(default_factory=time.time)
    started: float = field(default_factory=time.time)
    pending: int = 0
    lag: int = 0
    draining: bool = False

    def count(self, outcome: str, reason: str = "") -> None:
        """Count a record that ended so."""
        self.counts[f"{outcome}.{reason}" if reason else outcome] += 1

    def wait(self, reason: str, since: float = 0.0, *, on: str = "") -> None:
        """Note why nothing moves, and *since* when if not just now; "" when it moves again.

        *on* tells who waits: what one of them says never hides what another says.
        """
        before = self.waiting.get(on)
        if reason:
            self.waiting[on] = Waiting(reason, before.since if before else since or time.time())
        else:
            self.waiting.pop(on, None)

    def rebalance(self, *, now: bool) -> None:
        """Note whether the group deals out its partitions *now*."""
        if now and not self.rebalancing:
            self.rebalancing_since = time.time()
        self.rebalancing = now

    def why_not_ready(self) -> list[str]:
        """Return each reason why this worker is not working now; empty if it is."""
        reasons = []
        if self.draining:
            reasons.append("it is draining before it ends")
        if self.rebalancing:
            secs = time.time() - self.rebalancing_since
            reasons.append(f"its group has been rebalancing for {secs:.0f} s")
        elif not self.assigned:
            reasons.append("no partition is assigned to it (more workers than partitions?)")
        now = time.time()
        return reasons + [
            f"it has been waiting for {now - one.since:.0f} s: {one.reason}"
            for one in tuple(self.waiting.values())
        ]

    def stuck(self) -> bool:
        """Whether nothing is acked, or no partition dealt out, and nothing outside is to blame."""
        if self.waiting:
            return False
        if self.rebalancing:
            return time.time() - self.rebalancing_since > STUCK_SECS
        return bool(self.pending) and time.time() - self.last_ack > STUCK_SECS

    def report(self) -> dict[str, Any]:
        """Return everything an operator wants to see."""
        return {
            "stage": self.stage,
            "lane": self.lane,
            "pid": os.getpid(),
            "at": time.time(),
            "started": self.started,
            "works_on": self.works_on,
            "assigned": self.assigned,
            "rebalances": self.rebalances,
            "member": self.member,
            "pending": self.pending,
            "lag": self.lag,
            "last_ack": self.last_ack,
            "counts": dict(sorted(self.counts.items())),
            "notes": self.notes,
            "not_ready": self.why_not_ready(),
        }


def path_of(folder: Path, stage: str, lane: str, pid: int) -> Path:
    """Return the file that the worker *pid* reports to."""
    return folder / "health" / f"{stage}-{lane}-{pid}.json"


def write(folder: Path, health: Health) -> None:
    """Write the report in one step, so that no reader ever sees half of it."""
    path = path_of(folder, health.stage, health.lane, os.getpid())
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_bytes(orjson.dumps(health.report()))
    new.replace(path)


def remove(folder: Path, health: Health) -> None:
    """Remove the report of a worker that ended as it should."""
    path_of(folder, health.stage, health.lane, os.getpid()).unlink(missing_ok=True)


def succeed(folder: Path, health: Health) -> None:
    """Remove what workers of this stage and lane left; one that still works writes again."""
    for path in (folder / "health").glob(f"{health.stage}-{health.lane}-*.json"):
        path.unlink(missing_ok=True)


def bury(folder: Path) -> list[dict[str, Any]]:
    """Remove and return the reports of workers that are gone: whoever starts takes their place."""
    buried = []
    for path in (folder / "health").glob("*.json"):
        pid = path.stem.rpartition("-")[2]
        if not Path(f"/proc/{pid}").exists():
            buried.append(orjson.loads(path.read_bytes()))
            path.unlink(missing_ok=True)
    return buried


def silence(folder: Path, report: dict[str, Any]) -> str:
    """Return why a worker does not report any more, as far as can be seen from outside."""
    if not Path(f"/proc/{report['pid']}").exists():
        return "it ended without a word"
    if not os.statvfs(folder).f_bavail:
        return f"the disk of {folder} is full"
    return "it hangs"


def read_all(folder: Path) -> list[dict[str, Any]]:
    """Return the reports of every worker of this folder; stale ones say so in ``not_ready``."""
    reports = []
    for path in sorted((folder / "health").glob("*.json")):
        report: dict[str, Any] = orjson.loads(path.read_bytes())
        age = time.time() - report["at"]
        if age > STALE_SECS:
            report["not_ready"] = [f"its last report is {age:.0f} s old: {silence(folder, report)}"]
        reports.append(report)
    return reports
