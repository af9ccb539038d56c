"""What kind of noise a line is, where the classifier and not a rule took it out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.classifier.grams import BITS, Grams, grams
from schemas import Kind

KIND_BITS = 14
"""Kinds need fewer columns than the classifier: the highest bits of the same hash."""


class LineKinds:
    """Weights of one n-gram classifier a kind, in int8."""

    def __init__(self, path: Path) -> None:
        """Read the file *path*: ``weights`` (kinds by columns), ``scales``, ``bias``, ``names``."""
        with np.load(path, allow_pickle=False) as held:
            scales = held["scales"].astype(np.float32)
            self._weights = held["weights"].astype(np.float32) * scales[:, None]
            self._bias = held["bias"].astype(np.float32)
            self._names = [str(name) for name in held["names"]]

    def of(self, lines: Sequence[str]) -> list[Kind]:
        """Return the likeliest kind of each of *lines*."""
        if not lines:
            return []
        found = narrowed(grams(lines))
        scores = np.column_stack([found.sums(row) for row in self._weights]) + self._bias
        return [cast("Kind", self._names[best]) for best in scores.argmax(1)]


def narrowed(found: Grams) -> Grams:
    """Return n-grams with their columns folded to `KIND_BITS`."""
    column: NDArray[np.int64] = found.column >> (BITS - KIND_BITS)
    return Grams(found.line, column, found.value, found.lines)
