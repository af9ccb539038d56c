"""Word pieces of a text with their offsets: greedy longest match, as BERT's uncased models read.

The method is WordPiece (Wu et al., 2016) over lower-cased text without accents.  Each piece also
has a letter-case class, which an uncased vocabulary would lose and names need.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PADDING, UNKNOWN, FIRST, SEPARATOR = 0, 100, 101, 102
CASES = 6
"""Letter-case classes: lower, Title, UPPER, miXed, a single capital, digits."""
LOWER, TITLE, UPPER, MIXED, SINGLE, DIGIT = range(CASES)
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
TOKEN = re.compile(rf"[{HAN}]|[^\W_{HAN}]+|[^\w\s]|_")
"""A run of letters and digits, or one sign; each Chinese character is a word."""
LONGEST_WORD = 60
CACHED_WORDS = 50_000

Parts = tuple[tuple[int, int, int, int], ...]
"""Of a word's pieces: vocabulary rows, starts and ends in the word, letter-case classes."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a text: vocabulary rows, letter-case classes, and offsets in code points."""

    ids: NDArray[np.int32]
    cases: NDArray[np.int8]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.ids)


class WordPieces:
    """A vocabulary, and the pieces of any text in it."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """Take the pieces in the order of their rows; those that continue a word begin with ##."""
        self.rows = {piece: row for row, piece in enumerate(vocabulary)}
        self._parts = lru_cache(CACHED_WORDS)(self._split)

    @classmethod
    def load(cls, path: Path) -> WordPieces:
        """Return the vocabulary in the file *path*, one piece a line."""
        return cls(path.read_text("utf-8").split("\n"))

    def of(self, text: str) -> Pieces:
        """Return the pieces of *text*.

        >>> pieces = WordPieces(["[PAD]", *["?"] * 99, "[UNK]", "oslo", "##er"])
        >>> found = pieces.of("Osloer!")
        >>> found.ids.tolist(), found.starts.tolist(), found.cases.tolist()
        ([101, 102, 100], [0, 4, 6], [1, 0, 0])
        """
        found = [
            (row, first + begin, last + begin, case)
            for token in TOKEN.finditer(text)
            for begin in (token.start(),)
            for row, first, last, case in self._parts(token[0])
        ]
        table = np.array(found, np.int32).reshape(-1, 4)
        return Pieces(table[:, 0], table[:, 3].astype(np.int8), table[:, 1], table[:, 2])

    def _split(self, word: str) -> Parts:
        """Return the pieces of *word*, each with its letter case."""
        return tuple((*part, case_of(word[part[1] : part[2]])) for part in self._cut(word))

    def _cut(self, word: str) -> list[tuple[int, int, int]]:
        """Return the pieces of *word*, or one unknown piece where the vocabulary lacks it."""
        plain = unaccented(word)
        if len(plain) > LONGEST_WORD:
            return [(UNKNOWN, 0, len(word))]
        same = len(plain) == len(word)
        parts, start = [], 0
        while start < len(plain):
            end = self._longest(plain, start)
            if end == start:
                return [(UNKNOWN, 0, len(word))]
            row = self.rows[("##" if start else "") + plain[start:end]]
            parts.append((row, start, end) if same else (row, 0, len(word)))
            start = end
        return parts

    def _longest(self, plain: str, start: int) -> int:
        """Return where the longest piece that begins at *start* ends; *start* without any."""
        mark = "##" if start else ""
        for end in range(len(plain), start, -1):
            if mark + plain[start:end] in self.rows:
                return end
        return start


def unaccented(word: str) -> str:
    """Return *word* in lower case and without accents.

    >>> unaccented("Zürich")
    'zurich'
    """
    if word.isascii():
        return word.lower()
    parted = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in parted if unicodedata.category(c) != "Mn")


@lru_cache(CACHED_WORDS)
def case_of(part: str) -> int:
    """Return the letter-case class of a piece.

    >>> [case_of(part) for part in ("the", "Oslo", "NATO", "iPhone", "A", "2026")]
    [0, 1, 2, 3, 4, 5]
    """
    capitals = sum(map(str.isupper, part))
    if not capitals:
        return DIGIT if part[:1].isdigit() else LOWER
    if capitals == len(part):
        return UPPER if len(part) > 1 else SINGLE
    return TITLE if capitals == 1 and part[0].isupper() else MIXED
