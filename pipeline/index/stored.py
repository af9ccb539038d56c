"""The document of an article, read back as the record it was made from."""

from __future__ import annotations

from typing import Any

from schemas import EnrichedArticle


def article_of(body: dict[str, Any]) -> EnrichedArticle:
    """Return the article of a document as far as the index keeps it: sources and tags it folds.

    Raises:
        ValidationError: this is no document of an article.

    """
    fields = {name: body[name] for name in EnrichedArticle.model_fields if name in body}
    source, url = body.get("source") or {}, body.get("url") or {}
    kept = {
        "url": url.get("original"),
        "source": source.get("id"),
        "source_name": source.get("name"),
        "source_country": source.get("country"),
        "connector": source.get("connector"),
        "paywalled": (body.get("rights") or {}).get("paywalled"),
    }
    if url.get("full") != url.get("original"):
        kept["canonical_url"] = url.get("full")
    known = {name: value for name, value in kept.items() if value is not None}
    return EnrichedArticle.model_validate(
        fields | (body.get("annotations") or {}) | {"source": "", "url": ""} | known
    )


def only(bodies: list[dict[str, Any]], beginning: str) -> dict[str, Any] | None:
    """Return the one whose id is, or alone begins with, *beginning*; None where there is none.

    >>> only([{"id": "ab"}, {"id": "abc"}], "ab")
    {'id': 'ab'}

    Raises:
        LookupError: several begin so.

    """
    exact = [body for body in bodies if body["id"] == beginning]
    if not exact and len(bodies) > 1:
        raise LookupError(f"the ids of several articles begin with {beginning}")
    return next(iter(exact or bodies), None)
