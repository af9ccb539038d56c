"""Find many known phrases in a text in one walk over its words, however many there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

WORD = re.compile(r"\w+")

Table = Mapping[str, tuple[str, ...]]
"""First word to the phrases that begin with it, longest first."""


def table(phrases: Iterable[str]) -> Table:
    """Return *phrases* by their first word.

    >>> table(["South Korea", "South Korean", "U.S."])
    {'South': ('South Korean', 'South Korea'), 'U': ('U.S.',)}
    """
    found: dict[str, set[str]] = {}
    for phrase in phrases:
        if (first := WORD.search(phrase)) and first.start() == 0:
            found.setdefault(first[0], set()).add(phrase)
    return {word: tuple(sorted(names, key=longest)) for word, names in found.items()}


def longest(phrase: str) -> tuple[int, str]:
    """Sort by length, longest first, then by letters."""
    return -len(phrase), phrase


def occurrences(text: str, phrases: Table) -> Iterator[tuple[int, int]]:
    """Yield start and end of each whole phrase in *text*, as written, none over another.

    >>> list(occurrences("Chadwick left Chad.", table(["Chad"])))
    [(14, 18)]
    """
    done = 0
    for word in WORD.finditer(text):
        start = word.start()
        if start < done:
            continue
        for phrase in phrases.get(word[0], ()):
            end = start + len(phrase)
            if text.startswith(phrase, start) and ends_there(text, end):
                yield start, end
                done = end
                break


def ends_there(text: str, end: int) -> bool:
    """Tell whether a word can end at *end*.

    >>> ends_there("Chad.", 4), ends_there("Chadwick", 4)
    (True, False)
    """
    return end >= len(text) or not text[end].isalnum()
