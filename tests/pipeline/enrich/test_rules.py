"""rules: money, shares and dates as news writes them, and nothing that only looks alike."""

from __future__ import annotations

import pytest

from pipeline.enrich.rules import by_rule


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("MONEY", "$3.5 billion"),
        ("MONEY", "US$ 775,000"),
        ("MONEY", "\u20ac5bn"),
        ("MONEY", "Rs 3 crore"),
        ("MONEY", "150,000 yuan"),
        ("MONEY", "22 billion cedis"),
        ("MONEY", "40 million Turkish lira"),
        ("MONEY", "5 to 7 million dollars"),
        ("MONEY", "3 million pounds"),
        ("PERCENT", "12.5%"),
        ("PERCENT", "3 per cent"),
        ("PERCENT", "2 percentage points"),
        ("DATE", "Friday, 4 March 2022"),
        ("DATE", "March 4th, 2022"),
        ("DATE", "Feb. 25, 2021"),
        ("DATE", "28 May"),
        ("DATE", "June 2022"),
        ("DATE", "Tuesday"),
        ("DATE", "2022-02-11"),
    ],
)
def test_a_rule_finds_the_whole_of_it(label: str, words: str) -> None:
    """The words are found whole, with their label, in the middle of a sentence."""
    text = f"It was told of {words} by the clerk."
    assert [(text[start:end], found) for start, end, found in by_rule(text)] == [(words, label)]


@pytest.mark.parametrize(
    "text",
    ["He lifted 200 pounds.", "He won 3 medals.", "They may march.", "On page 12.", "Flight AB$"],
)
def test_what_only_looks_alike_is_left(text: str) -> None:
    """A weight, a count, a verb is neither money nor a date."""
    assert list(by_rule(text)) == []
