"""What the encoder reads of a page: the doubtful lines, each with its neighbours, as one passage.

A passage is ``[CLS] line [SEP] line [SEP] ...``.  Doubtful lines are read at more length than
those that only stand beside them.  The type of a piece holds its letter case and how the forest
saw its line, so that the encoder adds to what is known already.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.encoder.word_pieces import CASES, FIRST, SEPARATOR, Pieces, WordPieces

LONG, SHORT = (22, 10), (9, 5)
"""How many pieces are read from the start and the end of a doubtful line, and of a neighbour."""
LONGEST_TEXT = 600
MOST_LINES = 14
STEP = 10
"""A longer passage is read in parts of `MOST_LINES` lines that overlap."""
STEPS = np.array([-3.5, -2.2, -1.2, -0.4, 0.4, 1.2, 2.5], np.float32)
"""Where one class of the forest's log-odds ends and the next begins."""
TYPES = CASES * (len(STEPS) + 1)


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines ``first`` to ``last`` (not included) of a page, as pieces.

    ``owner`` says for each piece which line of the passage it belongs to, -1 for none;
    ``asked`` which of the lines are doubtful.
    """

    first: int
    last: int
    ids: NDArray[np.int32]
    types: NDArray[np.int32]
    owner: NDArray[np.int32]
    asked: NDArray[np.bool_]


def spans(doubtful: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the passages of a page: each doubtful line with its neighbours, merged if they meet.

    >>> spans(np.array([True, False, False, False, True, False, True]))
    [(0, 2), (3, 7)]
    """
    met: list[tuple[int, int]] = []
    for place in np.flatnonzero(doubtful).tolist():
        first, last = max(0, place - 1), min(len(doubtful), place + 2)
        if met and first <= met[-1][1]:
            met[-1] = (met[-1][0], last)
        else:
            met.append((first, last))
    return [part for span in met for part in parted(*span)]


def parted(first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a passage that is longer than `MOST_LINES`.

    >>> list(parted(0, 20))
    [(0, 14), (10, 20)]
    """
    while last - first > MOST_LINES:
        yield first, first + MOST_LINES
        first += STEP
    yield first, last


def passages(
    lines: Sequence[str],
    doubtful: NDArray[np.bool_],
    log_odds: NDArray[np.float32],
    pieces: WordPieces,
) -> Iterator[Passage]:
    """Yield what is read of a page whose *lines* the forest gave those *log_odds*."""
    classes = np.searchsorted(STEPS, log_odds)
    for first, last in spans(doubtful):
        ids, types, owner = [np.array([FIRST])], [np.array([0])], [np.array([-1])]
        for place in range(first, last):
            row, case = read(lines[place], pieces, LONG if doubtful[place] else SHORT)
            ids.append(np.append(row, SEPARATOR))
            types.append(np.append(case, 0) + CASES * classes[place])
            owner.append(np.full(len(row) + 1, place - first))
        yield Passage(first, last, joined(ids), joined(types), joined(owner), doubtful[first:last])


def joined(parts: Sequence[NDArray[np.generic]]) -> NDArray[np.int32]:
    """Return *parts* as one array."""
    return np.concatenate(parts).astype(np.int32)


def read(
    line: str, pieces: WordPieces, most: tuple[int, int]
) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
    """Return the rows and letter cases of the pieces at both ends of *line*."""
    text = line if len(line) <= LONGEST_TEXT else f"{line[:400]} {line[-200:]}"
    found: Pieces = pieces.of(text)
    if len(found) <= sum(most):
        return found.ids, found.cases
    keep = np.r_[0 : most[0], len(found) - most[1] : len(found)]
    return found.ids[keep], found.cases[keep]
