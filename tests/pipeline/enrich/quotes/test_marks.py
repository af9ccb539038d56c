"""marks: what stands in quotation marks of any style, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.enrich.paragraphs import paragraphs
from pipeline.enrich.quotes.marks import marked


def quoted(text: str) -> list[str]:
    """Return what *text* has in marks."""
    return [text[one.start : one.end] for one in marked(text, paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('She said: "We won." Then she left.', ['"We won."']),
        ("She said: “We won.” Then she left.", ["“We won.”"]),
        ("Sie sagte: „Wir haben gewonnen.“ Dann ging sie.", ["„Wir haben gewonnen.“"]),
        ("Sie sagte: »Wir haben gewonnen.« Dann ging sie.", ["»Wir haben gewonnen.«"]),
        ("Elle a dit : « Nous avons gagné. » Puis rien.", ["« Nous avons gagné. »"]),
        ("Hon sa: ”Vi vann.” Sedan gick hon.", ["”Vi vann.”"]),
        ("She said: ''We won.'' Then she left.", ["''We won.''"]),
        ("She said: ``We won.'' Then she left.", ["``We won.''"]),
        ("She said: ‘We won.’ Then she left.", ["‘We won.’"]),
        ("She said: 'We won.' Then she left.", ["'We won.'"]),
    ],
)
def test_every_style_of_marks_is_read(text: str, expected: list[str]) -> None:
    """Straight, curly, low, pointed, doubled and single marks all hold words."""
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It's the players' union that won't say.",
        "It’s the players’ union that won’t say.",
        "In the '90s they stuck 'em in jail.",
        "He is 6'2\" tall.",
        "No marks at all.",
    ],
)
def test_apostrophes_and_inches_are_no_marks(text: str) -> None:
    """A sign inside a word, after a plural, before a decade or after a number quotes nothing."""
    assert quoted(text) == []


def test_an_apostrophe_does_not_close_a_single_mark() -> None:
    """The plural's sign is passed over where a better end follows."""
    assert quoted("'The players' union won't sign,' she said.") == [
        "'The players' union won't sign,'"
    ]


def test_marks_within_marks_belong_to_the_outer_ones() -> None:
    """A quotation within one is not told apart."""
    assert quoted("“He told me ‘never’ and left,” she said.") == ["“He told me ‘never’ and left,”"]


def test_a_speech_of_three_paragraphs_is_one() -> None:
    """Each paragraph opens, only the last one closes."""
    text = "“One.\n\n“Two.\n\n“Three,” he said.\n\nFour."
    assert quoted(text) == ["“One.\n\n“Two.\n\n“Three,”"]


def test_a_mark_left_open_ends_with_its_paragraph() -> None:
    """A forgotten sign swallows no more than that."""
    assert quoted('"We won.\n\nThey lost.') == ['"We won.']


@given(st.text(alphabet="ab .,\n\"'“”‘’„«»`", max_size=80))
def test_offsets_are_in_order_and_never_overlap(text: str) -> None:
    """Whatever the signs, what is found lies in the text, one after the other."""
    found = marked(text, paragraphs(text))
    edges = [edge for one in found for edge in one.hull]
    assert edges == sorted(edges)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
