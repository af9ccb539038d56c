"""The columns that the two forests look at."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

AROUND = (-3, -2, -1, 1, 2, 3)
NEAR = (-2, -1, 1, 2)
NONE = np.float32(-30)
"""Stands where there is no line or the encoder did not read: below any log-odds."""


def first_columns(numbers: NDArray[np.float32], words: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the columns of the first forest: a line's numbers, its n-grams and its neighbours'."""
    return np.column_stack([numbers, words, *(beside(words, place) for place in AROUND)])


def second_columns(
    known: NDArray[np.float32], first: NDArray[np.float32], read: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the columns of the second forest: those of the *first*, its log-odds, the encoder's.

    Args:
        known: the columns of the first forest.
        first: what it said.
        read: what the encoder said, not a number where it did not read.

    """
    said = np.where(np.isnan(read), NONE, read)
    both = first + np.nan_to_num(read)
    return np.column_stack([
        known, first, said, both, *(beside(both, place) for place in NEAR),
    ])  # fmt: skip


def beside(values: NDArray[np.float32], place: int) -> NDArray[np.float32]:
    """Return the value of the line *place* lines on, `NONE` beyond the ends of the page.

    >>> beside(np.array([1.0, 2.0]), 1).tolist()
    [2.0, -30.0]
    """
    out = np.full_like(values, NONE)
    if abs(place) < len(values):
        if place > 0:
            out[:-place] = values[place:]
        else:
            out[-place:] = values[:place]
    return out
