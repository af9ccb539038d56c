"""What the encoder reads of a page."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.classifier.reading import (
    LONG,
    MOST_LINES,
    SHORT,
    TYPES,
    passages,
    spans,
)
from pipeline.encoder.word_pieces import WordPieces

PIECES = WordPieces(["[PAD]", *(f"[unused{n}]" for n in range(99)), "[UNK]", "[CLS]", "[SEP]", "a"])


@given(st.lists(st.booleans(), max_size=80))
def test_every_doubtful_line_is_read(doubtful):
    """Whatever the pattern, each doubtful line is in a passage, and none is too long."""
    asked = np.array(doubtful, bool)
    found = spans(asked)
    read = {place for first, last in found for place in range(first, last)}
    assert set(np.flatnonzero(asked)) <= read
    assert all(0 < last - first <= MOST_LINES for first, last in found)


def test_nothing_is_read_where_nothing_is_doubtful():
    """A page that the forest is sure of costs no encoder."""
    assert spans(np.zeros(5, bool)) == []


def test_doubtful_lines_are_read_at_more_length():
    """A neighbour is cut to its two ends, a doubtful line much later."""
    lines = ["a " * 100] * 3
    asked = np.array([False, True, False])
    (found,) = passages(lines, asked, np.zeros(3, np.float32), PIECES)
    sizes = np.bincount(found.owner[found.owner >= 0])
    assert sizes.tolist() == [sum(SHORT) + 1, sum(LONG) + 1, sum(SHORT) + 1]


def test_types_tell_the_case_and_the_log_odds():
    """Each class of the forest's log-odds has types of its own, all within the table."""
    lines, asked = ["a", "A"], np.array([True, True])
    sure = np.array([-9, 9], np.float32)
    (found,) = passages(lines, asked, sure, PIECES)
    assert found.types.max() < TYPES
    assert len(set(found.types[1:].tolist())) == 3
