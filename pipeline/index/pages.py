"""Articles read from an index page by page, as they stood at one moment, with their children.

A point in time and `search_after` work on every server, also where reindex and delete by query are
missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.index.families import child_id
from pipeline.index.sink import ARTICLES, COUNTED, Document

PAGE = 100
"""Articles at a time: the largest have megabytes."""
KEEP_ALIVE = "10m"


@dataclass(frozen=True, slots=True)
class Pair:
    """The index of articles and those of their children that belong together."""

    indices: Mapping[str, str]
    """Name of an alias of ours to the index."""

    @property
    def articles(self) -> str:
        """The index of the articles."""
        return self.indices[ARTICLES]

    def names(self) -> list[str]:
        """Return all of its indices."""
        return [*self.indices.values()]


def found(
    client: Elasticsearch,
    index: str,
    query: Mapping[str, Any],
    fields: Sequence[str] | None = None,
) -> Iterator[list[dict[str, Any]]]:
    """Yield the hits of *query* in pages; *fields*: of the body only these.

    Raises:
        ApiError: the server refuses.
        TransportError: it does not answer.

    """
    client.indices.refresh(index=index)
    pit = client.open_point_in_time(index=index, keep_alive=KEEP_ALIVE)["id"]
    after = None
    try:
        while True:
            answer = client.search(
                pit={"id": pit, "keep_alive": KEEP_ALIVE}, size=PAGE, query=query, version=True,
                sort=[{"_shard_doc": "asc"}], search_after=after, track_total_hits=False,
                source_includes=fields,
            )  # fmt: skip
            pit = answer.get("pit_id", pit)
            hits = answer["hits"]["hits"]
            if not hits:
                return
            yield hits
            after = hits[-1]["sort"]
    finally:
        client.close_point_in_time(id=pit)


def families(
    client: Elasticsearch, pair: Pair, hits: Sequence[Mapping[str, Any]]
) -> list[Document]:
    """Return the articles *hits* with the children that they count, each of its own version."""
    asked = [
        {"_index": pair.indices[index], "_id": child_id(hit["_id"], number)}
        for hit in hits
        for index, field in COUNTED.items()
        for number in range(hit["_source"].get(field, 0))
    ]
    answers = client.mget(docs=asked)["docs"] if asked else []
    there = {one["_id"]: one for one in answers if one.get("found")}
    return [
        Document(hit["_id"], hit["_version"], hit["_source"], children_of(hit, there))
        for hit in hits
    ]


def children_of(
    hit: Mapping[str, Any], there: Mapping[str, Mapping[str, Any]]
) -> tuple[Document, ...]:
    """Return the children of an article, out of those that are *there*."""
    ids = [
        (index, child_id(hit["_id"], number))
        for index, field in COUNTED.items()
        for number in range(hit["_source"].get(field, 0))
    ]
    return tuple(
        Document(one, there[one]["_version"], there[one]["_source"], index=index)
        for index, one in ids
        if one in there
    )
