"""What there is to tell of an annotated article, whatever it is shown on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.cli.shown.marks import marks
from pipeline.cli.shown.outline import number
from schemas import EnrichedArticle, Quote

GROUPS: dict[str, tuple[str, ...]] = {
    "people": ("PERSON",),
    "organisations": ("ORG",),
    "places": ("GPE", "LOC", "FAC"),
    "peoples": ("NORP", "LANGUAGE"),
    "times": ("DATE", "TIME"),
    "amounts": ("MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"),
    "things": ("EVENT", "PRODUCT", "WORK_OF_ART", "LAW"),
}
"""Labels by what they have in common: each group has a colour."""
GROUP_OF: dict[str, str] = {label: group for group, labels in GROUPS.items() for label in labels}
NOBODY = "nobody named"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one kind of finding."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def tables(article: EnrichedArticle) -> Iterator[Table]:
    """Yield what was found, each kind as a table; those that would be empty are left out."""
    found = (names(article), quotes(article), dates(article), places(article))
    return (table for table in found if table.rows)


def names(article: EnrichedArticle) -> Table:
    """Return who and what is named, the most salient first."""
    columns = ("name", "what", "named", "salience", "country", "also called", "roles")
    rows = [
        (
            one.name, one.label, times(one.mentions, in_headline=one.in_headline),
            f"{one.salience:.2f}", one.country or "", ", ".join(one.aliases), "; ".join(one.roles),
        )
        for one in article.named
    ]  # fmt: skip
    return Table("Named", columns, rows)


def times(mentions: int, *, in_headline: bool) -> str:
    """Return how often something is named.

    >>> times(3, in_headline=True), times(1, in_headline=False)
    ('3, headline', '1')
    """
    return f"{mentions}, headline" if in_headline else str(mentions)


def quotes(article: EnrichedArticle) -> Table:
    """Return who said what, in the order of the text."""
    rows = [
        (str(place), speaker(one), one.cue or "", one.kind, words(article, one))
        for place, one in enumerate(article.quotes, 1)
    ]
    return Table("Quotes", ("", "speaker", "cue", "kind", "words"), rows)


def words(article: EnrichedArticle, quote: Quote) -> str:
    """Return the words of a quote without what breaks it off."""
    return " … ".join(article.text[start:end] for start, end in quote.spans) or quote.text


def speaker(quote: Quote) -> str:
    """Return who said it, and the words that say so where they are others."""
    who = quote.speaker
    if who is None:
        return NOBODY
    return who.name if who.name == who.text else f"{who.name} ({who.text})"


def dates(article: EnrichedArticle) -> Table:
    """Return the expressions of time with what they mean."""
    rows = [(one.text, one.value, one.granularity, one.basis) for one in article.dates]
    return Table("Dates", ("words", "value", "exact to the", "basis"), rows)


def places(article: EnrichedArticle) -> Table:
    """Return the places that the gazetteer knows."""
    rows = [
        (one.name, one.country, "" if one.lat is None else f"{one.lat:.2f}, {one.lon:.2f}")
        for one in article.locations
    ]
    return Table("Places", ("place", "country", "latitude, longitude"), rows)


def tally(article: EnrichedArticle) -> Counter[str]:
    """Return how many marks there are of each group."""
    found = [*marks(article, "headline"), *marks(article, "text")]
    return Counter(GROUP_OF[mark.label] for mark in found)


def counts(article: EnrichedArticle) -> str:
    """Return one sentence: how much was found."""
    found = (
        number(len(article.named), "name") + " in " + number(len(article.entities), "mention"),
        number(len(article.quotes), "quote"),
        number(len(article.dates), "date"),
    )
    return ", ".join(found)
