"""An article that is read back from the index."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from pipeline.index.document import document
from pipeline.index.stored import article_of, only
from schemas import Dated, EnrichedArticle, Entity, Named, Quote, Speaker

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def test_what_was_found_comes_back() -> None:
    """Names, quotes and dates, and what is known of the source, are as they were."""
    article = EnrichedArticle(
        id="1", url="https://gazette.example/cod?a=1", canonical_url="https://gazette.example/cod",
        source="gazette", source_name="The Gazette", source_country="NOR", connector="rss",
        headline="Cod", text='Moor said "We will act" on Monday.', language="en",
        published_at=NOON, fetched_at=NOON, paywalled=False, generation=1, sentences=((0, 34),),
        entities=(Entity(text="Moor", label="PERSON", start=0, end=4, name="Moor", id="1"),),
        named=(Named(id="1", name="Moor", label="PERSON", mentions=1, salience=1),),
        quotes=(
            Quote(text='"We will act"', start=10, end=23, kind="direct",
                  speaker=Speaker(text="Moor", name="Moor")),
        ),
        dates=(
            Dated(text="Monday", start=27, end=33, value="2026-10-26", granularity="day",
                  basis="relative"),
        ),
        people=("Moor",),
    )  # fmt: skip
    body: dict[str, Any] = orjson.loads(orjson.dumps(document(article, NOON).body))

    assert article_of(body) == article


def test_a_bare_article_comes_back() -> None:
    """What the index left out is empty again."""
    article = EnrichedArticle(id="1", text="Cod.", fetched_at=NOON)
    assert article_of(orjson.loads(orjson.dumps(document(article, NOON).body))) == article


def test_the_beginning_of_an_id_must_tell_one() -> None:
    """The id itself wins; else only one may begin so."""
    one, other = {"id": "ab"}, {"id": "abc"}
    assert only([other, one], "ab") == one
    assert only([other], "ab") == other
    assert only([], "ab") is None
    with pytest.raises(LookupError, match="begin with a"):
        only([one, other], "a")
