"""What retention deleted before a stage had read it: seen, counted, and noted where it is kept.

Nobody can bring it back.  But once the stage has gone on past the gap its offsets tell nothing of
it any more; so the worker that meets it writes a note, and the audit reads that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from schemas.dead_letters import Origin

NAME = re.compile(r"expired:([^:]+):([^:]+):(\d+):(\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class Gap:
    """Messages that Kafka deleted before a group had read them; ``last`` is the last of them."""

    group: str
    topic: str
    partition: int
    first: int
    last: int

    def __len__(self) -> int:
        """Return how many there were at most."""
        return self.last - self.first + 1

    def name(self) -> str:
        """Return the id of its note.

        >>> Gap("newsmill-clean", "articles.raw", 3, 100, 249).name()
        'expired:newsmill-clean:articles.raw:3:100-249'
        """
        return f"expired:{self.group}:{self.topic}:{self.partition}:{self.first}-{self.last}"

    @classmethod
    def named(cls, name: str) -> Self | None:
        """Return the gap that the note with the id *name* tells of; None for any other note.

        >>> Gap.named("expired:newsmill-clean:articles.raw:3:100-249").last
        249
        """
        found = NAME.fullmatch(name)
        if not found:
            return None
        group, topic, *numbers = found.groups()
        return cls(group, topic, *map(int, numbers))

    def told(self) -> str:
        """Return it in words."""
        return (
            f"{self.topic}, partition {self.partition}, offsets {self.first} to {self.last}: "
            f"deleted by retention before {self.group} had read them"
        )

    def as_dict(self) -> dict[str, Any]:
        """Return it JSON-able, with its count."""
        return {**asdict(self), "count": len(self)}


@dataclass
class Expected:
    """Which offset comes next in each partition; ``committed`` tells where the group stands."""

    group: str
    committed: Callable[[str, int], int | None] = lambda _topic, _partition: None
    _next: dict[tuple[str, int], int] = field(default_factory=dict)

    def gaps(self, origins: Iterable[Origin]) -> list[Gap]:
        """Return the gaps before these messages, which come as they were read.

        What another worker read while it had the partition is none: the group has committed it.
        A group that never committed begins at the beginning.
        """
        found = []
        for one in origins:
            key = (one.topic, one.partition)
            known = max(self._next.get(key, 0), self.committed(*key) or 0)
            if one.offset > known:
                found.append(Gap(self.group, *key, known, one.offset - 1))
            self._next[key] = one.offset + 1
        return found
