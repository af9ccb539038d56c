"""The columns that the forest for pages looks at besides those of flattened text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.classifier.columns import AROUND, NEAR, beside
from pipeline.clean.marks import Mark
from pipeline.clean.standing import COLUMNS

SURE = 0.999
"""A share of one has no log-odds."""


def page_columns(
    known: NDArray[np.float32],
    first: NDArray[np.float32],
    marks: Sequence[Mark | None],
) -> NDArray[np.float32]:
    """Return the columns of the forest for pages, a row for each line of a page.

    Args:
        known: the columns of the forest for flattened text.
        first: the log-odds that it gives.
        marks: what the page knows of them.

    """
    return np.column_stack([
        known, first, *(beside(first, place) for place in NEAR),
        mark_columns(marks),
    ])  # fmt: skip


def mark_columns(marks: Sequence[Mark | None]) -> NDArray[np.float32]:
    """Return where each line stands, and how likely it and its neighbours are story; -1: no mark.

    >>> mark_columns([None]).shape == (1, COLUMNS + 3 + len(AROUND))
    True
    """
    rows = np.full((len(marks), COLUMNS), -1, np.float32)
    for place, mark in enumerate(marks):
        if mark is not None and len(mark.numbers):
            rows[place] = mark.numbers
    share = np.array([mark.story if mark else 0.5 for mark in marks], np.float32)
    share = np.clip(share, 1 - SURE, SURE)
    odds = np.log(share / (1 - share))
    known = np.array([mark is not None for mark in marks], np.float32)
    back = np.array([mark is not None and mark.recovered for mark in marks], np.float32)
    return np.column_stack([rows, odds, known, back, *(beside(odds, place) for place in AROUND)])
