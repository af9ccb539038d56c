"""Hashed n-grams of a line: letters of 3 to 5, words of 1 to 3, with the ends of the line marked.

Hashing keeps no vocabulary (Weinberger et al., ICML 2009), so the weights hold no readable text.
The hash is a polynomial over code points, worked out for all lines of a page at once.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BITS = 17
SIZE = 1 << BITS
HEAD, TAIL = 160, 60
"""Of a longer line only its ends are read: they tell a pitch, a credit, a trailer."""
LETTERS = (3, 4, 5)
WORDS = (1, 2, 3)
TOKEN = re.compile(r"[^\W_]+|[^\w\s]")
PRIME = np.uint64(0x9E3779B97F4A7C15)
FINISH = np.uint64(0xFF51AFD7ED558CCD)
START, END = zlib.crc32(b"<line>"), zlib.crc32(b"</line>")


@dataclass(frozen=True, slots=True)
class Grams:
    """The n-grams of a page: for each, its line, its column and its weight."""

    line: NDArray[np.int64]
    column: NDArray[np.int64]
    value: NDArray[np.float32]
    lines: int

    def sums(self, weights: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return for each line the sum of the *weights* (one a column) of its n-grams."""
        sums = np.bincount(self.line, weights[self.column] * self.value, self.lines)
        return sums.astype(np.float64)


def grams(lines: Sequence[str]) -> Grams:
    """Return the n-grams of *lines*; those of a line weigh 1 in sum of squares, by family.

    >>> found = grams(["Read more", "Read more"])
    >>> len(set(found.column[found.line == 0])) == len(set(found.column[found.line == 1])) > 10
    True
    """
    read = [ends(line).casefold() for line in lines]
    families = [letters(read), words(read)]
    line = np.concatenate([at for at, _ in families])
    column = np.concatenate([hashes for _, hashes in families])
    value = np.concatenate([weight(at, len(lines)) for at, _ in families])
    return Grams(line, (column >> np.uint64(64 - BITS)).astype(np.int64), value, len(lines))


def ends(line: str) -> str:
    """Return the two ends of a long line.

    >>> len(ends("x" * 1000))
    221
    """
    return line if len(line) <= HEAD + TAIL else f"{line[:HEAD]}\x01{line[-TAIL:]}"


def letters(lines: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Return the line and the hash of every n-gram of letters."""
    text = "".join(f"\x02{line}\x03" for line in lines)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    return folded(codes, np.array([len(line) + 2 for line in lines], np.int64), LETTERS, 0)


def words(lines: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Return the line and the hash of every n-gram of words and marks."""
    codes: list[int] = []
    lengths: list[int] = []
    for line in lines:
        found = TOKEN.findall(line)
        codes.append(START)
        codes += [zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in found]
        codes.append(END)
        lengths.append(len(found) + 2)
    return folded(np.array(codes, np.uint64), np.array(lengths, np.int64), WORDS, 7)


def folded(
    codes: NDArray[np.uint64], lengths: NDArray[np.int64], orders: Sequence[int], salt: int
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Return the line and the hash of each run of ``orders`` *codes* that stays in its line."""
    line = np.repeat(np.arange(len(lengths)), lengths)
    at, hashes = [], []
    with np.errstate(over="ignore"):
        rolled = np.zeros(len(codes), np.uint64)
        for order in range(1, max(orders) + 1):
            count = max(len(codes) - order + 1, 0)
            rolled = rolled[:count] * PRIME + codes[order - 1 :][:count] + np.uint64(1)
            if order in orders:
                inside = line[:count] == line[order - 1 :][:count]
                mixed = rolled[inside] + np.uint64(order + salt)
                mixed = (mixed ^ (mixed >> np.uint64(31))) * FINISH
                at.append(line[:count][inside])
                hashes.append((mixed ^ (mixed >> np.uint64(29))) * PRIME)
    return np.concatenate(at), np.concatenate(hashes)


def weight(line: NDArray[np.int64], lines: int) -> NDArray[np.float32]:
    """Return the value of each n-gram: one over the root of how many its line has."""
    count = np.bincount(line, minlength=lines)
    return (1 / np.sqrt(np.maximum(count, 1)))[line].astype(np.float32)
