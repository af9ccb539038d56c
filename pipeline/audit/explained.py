"""What retention deleted unread, and which missing ids that explains."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.facts import Ending, Verdict
from pipeline.stream.gaps import Gap
from pipeline.stream.offsets import Standing, partition_of


class Gaps:
    """The gaps of every group; each explains as many missing ids of its partition as it is long.

    A gap has no ids any more.  But a key always goes to the same partition, so an id that is
    missing, and whose partition has a gap, fell into it.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._gaps: dict[tuple[str, str, int, int], Gap] = {}
        self._left: dict[tuple[str, str, int, int], int] = {}
        self._partitions: dict[str, int] = {}

    def of(self, stood: Iterable[Standing]) -> None:
        """Learn where groups stand before what is left."""
        for one in stood:
            self._partitions[one.topic] = self._partitions.get(one.topic, 0) + 1
            if one.gap:
                self.add(one.gap)

    def add(self, gap: Gap) -> None:
        """Learn of a gap; one that grew is known by where it begins."""
        key = (gap.group, gap.topic, gap.partition, gap.first)
        if key not in self._gaps or len(self._gaps[key]) < len(gap):
            self._gaps[key] = gap
            self._left[key] = len(gap)

    def all(self) -> tuple[Gap, ...]:
        """Return every gap, sorted."""
        return tuple(self._gaps[key] for key in sorted(self._gaps))

    def explain(self, name: str, verdict: Verdict) -> Verdict:
        """Return *verdict* on the id *name* with what a gap explains as expired, not missing."""
        endings = [self.ending(name, one) for one in verdict.endings]
        missing = any(one.outcome == "missing" for one in endings)
        findings = [one for one in verdict.findings if one.wrong != "missing" or missing]
        return Verdict(endings, findings)

    def ending(self, name: str, ending: Ending) -> Ending:
        """Return *ending*, or that it expired; that uses up one place of the gap."""
        if ending.outcome != "missing":
            return ending
        for key, gap in self._gaps.items():
            count = self._partitions.get(gap.topic, 0)
            if count and self._left[key] and partition_of(name, count) == gap.partition:
                self._left[key] -= 1
                return ending._replace(outcome="expired")
        return ending
