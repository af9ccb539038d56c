"""Whether two phrases mean the same speaker."""

from __future__ import annotations

import pytest

from bench.speakers import same_speaker


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Moor", "Ada Moor"),
        ("Mr. Moor", "Moor's"),
        ("the minister", "ministers of fisheries"),
        ("the U.S. envoy", "US envoy Tom Aas"),
        ("she", "She"),
        ("the Norwegian minister of fisheries", "the minister"),
        ("a spokesman, who would not be named", "the spokesman"),
    ],
)
def test_the_same(one: str, other: str) -> None:
    """Heads are compared without case, titles and endings."""
    assert same_speaker(one, other)
    assert same_speaker(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Moor", "Aas"), ("", "Moor"), ("the", ""), ("the mayor of Oslo", "the minister of Oslo"),
     ("he", "she")],
)  # fmt: skip
def test_others(one: str, other: str) -> None:
    """What only shares a place or a small word is somebody else."""
    assert not same_speaker(one, other)
