"""quotes: each quotation is a document that can be searched by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from pipeline.index.document import document
from pipeline.index.templates import mapped_fields
from schemas import EnrichedArticle
from schemas.enriched import Named, Quote, Speaker

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
TEXT = "It rained. \u201cWe won,\u201d Moor said. \u201cTwice.\u201d Nobody asked why."
ARTICLE = EnrichedArticle(
    id="3f1c", url="https://www.news.co.uk/a", canonical_url="https://www.news.co.uk/b",
    source="news", source_name="The News", source_country="GBR", connector="rss",
    headline="Rain", text=TEXT, published_at=NOON, fetched_at=NOON, language="en", generation=1,
    sentences=((0, 10), (11, 43), (44, 61)),
    named=(Named(id="1", name="Ada Moor", label="PERSON", roles=("mayor",), country="NOR",
                 mentions=2, salience=1),),
    quotes=(
        Quote(text=TEXT[11:43], start=11, end=43, spans=((11, 20), (33, 43)), kind="direct",
              speaker=Speaker(text="Moor", name="Ada Moor"), cue="said"),
        Quote(text=TEXT[44:61], start=44, end=61, kind="indirect"),
    ),
)  # fmt: skip
MADE = document(ARTICLE, NOON)


def leaves(body: dict[str, Any], prefix: str = "") -> Iterator[str]:
    """Yield the dotted names of every field of *body*."""
    for name, value in body.items():
        yield prefix + name
        if isinstance(value, dict):
            yield from leaves(value, f"{prefix}{name}.")


def test_every_field_is_mapped_and_every_mapped_field_is_filled() -> None:
    """Document and index template know the same fields."""
    assert set(leaves(MADE.children[0].body)) == mapped_fields("quotes")


def test_a_quotation_goes_with_its_article() -> None:
    """It has its id and number, its version, and what one needs to search it alone."""
    first, second = MADE.children
    assert (first.id, second.id, first.version, first.index) == (
        "3f1c-0", "3f1c-1", MADE.version, "quotes",
    )  # fmt: skip
    assert MADE.body["quote_count"] == 2
    assert (first.body["headline"], first.body["source"]["id"]) == ("Rain", "news")


def test_the_speaker_is_told_by_what_the_article_knows() -> None:
    """Words, name, kind, country and roles."""
    assert MADE.children[0].body["speaker"] == {
        "text": "Moor", "name": "Ada Moor", "label": "PERSON", "country": "NOR",
        "roles": ("mayor",),
    }  # fmt: skip
    assert "speaker" not in MADE.children[1].body


def test_a_quotation_knows_its_sentence() -> None:
    """By the one that it begins in."""
    assert [one.body["sentence_index"] for one in MADE.children] == [1, 2]
