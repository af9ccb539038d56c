"""Files that are built to harm: each by every way in, to a document or a reasoned dead letter.

    newsmill bench hostile FOLDER

Each folder in FOLDER is a set.  Every file of it comes in by each connector, served from loopback
or from a watched folder, and straight as a message; what goes on is cleaned, annotated and written
as JSON in a process that is killed at the limits of a record.  A violation is a file that was
opened, a connection, a limit that did not hold, a document that is no JSON, or a bug.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from bench.hostile_judge import Verdict, prepare
from bench.hostile_watch import Meter, Watch
from bench.hostile_ways import WAYS, Came, Way, applies, loopback, ways
from bench.machine import machine
from connectors import Tools
from connectors import feed as feeds
from connectors.feed import FeedReader
from connectors.http import Http
from pipeline.pool import Lost, Workers
from pipeline.stages import Options

CPU_SECS = 10.0
MEMORY_MIB = 512


@dataclass(frozen=True, slots=True)
class End:
    """How one file ended by one way."""

    file: str
    way: str
    outcomes: tuple[str, ...]
    """``record``, ``dropped: REASON``, ``dead: REASON``, or how it was refused on the way."""
    cpu_secs: float
    """The most that one step took, the connector or one record."""
    memory_mib: float
    violations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Set:
    """How the files of one folder ended."""

    name: str
    files: int
    outcomes: dict[str, int]
    slowest_cpu_secs: float
    slowest: str
    most_memory_mib: float
    most: str
    violations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """How all files ended."""

    machine: dict[str, str]
    sets: tuple[Set, ...]
    ends: tuple[End, ...]

    @property
    def violations(self) -> tuple[str, ...]:
        """Everything that must not be."""
        return tuple(one for each in self.sets for one in each.violations)


def measure(
    folder: Path,
    language: str = "accurate",
    only: Sequence[str] | Mapping[str, Sequence[str]] = (),
) -> Report:
    """Send every file below *folder* by every way.

    Args:
        folder: its folders are sets.
        language: how to annotate, accurate or fast.
        only: the ways to take; or those of each set.

    """
    seen = machine()
    chosen = only if isinstance(only, Mapping) else defaultdict(lambda: only or WAYS)
    options = Options(language="fast" if language == "fast" else "accurate")
    judges = Workers(partial(prepare, options), 1, CPU_SECS, MEMORY_MIB)
    readers = Workers(feeds.prepare, 1, CPU_SECS, MEMORY_MIB)
    judges.start()
    readers.start()
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    try:
        with tempfile.TemporaryDirectory() as work, loopback() as served:
            tools = Tools(Http(allow_private={"localhost"}, delay_secs=0), FeedReader(readers.call))
            known = ways(served, tools, Path(work))
            watch = Watch((str(folder.absolute()), work), served.port)
            door = Door(watch, Meter(), judges)
            ends = tuple(door.ends(folder, progress(files), known, chosen))
    finally:
        judges.close()
        readers.close()
    return Report(seen, tuple(sets(ends)), ends)


@dataclass
class Door:
    """Lets files in, and follows each to its end."""

    watch: Watch
    meter: Meter
    judges: Workers

    def ends(
        self, folder: Path, files: Iterable[Path], known: Mapping[str, Way],
        chosen: Mapping[str, Sequence[str]],
    ) -> Iterator[End]:  # fmt: skip
        """Yield how each file ended by each way that is *chosen* for its set."""
        for file in files:
            told = str(file.relative_to(folder))
            for name in chosen[told.rpartition("/")[0]]:
                if applies(name, file):
                    yield self.end(told, name, known[name], file)

    def end(self, told: str, name: str, way: Way, file: Path) -> End:
        """Return how *file* ended by *way*."""
        self.watch.seen.clear()
        self.meter.begin()
        self.watch.on = True
        try:
            came, wrong = way(file), []
        except Exception as error:  # noqa: BLE001  (told as a violation)
            came, wrong = Came(), [f"{type(error).__name__}: {error}"]
        finally:
            self.watch.on = False
        cpu_secs, memory = self.meter.read()
        wrong += over(cpu_secs, memory)
        verdicts = [verdict(answer) for answer in self.judges.call(came.messages)]
        wrong += [one for each in verdicts for one in (*each.violations, *over_of(each))]
        return End(
            told, name, (*came.refused, *map(outcome, verdicts)) or ("nothing in it",),
            max([cpu_secs, *(each.cpu_secs for each in verdicts)]),
            max([memory, *(each.memory_mib for each in verdicts)]),
            (*wrong, *self.watch.seen),
        )  # fmt: skip


def verdict(answer: Verdict | Lost) -> Verdict:
    """Return what became of a message; a lost one has used up a limit."""
    if not isinstance(answer, Lost):
        return answer
    at_limit = {"timeout": (CPU_SECS, 0.0), "oom": (0.0, float(MEMORY_MIB))}
    return Verdict("dead", answer.reason, answer.message, *at_limit.get(answer.reason, (0.0, 0.0)))


def outcome(found: Verdict) -> str:
    """Return a verdict as it is counted."""
    return f"{found.state}: {found.reason}" if found.reason else found.state


def over_of(found: Verdict) -> list[str]:
    """Return which limits a record broke unpunished."""
    return over(found.cpu_secs, found.memory_mib)


def over(cpu_secs: float, memory_mib: float) -> list[str]:
    """Return which limits were broken.

    >>> over(1.0, 600.0)
    ['600 MiB of memory']
    """
    wrong = [f"{cpu_secs:.1f} s of CPU time"] if cpu_secs > CPU_SECS + 0.5 else []
    return wrong + ([f"{memory_mib:.0f} MiB of memory"] if memory_mib > MEMORY_MIB else [])


def progress(files: Sequence[Path]) -> Iterator[Path]:
    """Yield *files*; on a terminal tell how far we are."""
    for number, file in enumerate(files):
        if sys.stderr.isatty():
            print(f"\r{number + 1} of {len(files)}", end="", file=sys.stderr)
        yield file


def sets(ends: Sequence[End]) -> Iterator[Set]:
    """Yield the sets, each with what became of its files."""
    found: dict[str, list[End]] = defaultdict(list)
    for end in ends:
        found[end.file.rpartition("/")[0] or "."].append(end)
    for name, own in sorted(found.items()):
        slow = max(own, key=lambda end: end.cpu_secs)
        big = max(own, key=lambda end: end.memory_mib)
        yield Set(
            name, len({end.file for end in own}),
            dict(sorted(Counter(one for end in own for one in end.outcomes).items())),
            round(slow.cpu_secs, 2), where(slow), round(big.memory_mib, 1), where(big),
            tuple(f"{where(end)}: {one}" for end in own for one in end.violations),
        )  # fmt: skip


def where(end: End) -> str:
    """Return a file and its way."""
    return f"{end.file} as {end.way}"


def told(report: Report) -> str:
    """Return the report for people."""
    lines = [f"{name:>16}: {value}" for name, value in report.machine.items()]
    for one in report.sets:
        lines += ["", f"{one.name}: {one.files} files"]
        lines += [f"{count:>8}  {outcome}" for outcome, count in one.outcomes.items()]
        lines += [f"{one.slowest_cpu_secs:>8.2f}  CPU seconds at most: {one.slowest}"]
        lines += [f"{one.most_memory_mib:>8.1f}  MiB at most: {one.most}"]
        lines += [f"VIOLATION {violation}" for violation in one.violations]
    files = sum(one.files for one in report.sets)
    return "\n".join([*lines, "", f"{files} files, {len(report.violations)} violations"])


def as_dict(report: Report) -> dict[str, object]:
    """Return the report for programs."""
    return {
        "machine": report.machine,
        "files": sum(one.files for one in report.sets),
        "violations": len(report.violations),
        "sets": [asdict(one) for one in report.sets],
    }
