"""persons: one name for one person, and never one name for two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.enrich.persons import full_names
from schemas import Entity


def named(*names: str) -> list[str]:
    """Return the names that people mentioned in this order go by."""
    mentions = [
        Entity(text=name, label="PERSON", start=at, end=at + 1, name=name)
        for at, name in enumerate(names)
    ]
    return [entity.name for entity in full_names(mentions)]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Moor", "Ada Moor"], ["Ada Moor", "Ada Moor"]),
        (["Ada Moor", "Ada"], ["Ada Moor", "Ada Moor"]),
        (["Ada Moor", "Ada R. Moor"], ["Ada R. Moor", "Ada R. Moor"]),
        (["Ada Moor", "Ada Vale", "Ada"], ["Ada Moor", "Ada Vale", "Ada"]),
        (["Ada Moor", "Tom Moor", "Moor"], ["Ada Moor", "Tom Moor", "Tom Moor"]),
        (["Ada B. Moor", "Ada C. Moor"], ["Ada B. Moor", "Ada C. Moor"]),
        (["Tom Reed", "Reed Vale", "Reed"], ["Tom Reed", "Reed Vale", "Tom Reed"]),
        (["Tom van der Meer", "van der Meer"], ["Tom van der Meer", "Tom van der Meer"]),
    ],
)
def test_short_names_join_the_full_one(names: list[str], expected: list[str]) -> None:
    """Surname, first name, middle name; where two could be meant by a first name, none is."""
    assert named(*names) == expected


@given(st.lists(st.lists(st.sampled_from(["Ada", "Tom", "Moor", "Vale"]), min_size=1, max_size=3)))
def test_a_name_is_only_made_longer(names: list[list[str]]) -> None:
    """Whatever is named, the words of a mention are words of its name."""
    given_names = [" ".join(words) for words in names]
    for name, full in zip(given_names, named(*given_names), strict=True):
        assert set(name.split()) <= set(full.split())
