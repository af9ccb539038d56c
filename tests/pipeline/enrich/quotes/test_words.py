"""words: the tokens of a whole text in one row."""

from __future__ import annotations

from tests.pipeline.enrich.quotes.conftest import Parsed, Read


def test_tokens_know_their_place_in_the_whole_text(read: Read) -> None:
    """Offsets go on from one paragraph to the next."""
    row = read("She left.\n\nHe stayed.")
    assert [row.text[at] for at in row.begins] == list("Sl.Hs.")
    assert row.first == [0, 0, 0, 3, 3, 3]
    assert row.between(3, 5) == "He stayed"


def test_a_full_stop_in_marks_ends_no_sentence_outside(read: Read) -> None:
    """Only what the newspaper itself says is divided."""
    row = read('"We won." She left.')
    assert [row.lower[n] for n in range(len(row.lower)) if row.is_stop(n)] == ["."]


def test_a_parse_is_known_to_be_there(read: Read, parsed: Parsed) -> None:
    """Without one, patterns are used."""
    assert not read("She left.").parsed
    assert parsed("She left", [(1, "nsubj", "PRON"), (1, "ROOT", "VERB")]).parsed
