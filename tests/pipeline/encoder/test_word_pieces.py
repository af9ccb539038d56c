"""Word pieces with their offsets and letter case."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.assets import asset
from pipeline.encoder.word_pieces import UNKNOWN, WordPieces, case_of
from pipeline.encoder.word_table import word_table

SMALL = ["[PAD]", *(f"[unused{n}]" for n in range(99)), "[UNK]", "[CLS]", "[SEP]", "cod", "##fish",
         "zurich", "un", "##load", "##ed", "!"]  # fmt: skip


@pytest.fixture(scope="module")
def pieces():
    return WordPieces(SMALL)


def words(pieces, text):
    """Return the pieces of *text* as words."""
    return [SMALL[row] for row in pieces.of(text).ids]


def test_the_longest_piece_is_taken_first(pieces):
    """A word is read from its start, by the longest piece that the vocabulary has."""
    assert words(pieces, "codfish unloaded!") == ["cod", "##fish", "un", "##load", "##ed", "!"]


def test_a_word_that_cannot_be_read_to_its_end_is_unknown(pieces):
    """Nothing is guessed: half a word would be another word."""
    assert pieces.of("codx").ids.tolist() == [UNKNOWN]


def test_accents_and_case_do_not_matter_to_the_row(pieces):
    """The vocabulary is without case and accents; the case class is kept beside it."""
    found = pieces.of("ZÜRICH Zürich zürich")
    assert set(found.ids.tolist()) == {SMALL.index("zurich")}
    assert found.cases.tolist() == [2, 1, 0]


def test_offsets_are_those_of_the_text(pieces):
    """Each piece knows where it stands, in code points of the text as given."""
    text = "🐟 codfish, Zürich"
    found = pieces.of(text)
    spans = [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)]
    assert spans == ["🐟", "cod", "fish", ",", "Zürich"]


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    """Offsets never leave the text and never go back, whatever is in it."""
    found = WordPieces(SMALL).of(text)
    assert np.all(found.starts < found.ends)
    assert np.all(found.ends <= len(text))
    assert np.all(np.diff(found.starts) >= 0)


def test_the_shipped_table_has_a_vector_for_every_piece():
    """Vocabulary, rows and scales belong together."""
    table = word_table(asset("models/words"))
    assert len(table.pieces.rows) == len(table.rows) == len(table.scales)
    found = table.pieces.of("The fishing minister resigned.")
    assert table.vectors(found.ids).shape == (len(found), table.rows.shape[1])
    assert UNKNOWN not in found.ids


@pytest.mark.parametrize(("part", "case"), [("", 0), ("ß", 0), ("Éa", 1), ("7th", 5), ("McC", 3)])
def test_letter_cases(part, case):
    """Letters beyond ASCII have a case too."""
    assert case_of(part) == case
