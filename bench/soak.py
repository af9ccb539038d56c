"""Memory of each service under a long load: does it stay where it was, article after article?

    newsmill bench soak [--count 20000] [--words 400] [--language accurate]

On servers of its own: the sender, as `newsmill connect` sends, and one agent for each stage, each
with its pool processes.  It sends a little ahead of what is indexed, so that the input waits in
Kafka and not here, and measures after each twentieth.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.articles import articles
from bench.machine import machine
from bench.memory import resident
from bench.own_stream import PATIENCE_SECS, count, own_stream
from connectors.publisher import Publisher
from pipeline.index.elasticsearch import connect
from pipeline.settings import Settings
from pipeline.stream.health import read_all

SAMPLES = 20
AHEAD = 200
"""Articles that are sent and have not ended, at most, when a measure is taken."""
SENDER = "connect"


@dataclass(frozen=True, slots=True)
class Soak:
    """What was measured; a service is its process and those of its pool, MiB resident together.

    Attributes:
        samples: for each service its memory after each twentieth of the articles.
        drift_percent: how far each moved from the second sample, when all is warm, to the mean of
            the last three.

    """

    machine: dict[str, str]
    input: str
    rate: float
    samples: dict[str, tuple[float, ...]]
    drift_percent: dict[str, float]


def measure(number: int, words: int, language: str) -> Soak:
    """Send *number* articles of about *words* words through the whole stream."""
    samples: dict[str, list[float]] = {}
    with own_stream(NEWSMILL_LANGUAGE=language) as settings, publishing(settings) as publisher:
        began, done = time.monotonic(), 0
        for part in range(SAMPLES):
            raws = articles(number // SAMPLES, words, seed=part)
            for start in range(0, len(raws), AHEAD):
                publisher.publish(raws[start : start + AHEAD])
                done += len(raws[start : start + AHEAD])
                wait_until_ended(settings, done - AHEAD)
            for service, used in services(settings).items():
                samples.setdefault(service, []).append(used)
        wait_until_ended(settings, done)
        rate = done / (time.monotonic() - began)
    return Soak(
        machine=machine(), input=f"{done} articles of about {words} words, {language}", rate=rate,
        samples={service: tuple(used) for service, used in samples.items()},
        drift_percent={service: drift(used) for service, used in samples.items()},
    )  # fmt: skip


@contextmanager
def publishing(settings: Settings) -> Iterator[Publisher]:
    """Give what sends articles as `newsmill connect` does."""
    publisher = Publisher(settings.kafka_bootstrap_servers)
    try:
        yield publisher
    finally:
        publisher.close()


def wait_until_ended(settings: Settings, wanted: int) -> None:
    """Return when *wanted* articles can be found, or were left out or given up with a reason.

    Raises:
        TimeoutError: nothing more ended for `PATIENCE_SECS`.

    """
    with connect(settings.elasticsearch_url) as client:
        before, late = -1, time.monotonic() + PATIENCE_SECS
        while (ended := count(client) + left_out(settings)) < wanted:
            late = late if ended == before else time.monotonic() + PATIENCE_SECS
            if time.monotonic() > late:
                raise TimeoutError(f"{ended} of {wanted} articles ended")
            before = ended
            time.sleep(0.5)


def left_out(settings: Settings) -> int:
    """Return how many articles the agents say that they left out or gave up."""
    counts = (report["counts"] for report in read_all(settings.state_dir))
    ends = ("dropped", "dead")
    return sum(n for one in counts for name, n in one.items() if name.startswith(ends))


def services(settings: Settings) -> dict[str, float]:
    """Return the memory of each service, of its own process and all that it started, MiB."""
    pids = {report["stage"]: report["pid"] for report in read_all(settings.state_dir)}
    together = {stage: sum(map(resident, family(pid))) for stage, pid in pids.items()}
    return {SENDER: resident(os.getpid()), **dict(sorted(together.items()))}


def family(pid: int) -> list[int]:
    """Return a process and its children, whichever of its threads started them."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    children = [int(child) for task in tasks for child in task.read_text("ascii").split()]
    return [pid, *children]


def drift(samples: list[float]) -> float:
    """Return by how many percent the mean of the last three lies above the second.

    >>> drift([50.0, 100.0, 104.0, 110.0, 105.0, 112.0])
    9.0
    """
    return round(100 * (sum(samples[-3:]) / 3 / samples[1] - 1), 1)


def told(found: Soak) -> str:
    """Return the figures for people."""
    lines = [f"{name:>16}: {value}" for name, value in found.machine.items()]
    lines += [f"{'input':>16}: {found.input}", f"{'rate':>16}: {found.rate:.1f} articles/s"]
    for service, samples in found.samples.items():
        shown = " ".join(f"{one:.0f}" for one in samples)
        lines.append(f"{service:>16}: {shown} MiB, {found.drift_percent[service]:+.1f} %")
    return "\n".join(lines)


def as_dict(found: Soak) -> dict[str, object]:
    """Return the figures for programs."""
    return asdict(found)
