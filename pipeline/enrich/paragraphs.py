"""The pieces of a text that are read one at a time: its paragraphs, and parts of very long ones.

A blank line inside what a parser reads upsets it, so each paragraph is read alone.  Offsets are
code points of the whole text, which is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_PIECE = 20_000
"""Code points that are read at once: memory grows with it, and no honest paragraph is longer."""
MAX_RUN = 300
"""Code points without a space that are read at once: splitting such a run into words takes time
that grows with its square, minutes for a line of 20,000 dollar signs."""

BREAK = re.compile(r"\n[^\S\n]*\n\s*")
RUN = re.compile(rf"(?<!\S)\S{{{MAX_RUN},}}")
SENTENCE_END = re.compile(r"[.!?]['\"\u2019\u201d)\]]*\s|[\u3002\uff01\uff1f]\u300d?")
SPACE = re.compile(r"\s")


def pieces(text: str, limit: int = MAX_PIECE) -> Iterator[tuple[int, int]]:
    r"""Yield start and end of each piece of *text* that holds a word.

    >>> list(pieces("One.\n\nTwo."))
    [(0, 4), (6, 10)]
    >>> list(pieces("First one. Second one.", limit=12))
    [(0, 11), (11, 22)]
    """
    for start, end in paragraphs(text):
        done = start
        for run in RUN.finditer(text, start, end):
            yield from cuts(text, done, run.start(), limit)
            yield from cuts(text, run.start(), run.end(), MAX_RUN)
            done = run.end()
        yield from cuts(text, done, end, limit)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of what stands between blank lines."""
    start = 0
    for gap in BREAK.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def cuts(text: str, start: int, end: int, limit: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of each piece of at most *limit* code points that holds a word."""
    while start < end:
        stop = end if end - start <= limit else cut(text, start, start + limit)
        if not text[start:stop].isspace():
            yield start, stop
        start = stop


def cut(text: str, start: int, limit: int) -> int:
    """Return where to end a piece: after a sentence, else after a space, else at *limit*.

    >>> cut("abcdefgh", 0, 4)
    4
    """
    for pattern in (SENTENCE_END, SPACE):
        ends = [match.end() for match in pattern.finditer(text, start, limit)]
        if ends:
            return ends[-1]
    return limit
