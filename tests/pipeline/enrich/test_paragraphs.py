"""paragraphs: every word of a text lies in exactly one piece."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.enrich.paragraphs import MAX_RUN, pieces


@given(st.text(alphabet="ab. \n\u3002\U0001f600", max_size=200), st.integers(5, 60))
def test_nothing_but_space_lies_between_pieces(text: str, limit: int) -> None:
    """The pieces come in order, none is too long, and they hold all that is not space."""
    found = list(pieces(text, limit))
    within = {at for start, end in found for at in range(start, end)}
    outside = "".join(char for at, char in enumerate(text) if at not in within)
    assert outside.strip() == ""
    assert sum(end - start for start, end in found) == len(within)
    assert found == sorted(found)
    assert all(end - start <= limit for start, end in found)


def test_a_line_without_spaces_is_cut_short() -> None:
    """A run of symbols, which takes a word splitter for ever, is read in short pieces."""
    lengths = {end - start for start, end in pieces("$" * (3 * MAX_RUN))}
    assert lengths == {MAX_RUN}


def test_a_single_line_break_ends_no_paragraph() -> None:
    """A hard-wrapped paragraph is read as one."""
    assert list(pieces("Ada\nMoor won.\n \nJan lost.")) == [(0, 13), (16, 25)]
