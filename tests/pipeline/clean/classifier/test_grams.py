"""Hashed n-grams of lines."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.classifier.grams import SIZE, grams


def columns(lines, place):
    """Return the columns of the line at *place*."""
    found = grams(lines)
    return sorted(found.column[found.line == place].tolist())


def test_the_grams_of_a_line_do_not_depend_on_its_page():
    """A line alone and the same line among others have the same columns."""
    assert columns(["Read more: cod"], 0) == columns(["Cod wars", "", "Read more: cod", "x"], 2)


def test_case_does_not_matter_but_words_and_ends_do():
    """READ MORE is read more; a word at the start of a line is not the same as within it."""
    assert columns(["READ MORE"], 0) == columns(["Read more"], 0)
    assert columns(["more read"], 0) != columns(["read more"], 0)


@given(st.lists(st.text(max_size=400), max_size=8))
def test_each_line_weighs_the_same(lines):
    """The squares of the weights of a line sum to one in each of the two families."""
    found = grams(lines)
    squares = np.bincount(found.line, found.value.astype(float) ** 2, len(lines))
    assert np.all((found.column >= 0) & (found.column < SIZE))
    assert all(0.99 < square < 2.01 for square in squares)


def test_sums_are_by_line():
    """Weights of one give the sum of a line's values, whatever stands beside it."""
    ones = np.ones(SIZE, np.float32)
    assert np.allclose(grams(["a cod", "b"]).sums(ones)[1], grams(["b"]).sums(ones)[0])
