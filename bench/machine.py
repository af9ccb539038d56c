"""What a figure was measured on."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("newsmill", "faust-streaming", "kafka-python", "elasticsearch", "spacy", "trafilatura")


def machine() -> dict[str, str]:
    """Return processor, cores, Python and the versions of what was measured."""
    return {
        "processor": processor(),
        "cores": str(os.cpu_count()),
        "load at start": f"{os.getloadavg()[0]:.2f}",
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
    }


def processor() -> str:
    """Return the name of the processor."""
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or "unknown"
