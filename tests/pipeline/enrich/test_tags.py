"""Tags of tokens and the mentions they spell."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pipeline.enrich.tags import Tags

TAGS = Tags(("O", "B-ORG", "I-ORG", "B-GPE", "I-GPE"))


def is_allowed(path: tuple[int, ...]) -> bool:
    """Say whether each I- stands behind a tag of its own label."""
    before = "O"
    for tag in path:
        name = TAGS.names[tag]
        if name.startswith("I-") and before[2:] != name[2:]:
            return False
        before = name
    return True


@given(st.integers(1, 4).flatmap(
    lambda size: arrays(np.float32, (size, 5), elements=st.integers(-9, 9).map(float))
))  # fmt: skip
def test_the_best_allowed_path_is_found(scores: np.ndarray) -> None:
    """No allowed path has a higher score."""
    found = tuple(TAGS.best(scores).tolist())
    paths = [path for path in product(range(5), repeat=len(scores)) if is_allowed(path)]

    def worth(path: tuple[int, ...]) -> float:
        return float(sum(scores[at, tag] for at, tag in enumerate(path)))

    assert is_allowed(found)
    assert worth(found) == max(map(worth, paths))


def test_no_token_has_no_tag() -> None:
    """An empty text is no error."""
    assert TAGS.best(np.zeros((0, 5), np.float32)).tolist() == []


def test_mentions_end_where_another_begins() -> None:
    """Two mentions side by side stay two; the last one reaches the end."""
    tags = np.array([1, 2, 1, 0, 3, 4])
    assert list(TAGS.mentions(tags)) == [(0, 2, "ORG"), (2, 3, "ORG"), (4, 6, "GPE")]
