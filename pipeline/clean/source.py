"""What is known of a source before its article is read: its operator's rules and its memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.clean.cut import Cut
from pipeline.clean.memory import Lines, Snapshot
from pipeline.clean.rules.line import Line
from pipeline.clean.source_rules import SourceRules


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of the lines of one source."""

    rules: SourceRules = field(default_factory=SourceRules)
    lines: Lines = field(default_factory=Lines)
    snapshot: str = ""
    """Number of the snapshot that ``lines`` is from."""

    def verdict(self, line: Line) -> Cut | Literal["keep"] | None:
        """Return ``"keep"``, why *line* is cut, or None where nothing is known of it.

        `keep:` wins over `remove:`, and both over what the source was seen to repeat.

        >>> Source(SourceRules(keep=("Advertisement",))).verdict(Line("Advertisement"))
        'keep'
        """
        if self.rules.keeps(line):
            return "keep"
        return self.rules.cut(line) or self.lines.cut(line)

    def models(self) -> dict[str, str]:
        """Return what of this touches a record, by role."""
        told = {"source_rules": self.rules.version(), "memory": self.snapshot}
        return {role: version for role, version in told.items() if version}


NOTHING = Source()
"""A source of which nothing is known, as in pipe mode."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What is known of all sources."""

    rules: Mapping[str, SourceRules] = field(default_factory=dict)
    memory: Snapshot | None = None

    def of(self, source: str) -> Source:
        """Return what is known of *source*."""
        rules = self.rules.get(source, SourceRules())
        if self.memory is None:
            return Source(rules)
        return Source(rules, self.memory.of(source), self.memory.name)
