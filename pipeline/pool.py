"""Killable workers: processes for CPU work that may hang, die or eat memory.

A ProcessPoolExecutor breaks as a whole: one dead worker fails every batch in flight, and nothing in
it stops a worker that hangs.  Here each worker has a pipe of its own and answers item by item, so
the item that was being worked on when it hung or died is known, and it alone is blamed.

The time limit is CPU time of that item, not wall time: a wall clock blames a busy host.  A much
longer wall limit catches what sleeps.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import queue
import resource
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Literal

WALL_FACTOR = 12
"""Wall seconds allowed for each CPU second of the limit."""
TICK_SECS = 0.2
READY_SECS = 180.0
PR_SET_PDEATHSIG = 1
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""The processes are the parallelism; more threads in each would only get in each other's way."""

Work = Callable[[Any], Any]
Prepare = Callable[[], Work]


@dataclass(frozen=True, slots=True)
class Lost:
    """What became of an item whose worker did not live to answer."""

    reason: Literal["timeout", "oom", "crash"]
    message: str


class WorkerNotReadyError(RuntimeError):
    """A worker process could not be prepared: a fault of the installation, not of an item."""


@dataclass(slots=True)
class Worker:
    """One process and our end of its pipe."""

    process: BaseProcess
    pipe: Connection
    done: int = 0

    def cpu_secs(self) -> float:
        """Return the CPU seconds that the process has used since it began; 0.0 if it is gone."""
        try:
            told = Path(f"/proc/{self.process.pid}/stat").read_bytes()
        except OSError:  # it ended meanwhile: the pipe says so too
            return 0.0
        fields = told.rpartition(b")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

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
    items, so that a slow leak never grows old.
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

        Raises:
            WorkerNotReadyError: a worker could not be started.
            RuntimeError: the work itself raised, which is a bug of the work.

        """
        answers: list[Any] = []
        while len(answers) < len(items):
            worker = living(self._idle.get())
            try:
                worker = worker or self._start()
                lost = self._serve(worker, items[len(answers) :], answers)
                worker.done += len(items)
                if lost is not None or worker.done >= self.recycle:
                    worker.end()
                    worker = None
            except BaseException:
                if worker is not None:
                    worker.end()
                worker = None
                raise
            finally:
                self._idle.put(worker)
            if lost is not None:
                self.replaced += 1
                answers.append(lost)
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
        return worker

    def _serve(self, worker: Worker, items: Sequence[Any], answers: list[Any]) -> Lost | None:
        """Send *items*, append their answers; return what became of an unanswered one."""
        try:
            worker.pipe.send(items)
        except OSError:
            return self._blame(worker)
        for _ in items:
            if not self._wait(worker):
                return Lost("timeout", f"took more than {self.cpu_secs:g} CPU seconds")
            try:
                fine, value = worker.pipe.recv()
            except (EOFError, OSError):
                return self._blame(worker)
            if not fine:
                if isinstance(value, Lost):
                    return value
                raise RuntimeError(value)
            answers.append(value)
        return None

    def _wait(self, worker: Worker) -> bool:
        """Wait for the next answer; False if the item used up its time."""
        began, cpu = time.monotonic(), worker.cpu_secs()
        while not worker.pipe.poll(TICK_SECS):
            if worker.cpu_secs() - cpu > self.cpu_secs:
                return False
            if time.monotonic() - began > self.cpu_secs * WALL_FACTOR:
                return False
        return True

    def _blame(self, worker: Worker) -> Lost:
        """Return what killed the worker, by its exit code."""
        worker.process.join(1)
        code = worker.process.exitcode
        if code == -signal.SIGKILL:
            return Lost("oom", "its process was killed from outside, most likely for its memory")
        return Lost("crash", f"its process ended with {code}")


def living(worker: Worker | None) -> Worker | None:
    """Return *worker*, or None if it ended while it was idle.

    Linux ends it with the thread that started it, and no item is to blame for that.
    """
    if worker is not None and not worker.process.is_alive():
        worker.end()
        return None
    return worker


def serve(pipe: Connection, prepare: Prepare, memory_mb: int, parent: int) -> None:
    """Answer items until the pipe closes; the body of a worker process."""
    os.environ |= ONE_THREAD
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when we end
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # stdout belongs to the records
    die_with(parent)
    try:
        work = prepare()
    except Exception as error:  # noqa: BLE001  (told to the parent, which raises)
        pipe.send((False, f"{type(error).__name__}: {error}"))
        return
    limit_memory(memory_mb)
    pipe.send((True, None))
    while True:
        try:
            items = pipe.recv()
        except EOFError:
            return
        for item in items:
            pipe.send(answer(work, item))


def answer(work: Work, item: Any) -> tuple[bool, Any]:
    """Return ``(True, value)`` or ``(False, why)``."""
    try:
        return True, work(item)
    except MemoryError:
        return False, Lost("oom", "needed more memory than a record may take")
    except Exception as error:  # noqa: BLE001  (told to the parent, which raises)
        return False, f"{type(error).__name__}: {error}"


def die_with(parent: int) -> None:
    """Ask Linux to kill this process when its parent dies, hung or not."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)


def limit_memory(memory_mb: int) -> None:
    """Allow *memory_mb* MiB of address space above what the idle process has mapped."""
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_bytes().split()[0])
        limit = pages * resource.getpagesize() + (memory_mb << 20)
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
