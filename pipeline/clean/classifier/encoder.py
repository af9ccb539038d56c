"""The encoder of lines: it reads what the forest doubts, in its place on the page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.classifier.reading import Passage, passages
from pipeline.encoder.session import open_session
from pipeline.encoder.word_table import word_table

REMEMBERED = 4096
"""Passages that a process keeps: the foot of a site's pages is the same every time."""


class LineEncoder:
    """A small transformer in int8; one passage at a time, so an answer depends on it alone.

    The scales of dynamic int8 depend on the batch: with several passages in one, a redelivered
    article could be answered otherwise.
    """

    def __init__(self, model: Path, words: Path) -> None:
        """Read the model in the file *model* and the word table in the folder *words*."""
        self._session = open_session(model)
        self._words = word_table(words)
        self._answer = lru_cache(REMEMBERED)(self._run)

    def log_odds(
        self, lines: Sequence[str], doubtful: NDArray[np.bool_], known: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Return the log-odds of the doubtful lines, not a number for the others.

        Args:
            lines: the lines of one page.
            doubtful: which of them to read.
            known: the log-odds that the forest gave each line.

        """
        total = np.zeros(len(lines), np.float32)
        times = np.zeros(len(lines), np.float32)
        for passage in passages(lines, doubtful, known, self._words.pieces):
            found = np.frombuffer(self._answer(*keyed(passage)), np.float32)
            places = np.arange(passage.first, passage.last)[passage.asked]
            total[places] += found[passage.asked]
            times[places] += 1
        with np.errstate(invalid="ignore"):
            return np.asarray(total / times, np.float32)

    def _run(self, ids: bytes, types: bytes, owner: bytes) -> bytes:
        """Return the log-odds of the lines of a passage."""
        line = np.frombuffer(owner, np.int32)
        vectors = self._words.vectors(np.frombuffer(ids, np.int32))
        count = line.max() + 1
        (out,) = self._session.run(
            None,
            {
                "vectors": vectors[None],
                "types": np.frombuffer(types, np.int32)[None].astype(np.int64),
                "shares": shares(line, count)[None],
            },
        )
        return np.asarray(out, np.float32).ravel().tobytes()


def keyed(passage: Passage) -> tuple[bytes, bytes, bytes]:
    """Return what the answer to a passage depends on."""
    return passage.ids.tobytes(), passage.types.tobytes(), passage.owner.tobytes()


def shares(line: NDArray[np.int32], count: int) -> NDArray[np.float32]:
    """Return for each of *count* lines the share that each piece has in it.

    >>> shares(np.array([-1, 0, 0, 1]), 2).tolist()
    [[0.0, 0.5, 0.5, 0.0], [0.0, 0.0, 0.0, 1.0]]
    """
    own = (line[None, :] == np.arange(count)[:, None]).astype(np.float32)
    return np.asarray(own / own.sum(1, keepdims=True), np.float32)
