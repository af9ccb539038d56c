"""A forest of decision trees over the numbers of a line, in ONNX."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.inference import open_session


class Forest:
    """Gradient boosted trees (Friedman, 2001): numbers in, log-odds that a line is noise out."""

    def __init__(self, path: Path) -> None:
        """Read the model in the file *path*."""
        self._session = open_session(path)

    def log_odds(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the log-odds of each of *rows* (lines by columns)."""
        if not len(rows):
            return np.zeros(0, np.float32)
        (out,) = self._session.run(None, {"rows": np.ascontiguousarray(rows, np.float32)})
        return np.asarray(out, np.float32).ravel()


def probability(log_odds: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return log-odds as shares of one.

    >>> probability(np.zeros(1, np.float32)).tolist()
    [0.5]
    """
    return np.asarray(1 / (1 + np.exp(-log_odds)), np.float32)
