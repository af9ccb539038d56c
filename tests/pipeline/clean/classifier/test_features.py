"""The numbers of a line and its place."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.classifier.features import NAMES, features

PROSE = "Ministers met in Oslo on Monday to talk about the price of fish and of oil."


def column(lines, name):
    """Return the numbers called *name*."""
    return features(lines)[:, NAMES.index(name)].tolist()


@given(st.lists(st.text(max_size=80), max_size=12))
def test_any_lines_have_finite_numbers(lines):
    """A row for each line, a column for each name, and no number that is none."""
    found = features(lines)
    assert found.shape == (len(lines), len(NAMES))
    assert np.all(np.isfinite(found))


def test_names_are_different():
    """Each column has one name."""
    assert len(set(NAMES)) == len(NAMES)


def test_place_counts_from_both_ends_and_from_prose():
    """Short lines know how far the paragraphs are."""
    lines = ["Oslo", PROSE, "Share", "Print", PROSE]
    assert column(lines, "from_start") == [0, 1, 2, 3, 4]
    assert column(lines, "gap_before")[2:4] == [1, 2]
    assert column(lines, "gap_after")[2:4] == [2, 1]


def test_words_of_the_story_are_known():
    """A teaser about other people shares no words with the story; a sub-heading does."""
    lines = [PROSE, "The price of fish", "Actor buys castle", PROSE.replace("Monday", "Friday")]
    known = column(lines, "known_words")
    assert known[1] > 0.9
    assert known[2] == 0


def test_the_neighbours_are_seen():
    """The columns of the next line are that line's own, and -1 after the last."""
    lines = ["One two three", PROSE]
    assert column(lines, "words+1") == [column(lines, "words")[1], -1]
