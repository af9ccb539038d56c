"""phrases: who stands beside a verb."""

from __future__ import annotations

import pytest

from pipeline.enrich.quotes.phrases import after, before, subject
from tests.pipeline.enrich.quotes.conftest import Parsed, Read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Moor, the minister of trade.", "Ada Moor"),
        ("a spokesman for the ministry on Friday.", "a spokesman for the ministry"),
        ("Jan Vale of the Velora Times.", "Jan Vale of the Velora Times"),
        ("she in Kyiv.", "she"),
        ("in Kyiv.", None),
    ],
)
def test_a_phrase_ends_where_its_name_does(read: Read, text: str, expected: str | None) -> None:
    """A comma, a preposition or a pronoun is the end; what it is "of" is not."""
    row = read(text)
    found = after(row, 0, len(row.lower))
    assert (row.between(*found) if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On Friday Ada Moor said that", "Ada Moor"),
        ("But she later said that", "she"),
        ("Ada Moor, who leads the board, said that", "Ada Moor"),
        ("The old harbour master has said that", "The old harbour master"),
    ],
)
def test_a_phrase_is_found_before_its_verb(read: Read, text: str, expected: str) -> None:
    """Auxiliaries, adverbs and what stands between commas are passed over."""
    row = read(text)
    found = before(row, row.lower.index("said"), 0)
    assert found
    assert row.between(*found) == expected


def test_a_participle_has_the_subject_of_its_verb(parsed: Parsed) -> None:
    """In "she left, saying" it is she who says."""
    tree = [(1, "nsubj", "PRON"), (1, "ROOT", "VERB"), (1, "advcl", "VERB")]
    row = parsed("She left saying", tree)
    assert subject(row, 2) == (0, 1)


@pytest.mark.parametrize("label", ["acl:relcl", "relcl"])
def test_who_stands_for_the_noun_before_it(parsed: Parsed, label: str) -> None:
    """By the labels of either scheme."""
    tree = [(1, "det", "DET"), (1, "ROOT", "NOUN"), (3, "nsubj", "PRON"), (1, label, "VERB")]
    row = parsed("the pilot who said", tree)
    assert subject(row, 3) == (0, 2)


def test_a_dateline_says_nothing(parsed: Parsed) -> None:
    """Where a parser takes the place for the subject, it is not believed."""
    tree = [(3, "nsubj", "PROPN"), (3, "punct", "PUNCT"), (3, "dep", "PROPN"), (3, "ROOT", "VERB")]
    assert subject(parsed("VELORA - Moor said", tree), 3) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("the dockers' union said", "the dockers' union"), ("a vice-mayor said", "a vice-mayor")],
)
def test_signs_within_words_end_no_phrase(read: Read, text: str, expected: str) -> None:
    """The apostrophe of a plural and the hyphen of a word are passed over."""
    row = read(text)
    found = before(row, row.lower.index("said"), 0)
    assert found
    assert row.between(*found) == expected
