"""EnrichedArticle -> the document that analysts query.  Field names: docs/reference/fields.md."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from courlan import extract_domain

from pipeline.index.quotes import quote_documents
from pipeline.index.sink import COUNTED, QUOTES, Document
from pipeline.stage import Drop
from schemas import GENERATION, NOT_STORIES, EnrichedArticle, document_version


def document(article: EnrichedArticle, indexed_at: datetime) -> Document:
    """Return *article* as it is indexed, its quotations as documents beside it.

    Its version says which fetch it is from and which generation of the pipeline made it, so that an
    older one never replaces a newer one.

    Raises:
        Drop: ``not_a_story``: a wall or an error page was served in place of one.

    """
    if article.article_kind in NOT_STORIES:
        raise Drop("not_a_story", f"what was served is of the kind {article.article_kind}")
    version = document_version(article.fetched_at, article.generation or GENERATION)
    body = known(
        {
            **identity(article),
            **story(article),
            **findings(article),
            "removed": [cut.model_dump(exclude_none=True) for cut in article.removed],
            "removed_count": len(article.removed),
            "removed_kinds": sorted({cut.kind for cut in article.removed}),
            "indexed_at": instant(indexed_at),
            COUNTED[QUOTES]: len(article.quotes),
        }
    )
    return Document(article.id, version, body, quote_documents(article, body, version))


def stories(articles: Iterable[EnrichedArticle], indexed_at: datetime) -> list[Document]:
    """Return the documents of those *articles* that are stories."""
    told = (article for article in articles if article.article_kind not in NOT_STORIES)
    return [document(article, indexed_at) for article in told]


def identity(article: EnrichedArticle) -> dict[str, Any]:
    """Return who the article is: address, source, versions, times of our own."""
    return {
        "id": article.id,
        "url": address(article),
        "source": known(
            {
                "id": article.source,
                "name": article.source_name,
                "country": article.source_country,
                "connector": article.connector,
            }
        ),
        "@timestamp": instant(article.published_at or article.fetched_at),
        "fetched_at": instant(article.fetched_at),
        "schema_version": article.schema_version,
        "revision": article.revision,
        "generation": article.generation,
        "pipeline_version": article.pipeline_version,
        "models": article.models,
    }


def story(article: EnrichedArticle) -> dict[str, Any]:
    """Return what the newspaper wrote and said about it."""
    return {
        "headline": article.headline,
        "text": article.text,
        "word_count": len(article.text.split()),
        "summary": article.summary,
        "authors": article.authors,
        "dateline": article.dateline,
        "captions": article.captions,
        "published_at": instant(article.published_at),
        "published_precision": article.published_precision,
        "published_from": article.published_from,
        "modified_at": instant(article.modified_at),
        "language": article.language,
        "sections": article.sections,
        "keywords": article.keywords,
        "image_url": article.image_url,
        "credit": article.credit,
        "rights": known({"paywalled": article.paywalled}),
        "article_kind": article.article_kind,
        "origins": article.origins,
    }


def findings(article: EnrichedArticle) -> dict[str, Any]:
    """Return what was found in the story: search keys, and the annotations they come from."""
    return {
        "people": article.people,
        "organisations": article.organisations,
        "places": article.places,
        "countries": article.countries,
        "location": [
            {"lat": place.lat, "lon": place.lon}
            for place in article.locations
            if place.lat is not None and place.lon is not None
        ],
        "annotated": article.annotated,
        "notes": article.notes,
        "annotations": known(
            {
                **{
                    name: [one.model_dump(exclude_none=True) for one in getattr(article, name)]
                    for name in ("entities", "named", "quotes", "dates")
                },
                "sentences": article.sentences,
            }
        ),
    }


def address(article: EnrichedArticle) -> dict[str, Any]:
    """Return the address in the fields of the Elastic Common Schema."""
    full = article.canonical_url or article.url
    return known(
        {
            "full": full,
            "original": article.url,
            "domain": host(article.url),
            "registered_domain": extract_domain(article.url) if "://" in article.url else None,
        }
    )


def host(url: str) -> str | None:
    """Return the host of *url*; None where it has none."""
    try:
        return urlsplit(url).hostname
    except ValueError:  # such as http://[::1: an address that is none has no host
        return None


def instant(value: datetime | None) -> str | None:
    """Return *value* in ISO 8601, UTC."""
    return value.isoformat() if value else None


def known(fields: dict[str, Any]) -> dict[str, Any]:
    """Return *fields* without what is not known: missing is not empty."""
    return {name: value for name, value in fields.items() if value not in (None, "", (), [], {})}
