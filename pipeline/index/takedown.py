"""Finds and removes articles wherever they lie in Elasticsearch: behind the aliases or beside them.

An index that stands behind an alias no more, or not yet, holds copies too.  So everything is looked
for by the names that our indices have.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import orjson
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from pipeline.index.answers import told
from pipeline.index.sink import ARTICLES, QUOTES
from schemas import ServiceUnavailable, article_id, normal_form

PAGE = 10_000
MOST_SOURCES = 10_000
BLOCKED = "cluster_block_exception"
LOOKS = 1000
"""Pages that are looked at, at most: more means that somebody writes faster than we delete."""


@dataclass(frozen=True, slots=True)
class Found:
    """An article as it lies in an index."""

    index: str
    id: str
    version: int
    source: str = ""
    headline: str = ""


def find(client: Elasticsearch, ids: Collection[str], urls: Collection[str] = ()) -> list[Found]:
    """Return the articles with one of these *ids*, or that were fetched from one of these *urls*.

    Raises:
        ServiceUnavailable: the server does not answer or refuses, with its reason.

    """
    known = {*ids, *(name for url in urls for name in names_of(client, url))}
    ways = [{"terms": {"id": sorted(known)}}, {"terms": {"url.full": both(urls)}},
            {"terms": {"url.original": both(urls)}}]  # fmt: skip
    fields = ["source.id", "headline"]
    hits = searched(client, ARTICLES, {"bool": {"should": ways}}, fields)
    return [
        Found(hit["_index"], hit["_id"], hit["_version"],
              hit["_source"].get("source", {}).get("id", ""), hit["_source"].get("headline", ""))
        for hit in hits
    ]  # fmt: skip


def names_of(client: Elasticsearch, url: str) -> set[str]:
    """Return the ids that *url* has in the sources that the index knows of its host."""
    query = {"term": {"url.domain": urlsplit(normal_form(url)).hostname or ""}}
    by_source = {"sources": {"terms": {"field": "source.id", "size": MOST_SOURCES}}}
    answer = asked(
        lambda: client.search(index=everywhere(ARTICLES), query=query, size=0, aggs=by_source,
                              ignore_unavailable=True)
    )  # fmt: skip
    buckets = answer.get("aggregations", {}).get("sources", {}).get("buckets", [])
    return {article_id(bucket["key"], url) for bucket in buckets}


def remove(
    client: Elasticsearch, ids: Collection[str], urls: Collection[str] = ()
) -> tuple[int, set[str]]:
    """Delete these articles and their quotations from every index.

    Returns how many documents, and the indices that hold some still, for they are read-only.

    Raises:
        ServiceUnavailable: the server does not answer or refuses, with its reason.

    """
    removed, closed = 0, set[str]()
    for _ in range(LOOKS):
        found = find(client, ids, urls)
        names = sorted({*ids, *(one.id for one in found)})
        places = {(hit["_index"], hit["_id"]) for hit in searched(
            client, QUOTES, {"terms": {"article_id": names}})}  # fmt: skip
        places |= {(one.index, one.id) for one in found}
        places = {(index, name) for index, name in places if index not in closed}
        if not places:
            return removed, closed
        blocked = delete(client, places)
        closed |= blocked
        removed += sum(index not in blocked for index, _ in places)
    raise ServiceUnavailable("they are written again as fast as they are deleted: stop the workers")


def delete(client: Elasticsearch, places: Iterable[tuple[str, str]]) -> set[str]:
    """Delete documents by index and id, quotations first; return the indices that are read-only.

    Raises:
        ServiceUnavailable: one was not deleted, with the reason.

    """
    ordered = sorted(places, reverse=True)
    lines = [orjson.dumps({"delete": {"_index": one, "_id": name}}) for one, name in ordered]
    body: Any = b"\n".join(lines) + b"\n"
    answer = asked(lambda: client.bulk(operations=body))
    failed = [item["delete"] for item in answer["items"] if "error" in item["delete"]]
    blocked = {one["_index"] for one in failed if one["error"].get("type") == BLOCKED}
    for one in failed:
        if one["_index"] not in blocked:
            raise ServiceUnavailable(f"Elasticsearch does not delete: {one['error']}"[:500])
    return blocked


def searched(
    client: Elasticsearch, name: str, query: dict[str, Any], fields: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Return a page of what a search finds in every index of *name*, made visible before."""
    index = everywhere(name)
    asked(lambda: client.indices.refresh(index=index, ignore_unavailable=True))
    answer = asked(
        lambda: client.search(index=index, query=query, size=PAGE, version=True,
                              source_includes=fields or None, source=None if fields else False,
                              ignore_unavailable=True)
    )  # fmt: skip
    return list(answer["hits"]["hits"])


def asked(question: Callable[[], Any]) -> Any:
    """Return what the server answers; raises ServiceUnavailable where it does not."""
    try:
        return question()
    except (TransportError, ApiError) as error:
        raise ServiceUnavailable(f"Elasticsearch does not take it down: {told(error)}") from error


def everywhere(name: str) -> str:
    """Return the pattern of the indices that hold, held or will hold *name*."""
    return f"{name}-v*,{name}"


def both(urls: Iterable[str]) -> list[str]:
    """Return each of *urls* as it was given and in its normal form."""
    return sorted({form for url in urls for form in (url, normal_form(url))})
