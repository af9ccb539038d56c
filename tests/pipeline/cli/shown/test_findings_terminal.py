"""An annotated article in a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from pipeline.cli.shown.findings import GROUPS
from pipeline.cli.shown.findings_terminal import COLOURS, report
from schemas import EnrichedArticle, Entity, Named

from .articles import annotated


def lines(article: EnrichedArticle, *, colour: bool = False) -> list[str]:
    """Return the lines of text of the report."""
    return [part.plain for part in report(article, colour=colour) if isinstance(part, Text)]


def printed(article: EnrichedArticle) -> str:
    """Return what a wide console prints."""
    console = Console(width=200)
    with console.capture() as captured:
        for part in report(article, colour=False):
            console.print(part)
    return captured.get()


def test_findings_stand_in_the_text_between_marks() -> None:
    """A mention has its label, and its name where that is another; a quote has its speaker."""
    told = lines(annotated())
    assert told[0] == "Cod talks open in [Oslo GPE]"
    assert (
        '[Ada Moor PERSON] arrived on [Monday DATE: 2026-11-02]. {1 "We will act," …} '
        '[Moor PERSON: Ada Moor] said, {1 "and soon." | Ada Moor (Moor)}'
    ) in told
    assert told[-2:] == ["2 names in 5 mentions, 1 quote, 1 date", "language_model: by hand 1"]


def test_with_colour_words_stay_as_they_are() -> None:
    """Colours tell the kind; only what is meant and who speaks is added."""
    told = lines(annotated(), colour=True)
    assert (
        'Ada Moor arrived on Monday =2026-11-02. "We will act," '
        'Moor =Ada Moor said, "and soon." ‹1 Ada Moor (Moor)›'
    ) in told
    assert COLOURS.keys() == GROUPS.keys()


def test_tables_and_notes_are_printed() -> None:
    """Names with their aliases, roles and country; notes of the record."""
    told = printed(annotated())
    assert [one in told for one in ("mayor of Oslo", "59.91", "made by hand")] == [True] * 3


def test_a_terminal_is_not_obeyed() -> None:
    """What would move the cursor, turn the text around or be markup is spelt out."""
    evil = "a\x1b[2J\u202e[red]b"
    article = EnrichedArticle(
        id="1", headline=evil, text=evil, notes=(evil,), models={evil: evil},
        entities=(Entity(text=evil, label="ORG", start=0, end=len(evil), name=evil + "\r"),),
        named=(Named(id="1", name=evil, label="ORG", mentions=1, roles=(evil,), salience=0),),
    )  # fmt: skip
    told = printed(article)
    assert {"\x1b", "\u202e", "\r"} & set(told) == set()
    assert told.count("a\\x1b[2J\\u202e[red]b") == 8
