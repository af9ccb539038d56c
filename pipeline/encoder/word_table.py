"""The vectors of the word pieces: one frozen table that every encoder shares.

Frozen in training, so it is stored once, in int8 with a scale a row, beside the vocabulary.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.encoder.word_pieces import WordPieces


class WordTable:
    """The vocabulary in a folder (``vocabulary.txt``) and its vectors (``rows``, ``scales``)."""

    def __init__(self, folder: Path) -> None:
        """Read the files of *folder*; nothing in them is code."""
        self.pieces = WordPieces.load(folder / "vocabulary.txt")
        self.rows = np.load(folder / "rows.npy", mmap_mode="r", allow_pickle=False)
        self.scales = np.load(folder / "scales.npy", allow_pickle=False).astype(np.float32)

    def vectors(self, ids: NDArray[np.integer]) -> NDArray[np.float32]:
        """Return the vectors of pieces: shape of *ids* by the width of the table."""
        rows = self.rows[ids].astype(np.float32)
        return np.asarray(rows * self.scales[ids][..., None], np.float32)


@cache
def word_table(folder: Path) -> WordTable:
    """Return the table in *folder*, read once in a process."""
    return WordTable(folder)
