"""The inside of a pool process: answers item after item, kept from memory and from the world.

What works on strangers' texts here opens no connection and starts no program, whatever a library
is talked into: the doors are shut once the models are loaded.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
M_ARENA_MAX = -8
OUT_OF_MEMORY = 77
"""Exit code of a process that could get no more memory: what is left of it cannot be trusted."""
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""The processes are the parallelism; more threads in each would only get in each other's way."""
SHUT = (
    "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
    "socket.gethostbyname", "socket.gethostbyaddr", "subprocess.Popen", "os.system", "os.exec",
    "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "pty.spawn",
)  # fmt: skip
"""Audit events that no work on a record has a use for."""

Work = Callable[[Any], Any]
Prepare = Callable[[], Work]


def serve(pipe: Connection, prepare: Prepare, memory_mb: int, parent: int) -> None:
    """Answer items until the pipe closes; the body of a worker process."""
    os.environ |= ONE_THREAD
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when we end
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # stdout belongs to the records
    die_with(parent)
    one_arena()
    try:
        work = prepare()
    except Exception as error:  # noqa: BLE001  (told to the parent, which raises)
        pipe.send((False, f"{type(error).__name__}: {error}"))
        return
    sys.addaudithook(shut_doors)
    limit_memory(memory_mb)
    pipe.send((True, None))
    try:
        answer_all(pipe, work)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def answer_all(pipe: Connection, work: Work) -> None:
    """Answer the items that come, one message for each; raises MemoryError."""
    while True:
        try:
            items = pipe.recv()
        except EOFError:
            return
        for item in items:
            pipe.send(answer(work, item))


def answer(work: Work, item: Any) -> tuple[bool, Any]:
    """Return ``(True, value)`` or ``(False, why)``; raises MemoryError."""
    try:
        return True, work(item)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  (told to the parent, which raises)
        return False, f"{type(error).__name__}: {error}"


def shut_doors(event: str, _arguments: tuple[Any, ...]) -> None:
    """Refuse to connect anywhere and to start anything; an audit hook, which nothing takes off.

    Raises:
        PermissionError: the event is one of `SHUT`.

    """
    if event in SHUT:
        raise PermissionError(f"{event}: work on a record opens no connection and no program")


def die_with(parent: int) -> None:
    """Ask Linux to kill this process when its parent dies, hung or not."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)


def one_arena() -> None:
    """Keep glibc from setting 64 MiB of address space aside for each thread that ever was."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_ARENA_MAX, 1)


def limit_memory(memory_mb: int) -> None:
    """Allow *memory_mb* MiB of address space above what the idle process has mapped."""
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_bytes().split()[0])
        limit = pages * resource.getpagesize() + (memory_mb << 20)
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
