"""Articles that were fetched long ago, deleted with their quotations.

By a point in time and bulk deletes, so that it works on every server.  The age is that of the fetch
and not of the publication: an article from long ago that came in today is news to whoever reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from pipeline.index.answers import told
from pipeline.index.next_indices import behind
from pipeline.index.pages import found
from pipeline.index.removal import delete, lines
from pipeline.index.sink import COUNTED
from schemas import ServiceUnavailable


@dataclass
class Expired:
    """What an expiry did: articles and quotations deleted, and articles renewed in between."""

    before: str
    articles: int = 0
    quotes: int = 0
    renewed: int = 0
    sources: dict[str, int] = field(default_factory=dict)


def expire(
    client: Elasticsearch, before: datetime, sources: Sequence[str] = (), *, dry_run: bool = False,
    progress: Callable[[Expired], None] = lambda _done: None,
) -> Expired:  # fmt: skip
    """Delete what was fetched *before* then, of these *sources* or all; return what was done.

    A revision that comes in between stays.  Safe to break off and to repeat.

    Raises:
        ServiceUnavailable: the server does not answer, or refuses.

    """
    done = Expired(before.isoformat())
    filters: list[dict[str, Any]] = [{"range": {"fetched_at": {"lt": before.isoformat()}}}]
    if sources:
        filters.append({"terms": {"source.id": list(sources)}})
    try:
        pair = behind(client)
        fields = [*COUNTED.values(), "source.id"]
        for hits in found(client, pair.articles, {"bool": {"filter": filters}}, fields):
            gone = [True] * len(hits)
            if not dry_run:
                actions = [[*lines(pair, hit)] for hit in hits]
                statuses = iter(delete(client, [line for one in actions for line in one]))
                gone = [[next(statuses) for _ in one][-1] != 409 for one in actions]
            for hit, is_gone in zip(hits, gone, strict=True):
                count(done, hit["_source"], is_gone=is_gone)
            progress(done)
    except (ApiError, TransportError) as error:
        raise ServiceUnavailable(f"Elasticsearch broke it off: {told(error)}") from error
    return done


def count(done: Expired, body: dict[str, Any], *, is_gone: bool) -> None:
    """Count an article that is gone, with its quotations, or that was renewed."""
    if not is_gone:
        done.renewed += 1
        return
    done.articles += 1
    done.quotes += sum(body.get(field, 0) for field in COUNTED.values())
    source = body.get("source", {}).get("id", "")
    done.sources[source] = done.sources.get(source, 0) + 1
