"""Memory of a pool process: does it stay flat over many articles, and how high does it go?

newsmill bench memory [--count 20000] [--words 90]
"""

from __future__ import annotations

import resource
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from bench.articles import articles
from bench.machine import machine
from pipeline.pipe import prepare
from pipeline.pool import Workers
from pipeline.stages import Options

SAMPLES = 20
BATCH = 50


@dataclass(frozen=True, slots=True)
class Memory:
    """What was measured; sizes in MiB of resident memory of the one pool process."""

    machine: dict[str, str]
    input: str
    idle: float
    samples: tuple[float, ...]
    peak: float
    drift_percent: float
    """How far the last sample lies above the median of the second tenth, when all is warm."""


def measure(count: int, words: int, language: str) -> Memory:
    """Send *count* articles through one worker that is never recycled; sample its memory."""
    options = Options(language="fast" if language == "fast" else "accurate")
    pool = Workers(partial(prepare, "clean", "enrich", options), count=1, recycle=10**9)
    pool.start()
    (pid,) = pool.pids()
    idle, samples = resident(pid), []
    for number in range(SAMPLES):
        made = [raw.to_bytes() for raw in articles(count // SAMPLES, words, seed=number)]
        for start in range(0, len(made), BATCH):
            lines = pool.call(made[start : start + BATCH])
            if bad := [line.reason for line in lines if line.rejected]:
                raise RuntimeError(f"articles of the input were rejected: {bad[0]}")
        samples.append(resident(pid))
    if pool.pids() != [pid]:
        raise RuntimeError("the worker was replaced: the samples are of several processes")
    peak = peak_of(pid)
    pool.close()
    warm = samples[1]
    told = f"{count} articles of about {words} words, {language}"
    return Memory(machine(), told, idle, tuple(samples), peak, 100 * (samples[-1] - warm) / warm)


def resident(pid: int) -> float:
    """Return the resident memory of a process in MiB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return round(pages * resource.getpagesize() / (1 << 20), 1)


def peak_of(pid: int) -> float:
    """Return the highest resident memory that a process ever had, MiB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM"):
            return round(int(line.split()[1]) / 1024, 1)
    raise RuntimeError("Linux does not tell the peak memory of a process")


def told(found: Memory) -> str:
    """Return the figures for people."""
    lines = [f"{name:>16}: {value}" for name, value in found.machine.items()]
    lines += [f"{'input':>16}: {found.input}"]
    lines += [f"{'idle':>16}: {found.idle} MiB", f"{'peak':>16}: {found.peak} MiB"]
    lines += [f"{'samples':>16}: {' '.join(f'{one:.0f}' for one in found.samples)} MiB"]
    lines += [f"{'drift':>16}: {found.drift_percent:+.1f} % from the second sample to the last"]
    return "\n".join(lines)


def as_dict(found: Memory) -> dict[str, object]:
    """Return the figures for programs."""
    return asdict(found)
