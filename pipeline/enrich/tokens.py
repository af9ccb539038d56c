"""The tokens of a doc as what an encoder's windows are cut from, and their word pieces."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from pipeline.encoder.windows import MOST
from pipeline.encoder.word_pieces import Pieces, case_of


def tokens(doc: Doc) -> Pieces:
    """Return the tokens of *doc* but those of space; their rows are their numbers in it."""
    table = doc.to_array(["IDX", "LENGTH", "IS_SPACE"]).reshape(-1, 3).astype(np.int32)
    rows = np.flatnonzero(table[:, 2] == 0).astype(np.int32)
    starts = table[rows, 0]
    cases = np.zeros(len(rows), np.int8)
    if len(rows) > MOST:  # only then is somebody going to ask
        cases[:] = [case_of(doc[row].text) for row in rows.tolist()]
    return Pieces(rows, cases, starts, starts + table[rows, 1])


def first_pieces(found: Pieces, pieces: Pieces) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return for each token its first piece, and whether that begins within it.

    A token that begins inside of a piece ("not" in "cannot") has that one.
    """
    at = np.searchsorted(pieces.starts, found.starts)
    own = pieces.starts[np.minimum(at, len(pieces) - 1)] < found.ends
    own &= at < len(pieces)
    return np.where(own, at, np.maximum(at - 1, 0)), own


def means(states: NDArray[np.float32], first: NDArray[np.intp]) -> NDArray[np.float32]:
    """Return the mean of the states of each token's pieces, a row for each token.

    >>> means(np.array([[2], [3], [5]], np.float32), np.array([0, 1])).tolist()
    [[2.0], [4.0]]
    """
    sizes = np.maximum(np.diff(first, append=len(states)), 1)
    total = states[first]
    for more in range(1, int(sizes.max())):
        long = np.flatnonzero(sizes > more)
        total[long] += states[first[long] + more]
    return np.asarray(total / sizes[:, None].astype(np.float32), np.float32)
