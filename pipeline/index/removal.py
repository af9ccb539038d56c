"""Articles deleted with their children: the children first, so that none is left alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from elasticsearch import Elasticsearch

from pipeline.index.families import child_id
from pipeline.index.pages import Pair
from pipeline.index.sink import ARTICLES, COUNTED
from schemas import ServiceUnavailable

AT_ONCE = 500
Item = TypeVar("Item")


def lines(pair: Pair, hit: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the bulk actions that delete an article, as it was found, after its children.

    A newer revision that was written in between is not deleted by the version of this one.
    """
    how = {"version": hit["_version"], "version_type": "external_gte"}
    for index, counted in COUNTED.items():
        for number in range(hit["_source"].get(counted, 0)):
            name = child_id(hit["_id"], number)
            yield {"delete": {"_index": pair.indices[index], "_id": name, **how}}
    yield {"delete": {"_index": pair.indices[ARTICLES], "_id": hit["_id"], **how}}


def delete(client: Elasticsearch, actions: Sequence[Mapping[str, Any]]) -> list[int]:
    """Send bulk deletes; return the status of each: 409 where a newer revision is there.

    Raises:
        ServiceUnavailable: the server refuses one for any other reason.

    """
    statuses: list[int] = []
    for part in parts(actions):
        answer = client.bulk(operations=part)
        for item in answer["items"]:
            result = item["delete"]
            if result["status"] not in (200, 404, 409):
                why = (result.get("error") or {}).get("reason")
                raise ServiceUnavailable(f"{result['_id']} was not deleted: {why}")
            statuses.append(result["status"])
    return statuses


def parts(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Yield *items* in parts that one request may hold."""
    for start in range(0, len(items), AT_ONCE):
        yield items[start : start + AT_ONCE]
