"""What retention deleted unread, and which missing revisions that explains."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from pipeline.audit.facts import Fact
from pipeline.stream.gaps import Gap
from pipeline.stream.offsets import Standing, partition_of

STILL_OPEN = sys.maxsize
"""Until when a gap took what came, where its group still stands before it."""

Key = tuple[str, str, int, int]


class Gaps:
    """The gaps of every group; each explains as many missing revisions as it is long.

    A gap has no ids any more.  But a key always goes to the same partition, what was read of a
    topic is not in a gap of that topic, and what was accepted after a worker had noted a gap came
    too late to fall into it.  What is left may have.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._gaps: dict[Key, Gap] = {}
        self._left: dict[Key, int] = {}
        self._until: dict[Key, int] = {}
        self._partitions: dict[str, int] = {}

    def of(self, stood: Iterable[Standing]) -> None:
        """Learn where groups stand before what is left."""
        for one in stood:
            self._partitions[one.topic] = self._partitions.get(one.topic, 0) + 1
            if one.gap:
                self.add(one.gap)

    def add(self, gap: Gap, until_ms: int = STILL_OPEN) -> None:
        """Learn of a gap that was noted at *until_ms*; one that grew is known by its beginning."""
        key = (gap.group, gap.topic, gap.partition, gap.first)
        self._until[key] = max(until_ms, self._until.get(key, 0))
        if key not in self._gaps or len(self._gaps[key]) < len(gap):
            self._gaps[key] = gap
            self._left[key] = len(gap)

    def all(self) -> tuple[Gap, ...]:
        """Return every gap, sorted."""
        return tuple(self._gaps[key] for key in sorted(self._gaps))

    def explain(self, revision: Fact) -> bool:
        """Whether *revision*, which is missing, fell into a gap; that uses up one place of it."""
        for key in self._gaps:
            if self._left[key] and self._may_hold(key, revision):
                self._left[key] -= 1
                return True
        return False

    def _may_hold(self, key: Key, revision: Fact) -> bool:
        """Whether a message of *revision* may have been where the gap is."""
        _, topic, partition, _ = key
        accepted_in = revision.place.partition(":")[0]
        count = self._partitions.get(topic, 0)
        return (
            topic != accepted_in
            and revision.at <= self._until[key]
            and bool(count)
            and partition_of(revision.id, count) == partition
        )
