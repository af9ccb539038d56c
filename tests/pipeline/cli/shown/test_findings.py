"""What there is to tell of an annotated article."""

from __future__ import annotations

import pytest

from pipeline.cli.shown.findings import GROUP_OF, counts, speaker, tables
from schemas import EnrichedArticle, Quote, Speaker
from schemas.enriched import Label

from .articles import annotated


def test_tables() -> None:
    """Each kind of finding is a table, in this order."""
    found = {table.title: list(table.rows) for table in tables(annotated())}
    assert list(found) == ["Named", "Quotes", "Dates", "Places"]
    assert found["Named"] == [
        ("Ada Moor", "PERSON", "2", "0.80", "", "Moor", "mayor of Oslo"),
        ("Oslo", "GPE", "1, headline", "0.50", "NOR", "", ""),
    ]
    words = '"We will act," … "and soon."'
    assert found["Quotes"] == [("1", "Ada Moor (Moor)", "said", "direct", words)]
    assert found["Dates"] == [("Monday", "2026-11-02", "day", "relative")]
    assert found["Places"] == [("Oslo", "NOR", "59.91, 10.75")]


def test_what_was_not_found_has_no_table() -> None:
    """Nothing is said of nothing but the counts."""
    article = EnrichedArticle(id="1", text="Cod.")
    assert list(tables(article)) == []
    assert counts(article) == "0 names in 0 mentions, 0 quotes, 0 dates"


@pytest.mark.parametrize(
    ("who", "told"),
    [
        (None, "nobody named"),
        (Speaker(text="Moor", name="Moor"), "Moor"),
        (Speaker(text="she", name="Ada Moor"), "Ada Moor (she)"),
    ],
)
def test_speaker(who: Speaker | None, told: str) -> None:
    """The name, with the words that stood for it."""
    assert speaker(Quote(text="x", start=0, end=1, kind="direct", speaker=who)) == told


def test_every_label_has_a_colour() -> None:
    """A label that is added is put into a group."""
    assert set(Label.__args__) == set(GROUP_OF)  # type: ignore[attr-defined]
