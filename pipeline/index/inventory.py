"""What the index holds, without what stands in it: ids, versions and numbers of children.

Everything is read from columns, never from bodies, in pages of one point in time; so it is quick,
and an index of any size takes the same memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from pipeline.index.answers import told
from pipeline.index.sink import ARTICLES, COUNTED, QUOTES
from schemas import ServiceUnavailable

PAGE = 10_000
KEEP_ALIVE = "5m"
PATIENCE_SECS = 240
"""A page that takes longer is refused: its point in time would be gone."""
PARENT = "article_id"
"""Field of a child that names its article."""


@dataclass(frozen=True, slots=True)
class Held:
    """One document, or a run of children of one article; ``number`` counts the children."""

    id: str
    version: int
    index: str
    number: int


def articles(
    client: Elasticsearch, *, since_ms: int = 0, source: str = "", ids: Sequence[str] = ()
) -> Iterator[Held]:
    """Yield the documents behind the alias: all, or those asked for.

    Raises:
        ServiceUnavailable: the server does not answer, or refuses, with its reason.

    """
    count = COUNTED[QUOTES]
    for found in scan(client, ARTICLES, ["id", count], asked("id", since_ms, source, ids)):
        fields = found.get("fields", {})
        (name,), (number,) = fields.get("id", [""]), fields.get(count, [0])
        yield Held(name, found["_version"], found["_index"], number)


def quotes(client: Elasticsearch, *, source: str = "", ids: Sequence[str] = ()) -> Iterator[Held]:
    """Yield the quotations behind the alias, those of one article that lie together as one.

    Raises:
        ServiceUnavailable: the server does not answer, or refuses, with its reason.

    """
    hits = scan(client, QUOTES, [PARENT], asked(PARENT, 0, source, ids))
    for key, run in groupby(hits, key=owner):
        yield Held(*key, number=sum(1 for _ in run))


def owner(found: dict[str, Any]) -> tuple[str, int, str]:
    """Return the article, version and index of a quotation."""
    (name,) = found.get("fields", {}).get(PARENT, [""])
    return name, found["_version"], found["_index"]


def asked(field: str, since_ms: int, source: str, ids: Sequence[str]) -> dict[str, Any]:
    """Return the query for documents fetched since then, of that source, with those ids.

    >>> asked("id", 0, "gazette", ["a"])["bool"]["filter"]
    [{'term': {'source.id': 'gazette'}}, {'terms': {'id': ['a']}}]
    """
    filters: list[dict[str, Any]] = []
    if since_ms:
        newer = {"range": {"fetched_at": {"gte": since_ms, "format": "epoch_millis"}}}
        undated = {"bool": {"must_not": {"exists": {"field": "fetched_at"}}}}
        filters.append({"bool": {"should": [newer, undated]}})
    if source:
        filters.append({"term": {"source.id": source}})
    if ids:
        filters.append({"terms": {field: [*ids]}})
    return {"bool": {"filter": filters}}


def scan(
    client: Elasticsearch, alias: str, columns: Sequence[str], query: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """Yield a hit with the *columns* of each document that matches, as of one moment."""
    try:
        pit = client.open_point_in_time(index=alias, keep_alive=KEEP_ALIVE)["id"]
        try:
            yield from pages(client, pit, columns, query)
        finally:
            client.close_point_in_time(id=pit)
    except (TransportError, ApiError) as error:
        raise ServiceUnavailable(f"Elasticsearch does not list {alias}: {told(error)}") from error


def pages(
    client: Elasticsearch, pit: str, columns: Sequence[str], query: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """Yield the hits of one point in time, page after page."""
    after: list[Any] | None = None
    patient = client.options(request_timeout=PATIENCE_SECS)
    while True:
        hits = patient.search(
            pit={"id": pit, "keep_alive": KEEP_ALIVE},
            query=query,
            size=PAGE,
            sort=[{"_shard_doc": "asc"}],
            search_after=after,
            stored_fields="_none_",
            docvalue_fields=[{"field": name} for name in columns],
            version=True,
            track_total_hits=False,
            filter_path="hits.hits._index,hits.hits._version,hits.hits.fields,hits.hits.sort",
        )
        found = hits.get("hits", {}).get("hits", [])
        yield from found
        if len(found) < PAGE:
            return
        after = found[-1]["sort"]


def now(client: Elasticsearch, ids: Iterable[str]) -> list[Held]:
    """Return those of *ids* that are there at this moment, also where no search sees them yet.

    Raises:
        ServiceUnavailable: the server does not answer, or refuses, with its reason.

    """
    count = COUNTED[QUOTES]
    docs: list[dict[str, Any]] = []
    try:
        names = sorted(client.indices.get_alias(name=ARTICLES))
        wanted = [{"_index": name, "_id": one} for one in ids for name in names]
        if wanted:
            docs = client.mget(docs=wanted, source_includes=[count])["docs"]
    except (TransportError, ApiError) as error:
        raise ServiceUnavailable(f"Elasticsearch does not answer: {told(error)}") from error
    return [
        Held(one["_id"], one["_version"], one["_index"], one["_source"].get(count, 0))
        for one in docs
        if one.get("found")
    ]
