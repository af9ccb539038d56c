"""The health of `connect`, told by the loop that asks the sources, as far as Kafka answers."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from connectors import ItemMalformed
from connectors.round import Publish
from connectors.schedule import Schedule
from pipeline.stream.health import Health, remove, succeed, write
from schemas import RawArticle

REPORT_SECS = 1.0
SLOW_SECS = 5.0
"""Kafka confirms within milliseconds; when it owes an answer for so long, we say so."""


@dataclass
class Confirming:
    """Sends articles as *send* does, and knows since when Kafka owes an answer."""

    send: Publish
    last_answer: float = field(default_factory=time.time)
    _since: list[float] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def publish(self, articles: Sequence[RawArticle]) -> list[ItemMalformed]:
        """Send *articles*, and return those that can never be sent."""
        begun = time.time()
        with self._lock:
            self._since.append(begun)
        try:
            refused = self.send(articles)
            self.last_answer = time.time()
            return refused
        finally:
            with self._lock:
                self._since.remove(begun)

    def waiting_since(self) -> float:
        """Return when the oldest batch without an answer was sent; 0: there is none."""
        with self._lock:
            return min(self._since, default=0.0)


@dataclass
class Watch:
    """Reports the health of a schedule, each second, when the schedule's own loop comes by.

    A source in trouble is named, but it does not make the service unready: one broken newspaper
    is no outage.

    Attributes:
        left_out: what is wrong with the files of sources that are not read at all.

    """

    folder: Path
    kafka: Confirming
    sources: int
    left_out: Sequence[str] = ()
    health: Health = field(init=False)
    _written: float = 0.0

    def __post_init__(self) -> None:
        """Begin ready: no group of workers has to give us anything."""
        self.health = Health("connect", "live", "sources", assigned=self.sources, rebalancing=False)

    def tick(self, schedule: Schedule) -> None:
        """Write the report, if the last one is a second old."""
        if not self._written:
            succeed(self.folder, self.health)
        if time.monotonic() - self._written >= REPORT_SECS:
            self._written = time.monotonic()
            self.look(schedule)
            write(self.folder, self.health)

    def look(self, schedule: Schedule) -> None:
        """Note how things are."""
        self.health.counts = Counter(vars(schedule.total()))
        failing = sorted(schedule.failing.copy().items())
        failed = [f"{source} failed last time: {why}" for source, why in failing]
        self.health.notes = [*(f"left out: {fault}" for fault in self.left_out), *failed]
        self.health.draining = schedule.stop.is_set()
        self.health.last_ack = self.kafka.last_answer
        since = self.kafka.waiting_since()
        slow = bool(since) and time.time() - since > SLOW_SECS
        self.health.wait("Kafka has not confirmed what was sent" if slow else "", since)

    def close(self) -> None:
        """Remove the report: we end, and if not as we should, we have said why."""
        remove(self.folder, self.health)
