"""When each source is asked: at its own pace, a little out of step, later if it is in trouble."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event, Lock

import structlog

from connectors.connector import Connector, Tools
from connectors.cursors import Cursors
from connectors.errors import SourceRefused, SourceUnavailable
from connectors.round import Clock, Publish, Round, Tally
from schemas import ServiceUnavailable

MAX_BACKOFF_SECS = 3600.0
FIRST_BACKOFF_SECS = 30.0
JITTER = 0.1
AT_ONCE = 8
"""Sources that are asked at the same time; one source never twice."""
SUMMARY_SECS = 60.0
TICK_SECS = 0.5

log = structlog.get_logger("connect")


@dataclass(eq=False)
class Turn:
    """When a source is asked next, and how often it failed in a row."""

    connector: Connector
    due: float = 0.0
    failures: int = 0


@dataclass
class Schedule:
    """Asks sources until it is told to stop.

    Attributes:
        stop: set it, and the rounds that run send what they have and end.
        on_tick: called twice a second or so by the loop of `run` itself, so that who listens
            notices when it hangs.
        tallies: what became of what each source offered, by its id, since the start.
        failing: the last error of each source that has given no article since.

    """

    connectors: Sequence[Connector]
    tools: Tools
    cursors: Cursors
    publish: Publish
    clock: Clock = lambda: datetime.now(UTC)
    monotonic: Callable[[], float] = time.monotonic
    tallies: dict[str, Tally] = field(default_factory=dict)
    failing: dict[str, str] = field(default_factory=dict)
    stop: Event = field(default_factory=Event)
    on_tick: Callable[[Schedule], None] = lambda _: None
    _told: dict[str, Tally] = field(default_factory=dict)
    """What the next summary tells of."""
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        """Give every source a tally, recall who was in trouble, and forget what is too old."""
        for connector in self.connectors:
            self.tallies[connector.id] = Tally()
            if error := self.cursors.of(connector.id).visit().error:
                self.failing[connector.id] = error
        self.cursors.expire(self.clock())

    def once(self) -> None:
        """Ask every source one time.

        Raises:
            ServiceUnavailable: Kafka did not confirm.

        """
        turns = [Turn(connector) for connector in self.connectors]
        with ThreadPoolExecutor(AT_ONCE, "source") as threads:
            asked = [threads.submit(self.ask, turn) for turn in turns]
            for future in asked:
                future.result()
        self.summary()

    def run(self) -> None:
        """Ask the sources, each when it is due, until `stop` is set and the last round ended.

        Raises:
            ServiceUnavailable: Kafka did not confirm.

        """
        turns = [Turn(c, self.monotonic() + spread(c.every_secs)) for c in self.connectors]
        running: dict[Future[None], Turn] = {}
        summary_due = self.monotonic() + SUMMARY_SECS
        with ThreadPoolExecutor(AT_ONCE, "source") as threads:
            try:
                while running or not self.stop.is_set():
                    self._begin(turns, running, threads)
                    finished(running, self.stop)
                    self.on_tick(self)
                    if self.monotonic() >= summary_due:
                        self.summary()
                        summary_due = self.monotonic() + SUMMARY_SECS
            finally:
                self.stop.set()  # whatever ended the loop ends the other rounds too
        self.summary()

    def _begin(
        self, turns: Sequence[Turn], running: dict[Future[None], Turn], threads: ThreadPoolExecutor
    ) -> None:
        """Start the rounds that are due, unless we are to end."""
        if self.stop.is_set():
            return
        free = AT_ONCE - len(running)
        for turn in due(turns, list(running.values()), self.monotonic(), free):
            running[threads.submit(self.ask, turn)] = turn

    def ask(self, turn: Turn) -> None:
        """Ask one source, count, and say when it is next."""
        connector = turn.connector
        cursor = self.cursors.of(connector.id)
        this = Round(cursor, self.publish, self.clock, self.stop)
        pause = float(connector.every_secs)
        try:
            this.ask(connector, self.tools)
            turn.failures = 0
            if this.tally.fetched or this.tally.unchanged:  # a 304 or nothing clears no error
                cursor.succeeded(self.clock())
                self.failing.pop(connector.id, None)
        except (SourceUnavailable, SourceRefused) as error:
            log.warning("source_failed", source=connector.id, why=str(error))
            pause = max(pause, self._failed(turn, this, error))
        except (ServiceUnavailable, sqlite3.Error):
            raise  # nothing of ours works without Kafka and the cursors
        except Exception as error:  # a bug in one kind of source does not stop the others
            log.exception("source_crashed", source=connector.id)
            pause = max(pause, self._failed(turn, this, error))
        finally:
            self._count(connector.id, this)
        turn.due = self.monotonic() + pause * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311

    def _failed(self, turn: Turn, this: Round, error: Exception) -> float:
        """Remember that a round failed; return the seconds to leave its source alone."""
        this.tally.errors += 1
        turn.failures += 1
        words = str(error) or type(error).__name__
        self.failing[this.cursor.source] = words
        this.cursor.failed(self.clock(), words)
        return backoff(error, turn.failures)

    def _count(self, source: str, this: Round) -> None:
        """Add a round to what is told of its source."""
        with self._lock:
            self.tallies[source].add(this.tally)
            self._told.setdefault(source, Tally()).add(this.tally)
        if this.complaints:
            log.warning("items_malformed", source=source, first=this.complaints)

    def summary(self) -> None:
        """Log one line: all that happened since the last one."""
        with self._lock:
            told, self._told = self._told, {}
        total = added(told.values())
        log.info("connect", sources=len(self.connectors), asked=len(told), **vars(total))

    def total(self) -> Tally:
        """Return what became of everything since the start; rounds that run are not in it."""
        with self._lock:
            return added(self.tallies.values())


def added(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of *tallies*.

    >>> added([Tally(fetched=2, sent=1), Tally(fetched=3)])
    Tally(fetched=5, sent=1, unchanged=0, malformed=0, errors=0)
    """
    total = Tally()
    for tally in tallies:
        total.add(tally)
    return total


def due(turns: Sequence[Turn], running: Sequence[Turn], now: float, free: int) -> list[Turn]:
    """Return who is to be asked now: the longest overdue first, nobody twice at a time."""
    waiting = [turn for turn in turns if turn.due <= now and turn not in running]
    return sorted(waiting, key=lambda turn: turn.due)[: max(free, 0)]


def finished(running: dict[Future[None], Turn], stop: Event) -> None:
    """Wait a moment, and take out of *running* the rounds that ended; their bugs are raised."""
    if not running:
        stop.wait(TICK_SECS)
        return
    done, _ = wait(running, TICK_SECS, FIRST_COMPLETED)
    for future in done:
        del running[future]
        future.result()


def backoff(error: Exception, failures: int) -> float:
    """Return the seconds to leave a source alone: twice as long each time, an hour at most.

    >>> [backoff(SourceUnavailable("away"), failures) for failures in (1, 2, 20)]
    [30.0, 60.0, 3600.0]
    >>> backoff(SourceUnavailable("busy", retry_secs=120.0), 1)
    120.0
    """
    asked = error.retry_secs if isinstance(error, SourceUnavailable) else 0.0
    return min(max(asked, FIRST_BACKOFF_SECS * 2.0 ** min(failures - 1, 10)), MAX_BACKOFF_SECS)


def spread(every_secs: int) -> float:
    """Return when a source is first asked: soon, but not all in the same second."""
    return random.uniform(0.0, min(every_secs * JITTER, 30.0))  # noqa: S311
