"""Trees from scores: the best one, as trying all of them finds it."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.enrich.trees import NEVER, heads, tree


def is_tree(found: NDArray[np.intp], root: int) -> bool:
    """Tell whether all ways lead to *root*."""
    above = found
    for _ in found:
        above = above[above]
    return bool((above == root).all())


def best(scores: NDArray[np.float32], root: int) -> float:
    """Return the highest sum of any tree, by trying all."""
    every = (np.array(one) for one in product(range(len(scores)), repeat=len(scores)))
    return max(total(scores, one) for one in every if one[root] == root and is_tree(one, root))


def total(scores: NDArray[np.float32], found: NDArray[np.intp]) -> float:
    """Return the sum of the scores of the arcs of a tree."""
    return float(scores[np.arange(len(scores)), found].sum())


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_no_tree_is_better(size: int) -> None:
    """Rings within rings are opened where it costs least."""
    random = np.random.default_rng(size)
    for _ in range(40):
        scores = random.normal(size=(size, size)).astype(np.float32)
        root = int(random.integers(size))
        np.fill_diagonal(scores, NEVER)
        scores[root], scores[root, root] = NEVER, 0
        found = tree(scores, root)
        assert is_tree(found, root)
        assert total(scores, found) == pytest.approx(best(scores, root), abs=1e-4)


def test_sentences_are_apart() -> None:
    """No head is sought beyond the sentence, however high its score."""
    arcs = np.full((4, 5), 9, np.float32)
    arcs[:, 0] = [1, 2, 2, 1]
    assert heads(arcs, np.array([0, 2])).tolist() == [1, 1, 2, 2]
