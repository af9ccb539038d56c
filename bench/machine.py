"""What a figure was measured on."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("newsmill", "faust-streaming", "kafka-python", "elasticsearch", "spacy", "trafilatura")


def machine(packages: Sequence[str] = PACKAGES) -> dict[str, str]:
    """Return processor, cores, Python and the versions of the *packages* that are measured."""
    return {
        "processor": processor(),
        "cores": str(os.cpu_count()),
        "load at start": f"{os.getloadavg()[0]:.2f}",
        "python": platform.python_version(),
        **{name: version_of(name) for name in packages},
    }


def version_of(package: str) -> str:
    """Return the version of a package.

    >>> version_of("no-such-package")
    'not installed'
    """
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def processor() -> str:
    """Return the name of the processor."""
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or "unknown"
