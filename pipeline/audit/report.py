"""What the audit says: the sums by source and hour, what is wrong, what expired unread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from pipeline.audit.facts import Ending, Finding, Outcome
from pipeline.stream.gaps import Gap

HOUR_MS = 3_600_000
NAMED = 1000
"""So many findings of each kind are named; all are counted."""
CLEAN, WRONG, EXPIRED = 0, 1, 3
"""Exit codes."""


class Cell(NamedTuple):
    """What is counted together: a source, an hour since 1970, an outcome and its reason."""

    source: str
    hour: int
    outcome: Outcome
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """One source in one hour, or in all: fetched is the sum of all that follows it."""

    source: str
    hour: datetime | None
    fetched: int
    indexed: int
    duplicate: int
    in_flight: int
    missing: int
    expired: int
    dropped: dict[str, int]
    dead: dict[str, int]


@dataclass(slots=True)
class Report:
    """Everything the audit found."""

    counts: Counter[Cell] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    gaps: tuple[Gap, ...] = ()
    secs: float = 0.0

    def add(self, endings: Iterable[Ending], findings: Sequence[Finding] = ()) -> None:
        """Count how revisions ended, and name what is wrong."""
        for at, source, outcome, reason in endings:
            self.counts[Cell(source, at // HOUR_MS, outcome, reason)] += 1
        for finding in findings:
            self.wrong[finding.wrong] += 1
            if self.wrong[finding.wrong] <= NAMED:
                self.findings.append(finding)

    def exit_code(self) -> int:
        """Return 0 clean, 1 something is missing or in the wrong place, 3 only expired."""
        if self.wrong:
            return WRONG
        return EXPIRED if self.gaps or self.total("expired") else CLEAN

    def total(self, outcome: Outcome) -> int:
        """Return how many revisions ended so."""
        return sum(count for cell, count in self.counts.items() if cell.outcome == outcome)

    def fetched(self) -> int:
        """Return how many revisions there are."""
        return self.counts.total()

    def lines(self, *, hourly: bool = True) -> Iterator[Line]:
        """Yield the sums by source and hour, or by source alone, sorted."""
        groups: dict[tuple[str, int], Counter[tuple[Outcome, str]]] = {}
        for cell, count in self.counts.items():
            key = (cell.source, cell.hour if hourly else 0)
            groups.setdefault(key, Counter())[cell.outcome, cell.reason] += count
        for (source, hour), counts in sorted(groups.items()):
            when = datetime.fromtimestamp(hour * 3600, UTC) if hourly else None
            yield line(source, when, counts)

    def as_dict(self) -> dict[str, Any]:
        """Return everything, JSON-able."""
        return {
            "exit_code": self.exit_code(),
            "secs": round(self.secs, 1),
            "fetched": self.fetched(),
            "wrong": dict(self.wrong),
            "lines": [asdict(one) for one in self.lines()],
            "findings": [asdict(finding) for finding in self.findings],
            "expired": [gap.as_dict() for gap in self.gaps],
        }


def line(source: str, hour: datetime | None, counts: Counter[tuple[Outcome, str]]) -> Line:
    """Return the sums of one source in one hour.

    >>> line("gazette", None, Counter({("indexed", ""): 2, ("dead", "oom"): 1})).fetched
    3
    """

    def total(outcome: Outcome) -> int:
        return sum(count for (name, _), count in counts.items() if name == outcome)

    def reasons(outcome: Outcome) -> dict[str, int]:
        return {why: n for (name, why), n in sorted(counts.items()) if name == outcome}

    return Line(
        source, hour, counts.total(), total("indexed"), total("duplicate"), total("in_flight"),
        total("missing"), total("expired"), reasons("dropped"), reasons("dead"),
    )  # fmt: skip
