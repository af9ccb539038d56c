"""What an operator wrote down about the lines of a source: `keep:` and `remove:` in its YAML.

A pattern is the line itself, with ``*`` for any words.  Case, white space and the form of quotation
marks do not count.  There are no regular expressions: whatever is written here, a line is judged in
time that grows with its length.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.clean.cut import Cut
from pipeline.clean.rules.line import Line

BY = "source-rule"
STARS = re.compile(r"\*(?:\s*\*)+")
QUOTES = str.maketrans("‘’‚‛“”„‟«»`´", "''''\"\"\"\"\"\"''")


@dataclass(frozen=True, slots=True)
class SourceRules:
    """Patterns of lines that stay, whatever else is known of them, and of lines that go."""

    keep: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    def keeps(self, line: Line) -> bool:
        """Say whether the operator wants *line* kept.

        >>> SourceRules(keep=("Read more: the *",)).keeps(Line("Read more: the book of the year"))
        True
        """
        return bool(self.keep) and any(matches(one, line.text) for one in self.keep)

    def cut(self, line: Line) -> Cut | None:
        """Return why the operator wants *line* removed, None where nothing is said of it.

        >>> SourceRules(remove=("* | The Gazette",)).cut(Line("Cod | The Gazette")).why
        'remove: * | The Gazette'
        """
        for pattern in self.remove:
            if matches(pattern, line.text):
                return Cut("other", BY, why=f"remove: {pattern}")
        return None

    def version(self) -> str:
        """Return what tells these rules from any others; empty where there are none."""
        if not (self.keep or self.remove):
            return ""
        return hashlib.sha256(repr((self.keep, self.remove)).encode()).hexdigest()[:12]


def matches(pattern: str, text: str) -> bool:
    """Say whether *text* is a line of the form *pattern*.

    >>> matches("* min read", "5  Min Read"), matches("Read more", "Read more about cod")
    (True, False)
    >>> matches("Read more *", "Read more"), matches("Read more *", "Read moreover")
    (True, False)
    """
    pieces = pieces_of(pattern)
    line = f" {folded(text).replace(' ', '  ')} "
    if len(pieces) == 1:
        return line == pieces[0]
    first, *middle, last = pieces
    if not line.startswith(first) or not line.endswith(last):
        return False
    return in_order(middle, line, len(first), len(line) - len(last))


def in_order(pieces: Sequence[str], line: str, start: int, end: int) -> bool:
    """Say whether *pieces* stand in *line* one after the other between *start* and *end*."""
    for piece in pieces:
        found = line.find(piece, start, end)
        if found < 0:
            return False
        start = found + len(piece)
    return start <= end


@lru_cache(4096)
def pieces_of(pattern: str) -> tuple[str, ...]:
    """Return what stands between the stars of *pattern*, as `matches` looks for it in a line.

    In a line two spaces part two words, beside a star only one does: so a star may stand for no
    word at all, and never for a part of the word before a space.
    """
    first, *rest = STARS.sub("*", f" {folded(pattern)} ").split("*")
    if not rest:
        return (spaced(first),)
    *middle, last = rest
    ends = [spaced(end) if end.strip() else "" for end in (first, last)]
    return (ends[0], *map(spaced, middle), ends[1])


def spaced(piece: str) -> str:
    """Return *piece* with two spaces between its words."""
    inner = piece.strip(" ")
    if not inner:
        return piece
    before, _, after = piece.partition(inner)
    return before + inner.replace(" ", "  ") + after


def folded(text: str) -> str:
    """Return *text* as patterns see it.

    >>> folded("  “Read”   MORE ")
    '"read" more'
    """
    return " ".join(text.translate(QUOTES).casefold().split())
