"""Quotation -> the document that analysts query.  Field names: docs/reference/fields.md."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

from pipeline.index.families import child_id
from pipeline.index.sink import QUOTES, Document
from schemas import EnrichedArticle
from schemas.enriched import Named, Quote, Speaker

COPIED = (
    "url", "source", "headline", "language", "published_at", "@timestamp", "generation",
)  # fmt: skip
"""What a quotation has from its article, so that it can be searched by itself."""


def quote_documents(
    article: EnrichedArticle, body: Mapping[str, Any], version: int
) -> tuple[Document, ...]:
    """Return the quotations of *article*, whose own document has that *body* and *version*."""
    copied = {name: body[name] for name in COPIED if name in body}
    named = {one.name: one for one in article.named}
    begins = [start for start, _ in article.sentences]
    return tuple(
        Document(
            child_id(article.id, number),
            version,
            {
                "id": child_id(article.id, number),
                "article_id": article.id,
                **said(quote, named),
                "sentence_index": max(0, bisect_right(begins, quote.start) - 1),
                **copied,
            },
            index=QUOTES,
        )
        for number, quote in enumerate(article.quotes)
    )


def said(quote: Quote, named: Mapping[str, Named]) -> dict[str, Any]:
    """Return what was said, by whom, and where it stands in the text."""
    fields = quote.model_dump(exclude_none=True, exclude_defaults=True)
    if quote.speaker:
        fields["speaker"] = about(quote.speaker, named.get(quote.speaker.name))
    return fields


def about(speaker: Speaker, named: Named | None) -> dict[str, Any]:
    """Return what the article tells of who speaks."""
    known = named.model_dump(include={"label", "country", "roles"}) if named else {}
    return speaker.model_dump() | {name: value for name, value in known.items() if value}
