"""The columns that the forest for flattened text looks at."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

AROUND = (-3, -2, -1, 1, 2, 3)
NEAR = (-2, -1, 1, 2)
NONE = np.float32(-30)
"""Stands where there is no line: below any log-odds."""


def first_columns(numbers: NDArray[np.float32], words: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the columns of the first forest: a line's numbers, its n-grams and its neighbours'."""
    return np.column_stack([numbers, words, *(beside(words, place) for place in AROUND)])


def beside(
    values: NDArray[np.float32], place: int, none: float | np.float32 = NONE
) -> NDArray[np.float32]:
    """Return for each line what the one *place* lines on has, *none* beyond the ends of the page.

    >>> beside(np.array([1.0, 2.0]), 1).tolist()
    [2.0, -30.0]
    """
    out = np.full_like(values, none)
    if abs(place) < len(values):
        if place > 0:
            out[:-place] = values[place:]
        else:
            out[-place:] = values[:place]
    return out
