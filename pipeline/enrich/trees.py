"""Trees of sentences from the scores of pairs: each token gets the head that is best for all.

A sentence has one root.  Where the best heads of the tokens go round in a ring, it is opened as
Chu and Liu (1965) and Edmonds (1967) do.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

NEVER = np.float32(-1e9)


def heads(arcs: NDArray[np.float32], starts: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the head of each token; a root is its own.

    Args:
        arcs: scores of dependents by heads; column 0 is for the root, token *n* has column *n* + 1.
        starts: first token of each sentence, 0 the first of them.

    >>> heads(np.array([[0, 0, 5, 0], [9, 0, 0, 0], [8, 7, 0, 0]], np.float32), np.array([0]))
    array([1, 1, 0])
    """
    found = np.empty(len(arcs), np.intp)
    for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(arcs)], strict=True):
        scores = arcs[start:end, start + 1 : end + 1].copy()
        root = int(arcs[start:end, 0].argmax())
        np.fill_diagonal(scores, NEVER)
        scores[root] = NEVER
        scores[root, root] = 0
        found[start:end] = start + tree(scores, root)
    return found


def tree(scores: NDArray[np.float32], root: int) -> NDArray[np.intp]:
    """Return the heads of the best tree; *root* is its own head.

    >>> tree(np.array([[0, -9, -9], [1, -9, 5], [1, 7, -9]], np.float32), 0)
    array([0, 0, 1])
    """
    best = scores.argmax(1)
    ring = a_ring(best, root)
    return best if ring is None else opened(scores, root, best, ring)


def a_ring(heads_found: NDArray[np.intp], root: int) -> NDArray[np.intp] | None:
    """Return the tokens of one ring; None if all ways lead to *root*."""
    above = heads_found
    for _ in range(len(heads_found).bit_length()):
        above = above[above]
    lost = np.flatnonzero(above != root)
    if not len(lost):
        return None
    ring = [int(above[lost[0]])]
    while (head := int(heads_found[ring[-1]])) != ring[0]:
        ring.append(head)
    return np.array(ring)


def opened(
    scores: NDArray[np.float32], root: int, best: NDArray[np.intp], ring: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Return the best tree where *best* has a *ring*: it is taken for one token, then opened."""
    others = np.setdiff1d(np.arange(len(scores)), ring)
    size = len(others)
    lost = scores[ring] - scores[ring, best[ring]][:, None]
    entering, leaving = lost[:, others], scores[np.ix_(others, ring)]
    small = np.full((size + 1, size + 1), NEVER, np.float32)
    small[:size, :size] = scores[np.ix_(others, others)]
    small[size, :size], small[:size, size] = entering.max(0), leaving.max(1)
    found = tree(small, int(np.flatnonzero(others == root)[0]))
    whole = best.copy()
    inside = found[:size] == size
    whole[others[~inside]] = others[found[:size][~inside]]
    whole[others[inside]] = ring[leaving[inside].argmax(1)]
    broken = found[size]
    whole[ring[entering[:, broken].argmax()]] = others[broken]
    return whole
