"""spoken: which words in marks are quotations by themselves."""

from __future__ import annotations

import pytest

from pipeline.enrich.paragraphs import paragraphs
from pipeline.enrich.quotes.marks import marked
from pipeline.enrich.quotes.spoken import spoken
from tests.pipeline.enrich.quotes.conftest import Read


def parts(read: Read, text: str) -> list[list[str]]:
    """Return the parts of each quotation in *text*."""
    found = spoken(read(text), marked(text, paragraphs(text)))
    return [[text[start:end] for start, end in one.spans] for one in found]


def test_an_interrupted_quotation_is_one(read: Read) -> None:
    """What goes on after "she said" belongs to what stood before it."""
    assert parts(read, '"We won," she said, "and it was easy." "No," he said.') == [
        ['"We won,"', '"and it was easy."'],
        ['"No,"'],
    ]


def test_a_new_sentence_of_the_same_speaker_belongs_to_it(read: Read) -> None:
    """The verb stands between the two, and nobody else is named."""
    assert parts(read, '"We won," she said. "It was easy enough, too."') == [
        ['"We won,"', '"It was easy enough, too."']
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The so-called 'smart' meters fail.",
        'He drove a "Bluebird" to work.',
        'Jan "Lucky" Vale came late.',
        'She wrote "The Harbour Lights" in a year.',
        "They met.\n\n'A cold wind blows.'\n\nThen they left.",
    ],
)
def test_scare_quotes_titles_names_and_headings_are_none(read: Read, text: str) -> None:
    """Marks alone make no quotation."""
    assert parts(read, text) == []


def test_a_sentence_that_marks_only_a_part_of_is_taken_whole(read: Read) -> None:
    """Where its end is said by somebody, the words before the marks are too."""
    assert parts(read, 'Nobody thinks that the deal "is good for the port," Moor said.') == [
        ['Nobody thinks that the deal "is good for the port,"']
    ]


def test_a_long_quotation_needs_no_verb(read: Read) -> None:
    """Whoever spoke, somebody did."""
    assert len(parts(read, "They met.\n\n“We shall rebuild this harbour stone by stone.”")) == 1
