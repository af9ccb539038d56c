"""phrases: many phrases are found in one walk."""

from __future__ import annotations

from pipeline.enrich.phrases import occurrences, table


def test_the_longest_phrase_wins() -> None:
    """Of two phrases that begin at one word the longer is found, and nothing inside it."""
    text = "South Korean and South Korea, Korea."
    found = [
        text[start:end]
        for start, end in occurrences(text, table(["South Korea", "South Korean", "Korea"]))
    ]
    assert found == ["South Korean", "South Korea", "Korea"]


def test_a_phrase_is_a_whole_word() -> None:
    """A phrase inside a longer word, or in another case, is not found."""
    assert list(occurrences("Malians, mali, Mali2", table(["Mali"]))) == []


def test_dots_belong_to_a_phrase() -> None:
    """An abbreviation with dots is found with them."""
    assert list(occurrences("the U.S. said", table(["U.S."]))) == [(4, 8)]
