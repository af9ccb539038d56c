"""Killable workers: processes for CPU work that may hang, die or eat memory.

A ProcessPoolExecutor breaks as a whole: one dead worker fails every batch in flight, and nothing in
it stops a worker that hangs.  Here each worker has a pipe of its own and answers item by item: each
answer tells that the next item was begun, so the item at which it hung or died is known.

The time limit is CPU time of that item, not wall time: a wall clock blames a busy host.  A worker
that sleeps as long is waiting for something that will not come, and counts as hung too.

A worker may die of what is not its item's fault: of memory that the items before it left behind, or
killed from outside.  So an item is blamed for the second death, alone in a fresh worker.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Literal

from pipeline.pool_process import OUT_OF_MEMORY, Prepare, serve

WALL_FACTOR = 12
"""Wall seconds allowed for each CPU second of the limit: for what neither works nor sleeps."""
TICK_SECS = 0.2
READY_SECS = 180.0
SEND_BYTES = 1 << 20
"""So much is handed to a worker at a time, or one item: it counts towards its memory."""
ALONE = -1
"""Fits no second item."""
WORN = 0.5
"""Share of the memory limit that items may leave behind before their worker is replaced."""
NEAR = 0.75
"""Share of the memory limit from which on a worker that died is taken to have died of it."""
ABORTS = {signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS}
"""How libraries end that do not look whether they got the memory they asked for."""


@dataclass(frozen=True, slots=True)
class Lost:
    """What became of an item whose worker did not live to answer."""

    reason: Literal["timeout", "oom", "crash"]
    message: str


class WorkerNotReadyError(RuntimeError):
    """A worker process could not be prepared: a fault of the installation, not of an item."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What Linux tells of a process."""

    state: str = ""
    cpu_secs: float = 0.0
    """Since it began, that of its threads and ended children included."""
    size: int = 0
    """Bytes of address space."""


GONE = Seen()


@dataclass(slots=True)
class Worker:
    """One process and our end of its pipe."""

    process: BaseProcess
    pipe: Connection
    idle: Seen = GONE
    """As it was before the first item."""
    last: Seen = GONE
    done: int = 0

    def look(self) -> Seen:
        """Return what Linux tells of the process now; `GONE` if it ended."""
        try:
            told = Path(f"/proc/{self.process.pid}/stat").read_bytes()
        except OSError:  # it ended meanwhile: the pipe says so too
            return GONE
        fields = told.rpartition(b")")[2].split()
        ticks = sum(map(int, fields[11:15]))
        seen = Seen(fields[0].decode(), ticks / os.sysconf("SC_CLK_TCK"), int(fields[20]))
        if seen.size:  # a process that ends has none
            self.last = seen
        return seen

    def grown(self) -> int:
        """Return the bytes of address space above the idle worker, when it was last looked at."""
        return self.last.size - self.idle.size

    def end(self) -> int | None:
        """Kill the process and return its exit code."""
        self.process.kill()
        self.process.join()
        self.pipe.close()
        return self.process.exitcode


