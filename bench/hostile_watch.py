"""What a process does to the world while it reads a stranger's bytes, and what that costs it."""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.pool_process import SHUT

ROOT = Path(__file__).resolve().parents[1]
OPENED = ("open", "os.listdir", "os.scandir", "os.remove", "os.rename", "os.mkdir", "os.truncate")
OF_PYTHON = (
    sys.prefix, sys.base_prefix, str(ROOT), "/proc/", "/dev/null", "/usr/share/zoneinfo",
    "/etc/localtime", *(os.path.abspath(one) for one in sys.path if one),  # noqa: PTH100
)  # fmt: skip
"""Where code, models and what Linux tells of processes lie: these may be read at any time."""
ASKED = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")


class Watch:
    """An audit hook that notes what it sees; nothing takes it off again."""

    def __init__(self, paths: Sequence[str] = (), port: int = 0) -> None:
        """Watch from now on, but for files below *paths*, and for *port* of this machine.

        Who has a *port* may ask for names too: an address must be known before it is refused.
        """
        self.paths = (*OF_PYTHON, *paths)
        self.port = port
        self.seen: list[str] = []
        self.on = False
        sys.addaudithook(self.hook)

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note *event* if it reaches out of this process."""
        if not self.on or not (event in OPENED or event in SHUT):
            return
        if event in OPENED:
            path = arguments[0]
            if isinstance(path, int) or os.path.abspath(os.fsdecode(path)).startswith(self.paths):  # noqa: PTH100
                return
        elif self.port and (event in ASKED or ("127.0.0.1", self.port) in arguments):
            return
        self.seen.append(f"{event} {[one for one in arguments if isinstance(one, (str, tuple))]}")


class Meter:
    """CPU seconds and resident memory of this process, from `begin` to `read`."""

    def __init__(self) -> None:
        """Take the memory of now as that of the idle process."""
        self.idle_mib = memory_mib("VmRSS")
        self._cpu = 0.0

    def begin(self) -> None:
        """Forget the highest memory so far."""
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        self._cpu = time.process_time()

    def read(self) -> tuple[float, float]:
        """Return CPU seconds since `begin`, and the highest memory above the idle process, MiB."""
        return time.process_time() - self._cpu, max(0.0, memory_mib("VmHWM") - self.idle_mib)


def memory_mib(what: str) -> float:
    """Return VmRSS or VmHWM of this process, MiB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(what):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
