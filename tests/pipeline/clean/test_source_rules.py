"""What an operator wrote down about the lines of a source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.lines import clean_lines
from pipeline.clean.source import Source
from pipeline.clean.source_rules import SourceRules, matches

STORY = "Ministers from nine countries met in Oslo on Monday to talk about the price of cod."


@pytest.mark.parametrize(
    ("pattern", "line", "expected"),
    [
        ("Read more", "READ  more", True),
        ("Read more", "Read more on cod", False),
        ("Read more*", "Read more", True),
        ("*cod*", "The price of cod rose", True),
        ("*cod*", "The price of cold rose", False),
        ("a*b*c", "a b c", True),
        ("a*b*c", "a c b", False),
        ("ab*bc", "abc", False),
        ("“Cod” talks*", '"cod" talks open', True),
        ("It's *", "It’s over", True),
    ],
)
def test_patterns(pattern: str, line: str, expected: bool) -> None:
    """A star stands for any words or none; case, spaces and quotes do not count."""
    assert matches(pattern, line) is expected


@given(st.text("ab* ", max_size=12), st.text("ab ", max_size=12))
def test_a_pattern_matches_what_it_is_made_of(pattern: str, filling: str) -> None:
    """A line that is made from a pattern by filling its stars has the form of it."""
    assert matches(pattern, pattern.replace("*", filling))


def test_no_pattern_is_slow() -> None:
    """What would keep a regular expression busy for years is answered."""
    assert not matches("a*" * 100 + "b", "a" * 2000)


def test_keep_wins_over_remove_and_over_the_rules() -> None:
    """A line that the operator keeps stays, whatever a rule or another pattern says."""
    rules = SourceRules(keep=("Read more: cod",), remove=("Read more: *",))
    cleaned = clean_lines(f"{STORY}\nRead more: cod\nRead more: hake", "Cod", source=Source(rules))
    assert cleaned.text == f"{STORY}\n\nRead more: cod"
    assert [(cut.text, cut.by, cut.why) for cut in cleaned.removed] == [
        ("Read more: hake", "source-rule", "remove: Read more: *")
    ]


def test_keep_holds_for_all_of_a_line() -> None:
    """No part is taken out of a line that is kept."""
    line = f"OSLO (Reuters) - {STORY}"
    kept = clean_lines(line, "Cod", source=Source(SourceRules(keep=("OSLO*",))))
    assert (kept.text, clean_lines(line, "Cod").text) == (line, STORY)


def test_rules_are_told_apart() -> None:
    """Other rules have another name; none have none, so that a record names none."""
    names = [SourceRules(**one).version() for one in ({"keep": ("a",)}, {"remove": ("a",)}, {})]
    assert names[2] == ""
    assert len(set(names)) == 3
    assert Source(SourceRules(keep=("a",))).models() == {"source_rules": names[0]}
    assert Source().models() == {}