@dataclass
class Workers:
    """``count`` processes; `call` is safe from as many threads.

    ``prepare`` is called once in each process and returns the function that does the work; it must
    be picklable, as must items and answers.  An item may take ``cpu_secs`` of CPU time and
    ``memory_mb`` of address space above the idle worker.  A worker is replaced after ``recycle``
    items, or when they have left half of that memory behind, so that a slow leak never grows old.
    """

    prepare: Prepare
    count: int = 2
    cpu_secs: float = 10.0
    memory_mb: int = 512
    recycle: int = 2000
    replaced: int = 0
    _idle: queue.SimpleQueue[Worker | None] = field(default_factory=queue.SimpleQueue)

    def __post_init__(self) -> None:
        """Make room for the workers; each starts when it is first needed."""
        for _ in range(self.count):
            self._idle.put(None)

    def call(self, items: Sequence[Any]) -> list[Any]:
        """Return the answer to each item, in order; `Lost` where its worker hung or died.

        After the first loss the rest goes on one by one.

        Raises:
            WorkerNotReadyError: a worker could not be started.
            RuntimeError: the work itself raised, which is a bug of the work.

        """
        answers: list[Any] = []
        worker = self._idle.get()
        try:
            most, died_at = SEND_BYTES, -1
            while (at := len(answers)) < len(items):
                worker = self._fit(worker) or self._start()
                lost = self._serve(worker, portion(items, at, most), answers)
                if lost is None:
                    continue
                worker.end()
                worker, most, at = None, ALONE, len(answers)
                self.replaced += 1
                if lost.reason == "timeout" or died_at == at:
                    answers.append(lost)
                died_at = at
        except BaseException:
            if worker is not None:
                worker.end()
            worker = None
            raise
        finally:
            self._idle.put(worker)
        return answers

    def start(self) -> None:
        """Start every worker now, so that the first item does not wait for models to load."""
        started = [self._idle.get() or self._start() for _ in range(self.count)]
        for worker in started:
            self._idle.put(worker)

    def close(self) -> None:
        """Kill the idle workers; call it when no call is running."""
        while not self._idle.empty():
            worker = self._idle.get()
            if worker is not None:
                worker.end()

    def pids(self) -> list[int]:
        """Return the process ids of the idle workers, for measuring."""
        workers = [self._idle.get() for _ in range(self.count)]
        for worker in workers:
            self._idle.put(worker)
        return [worker.process.pid or 0 for worker in workers if worker is not None]

    def _fit(self, worker: Worker | None) -> Worker | None:
        """Return *worker*, or None where it ended while it was idle, or is worn."""
        if worker is None:
            return None
        worn = worker.done >= self.recycle or worker.grown() > WORN * (self.memory_mb << 20)
        if worn or not worker.process.is_alive():  # Linux ends it with the thread that started it
            worker.end()
            return None
        return worker

    def _start(self) -> Worker:
        """Return a worker that is ready."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=serve, args=(theirs, self.prepare, self.memory_mb, os.getpid()), daemon=True
        )
        process.start()
        theirs.close()
        worker = Worker(process, ours)
        try:
            if not ours.poll(READY_SECS):
                raise EOFError
            ready, value = ours.recv()
        except (EOFError, OSError):
            ready, value = False, f"it ended with {worker.process.exitcode}"
        if not ready:
            worker.end()
            raise WorkerNotReadyError(f"a worker process could not be prepared: {value}")
        worker.idle = worker.look()
        return worker

    def _serve(self, worker: Worker, items: Sequence[Any], answers: list[Any]) -> Lost | None:
        """Send *items*, append their answers; return what became of an unanswered one."""
        try:
            worker.pipe.send(items)
            for _ in items:
                if lost := self._wait(worker):
                    return lost
                fine, value = worker.pipe.recv()
                if not fine:
                    raise RuntimeError(value)
                answers.append(value)
        except (EOFError, OSError):
            return self._death(worker)
        worker.done += len(items)
        worker.look()
        return None

    def _wait(self, worker: Worker) -> Lost | None:
        """Return None once the next answer, or the end of the worker, is there; or its time up."""
        began, before = time.monotonic(), worker.look()
        cpu, asleep = before.cpu_secs, 0.0
        while not worker.pipe.poll(TICK_SECS):
            seen = worker.look()
            idle = seen.state == "S" and seen.cpu_secs == before.cpu_secs
            asleep = asleep + TICK_SECS if idle else 0.0
            before = seen
            if seen.cpu_secs - cpu > self.cpu_secs:
                return Lost("timeout", f"took more than {self.cpu_secs:g} CPU seconds")
            if asleep > self.cpu_secs:
                return Lost("timeout", f"slept for {self.cpu_secs:g} seconds")
            if time.monotonic() - began > self.cpu_secs * WALL_FACTOR:
                return Lost("timeout", f"took more than {self.cpu_secs * WALL_FACTOR:g} seconds")
        return None

    def _death(self, worker: Worker) -> Lost:
        """Return what killed the worker, by its exit code and its size when last seen."""
        worker.process.join(1)
        code = worker.process.exitcode or 0
        full = worker.grown() > NEAR * (self.memory_mb << 20)
        if code == OUT_OF_MEMORY or (full and -code in ABORTS):
            return Lost("oom", f"needed more than {self.memory_mb} MiB of memory")
        if code == -signal.SIGKILL:
            return Lost("oom", "its process was killed from outside, most likely for its memory")
        how = f"signal {-code} ({signal.strsignal(-code)})" if code < 0 else f"exit code {code}"
        return Lost("crash", f"its process ended with {how}")


def portion(items: Sequence[Any], at: int, most: int) -> Sequence[Any]:
    """Return *items* from *at* on, as many as hold *most* bytes together, one at the least.

    >>> portion([b"ab", b"cd", b"ef"], 0, 4), portion([b"", b""], 0, ALONE)
    ([b'ab', b'cd'], [b''])
    """
    end, size = at + 1, size_of(items[at])
    while end < len(items) and (size := size + size_of(items[end])) <= most:
        end += 1
    return items[at:end]


def size_of(item: Any) -> int:
    """Return the bytes of an item; one that is no bytes counts for nothing."""
    return len(item) if isinstance(item, bytes) else 0
