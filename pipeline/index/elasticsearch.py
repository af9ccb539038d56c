"""Elasticsearch as a sink: what passes is waited out; a document ends stored, stale or refused."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from pipeline.index.answers import listed, told
from pipeline.index.bulk import bulk
from pipeline.index.families import Family, There, erasures, family, known, once_each, removals
from pipeline.index.sink import (
    ARTICLES,
    COUNTED,
    STALE,
    Document,
    Hit,
    OnWait,
    Stopped,
    Written,
)
from schemas import ServiceUnavailable

PROBE_SECS = 5.0


@dataclass
class ElasticsearchSink:
    """Documents in the index behind ``alias``; a newer version replaces an older one.

    ``on_wait`` is told why nothing moves, and "" when it moves again.  With a ``suffix`` it writes
    behind ``articles<suffix>`` and its like: the indices that `reindex` is building.
    """

    client: Elasticsearch
    suffix: str = ""
    on_wait: OnWait = lambda _reason: None
    pause_secs: float = 0.2
    longest_pause_secs: float = 5.0
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def alias(self) -> str:
        """The name that articles are found by."""
        return ARTICLES + self.suffix

    def open(self) -> None:
        """Check that the index is there; raises ServiceUnavailable saying what to do."""
        for alias in (ARTICLES + self.suffix, *(child + self.suffix for child in COUNTED)):
            try:
                there = self.client.indices.exists_alias(name=alias)
            except (TransportError, ApiError) as error:
                raise ServiceUnavailable(
                    f"Elasticsearch does not answer ({told(error)}): is it up, and are "
                    "NEWSMILL_ELASTICSEARCH_URL and its password right?"
                ) from error
            if not there:
                raise ServiceUnavailable(
                    f"there is no index behind {alias!r}: run `newsmill templates apply`"
                )

    def write(self, batch: Sequence[Document]) -> list[Written]:
        """Store *batch*; waits for ever while the server is away, busy or blocked.

        Of each document its children go first and what an older version had more of them, itself
        last: what its field says of their number is true whenever the agent dies.

        Raises:
            Stopped: `close` was called while it waited.

        """
        outcomes = [outcome for part in once_each(batch) for outcome in self._write(part)]
        self.on_wait("")
        return outcomes

    def why_not(self) -> str:
        """Return why a document could not even be looked for now; "" if all is well."""
        try:
            asked = self.client.options(request_timeout=PROBE_SECS)
            asked.mget(index=self.alias, ids=["-"], source=False)
        except (TransportError, ApiError) as error:
            return f"Elasticsearch: {told(error)}"
        return ""

    def delete(self, batch: Sequence[Document]) -> None:
        """Delete documents and their children, whatever their version; waits like `write`.

        Those children go that *batch* names, and those that the index counts.

        Raises:
            Stopped: `close` was called while it waited.

        """

        def attempt() -> str:
            there = self._there([item.id for item in batch])
            lines = [line for item in batch for line in erasures(item, there)]
            return there.reason or bulk(self.client, lines)[1]

        self._until(attempt)
        self.on_wait("")

    def close(self) -> None:
        """End any waiting and close the client."""
        self.closing.set()
        self.client.close()

    def search(self, query: str, limit: int = 10) -> list[Hit]:
        """Return the best *limit* articles that hold every word of *query*; phrases in quotes."""
        fields = ["headline^4", "text", "people^2", "organisations^2", "places^2"]
        asked = {"query": query, "fields": fields, "default_operator": "and", "lenient": True}
        mark = {"pre_tags": ["["], "post_tags": ["]"], "fields": {"text": {"fragment_size": 160}}}
        try:
            answer = self.client.search(
                index=self.alias, query={"simple_query_string": asked}, size=limit, highlight=mark
            )
        except (TransportError, ApiError) as error:
            raise ServiceUnavailable(f"Elasticsearch did not search: {told(error)}") from error
        return [hit(found) for found in answer["hits"]["hits"]]

    def beginning(self, with_: str, limit: int = 2) -> list[dict[str, Any]]:
        """Return the bodies of *limit* documents whose id begins so, the id itself first."""
        ways = [{"term": {"id": {"value": with_, "boost": 2}}}, {"prefix": {"id": with_}}]
        try:
            answer = self.client.search(
                index=self.alias, query={"bool": {"should": ways}}, size=limit
            )
        except (TransportError, ApiError) as error:
            raise ServiceUnavailable(f"Elasticsearch did not search: {told(error)}") from error
        return [found["_source"] for found in answer["hits"]["hits"]]

    def _write(self, batch: Sequence[Document]) -> list[Written]:
        """Store documents of different ids."""
        families = [family(item) for item in batch]
        outcomes = [Written("refused", why) if why else None for _, why in families]
        done: set[bytes] = set()
        self._until(lambda: self._attempt(batch, families, outcomes, done))
        return [outcome for outcome in outcomes if outcome is not None]

    def _attempt(
        self,
        batch: Sequence[Document],
        families: Sequence[Family],
        outcomes: list[Written | None],
        done: set[bytes],
    ) -> str:
        """Try whatever is open; return why some of it still is, or "".

        All lines of one attempt go to the indices that the aliases named when it began, so that no
        family is ever torn between two: where an alias moves on, the index it left is blocked, and
        the next attempt writes the whole family where it points now.  *done*: lines of children
        that need not go there again.
        """
        there = self._there([item.id for item in still_open(batch, outcomes)])
        if there.reason:
            return there.reason
        for number, item in enumerate(batch):
            if outcomes[number] is None and there.of(item).version >= item.version:
                outcomes[number] = STALE
        waiting, why = self._children(families, outcomes, there, done)
        own = [n for n, one in enumerate(outcomes) if one is None and n not in waiting]
        written, reason = bulk(self.client, [self._line(*families[n][0][-1], there) for n in own])
        for number, one in zip(own, written, strict=True):
            outcomes[number] = one
        return reason or why

    def _children(
        self,
        families: Sequence[Family],
        outcomes: list[Written | None],
        there: There,
        done: set[bytes],
    ) -> tuple[set[int], str]:
        """Store the children of what is open; return the numbers that must wait, and why.

        What an older version had more of them is deleted; who has a bad one is refused.
        """
        lines: list[bytes] = []
        owners: list[int] = []
        for number, (members, _) in enumerate(families):
            if outcomes[number] is None:
                (*children, (item, _)) = members
                found = [self._line(child, body, there) for child, body in children]
                found += removals(item, there.of(item), there.indices)
                found = [line for line in found if line not in done]
                lines += found
                owners += [number] * len(found)
        written, reason = bulk(self.client, lines)
        for owner, one in zip(owners, written, strict=True):
            if one is not None and one.state == "refused":
                outcomes[owner] = Written("refused", f"what was found in it: {one.reason}")
        done.update(line for line, one in zip(lines, written, strict=True) if one is not None)
        return {owner for owner, one in zip(owners, written, strict=True) if one is None}, reason

    def _there(self, ids: Sequence[str]) -> There:
        """Return what is known of those *ids*, and which indices are behind the aliases."""
        if not ids:
            return There({}, {})
        counts = [*COUNTED.values()]
        asked: list[dict[str, Any]] = [
            {"_index": self.alias, "_id": one, "_source": counts} for one in ids
        ]
        asked += [{"_index": c + self.suffix, "_id": ids[0], "_source": False} for c in COUNTED]
        try:
            docs = listed(self.client.mget(docs=asked), "docs")
        except (TransportError, ApiError) as error:
            return There({}, {}, told(error))
        if len(docs) != len(asked):
            return There({}, {}, f"of {len(asked)} documents the answer tells {len(docs)}")
        if errors := [one["error"] for one in docs if "error" in one]:
            return There({}, {}, f"{errors[0].get('type')}: {errors[0].get('reason')}"[:500])
        articles, children = docs[: len(ids)], docs[len(ids) :]
        indices = {name: one["_index"] for name, one in zip(COUNTED, children, strict=True)}
        return There(
            {one["_id"]: known(one) for one in articles if one.get("found")},
            {ARTICLES: articles[0]["_index"], **indices},
        )

    def _until(self, attempt: Callable[[], str]) -> None:
        """Repeat *attempt* with growing pauses until it returns no reason to."""
        pause = self.pause_secs
        while reason := attempt():
            self.on_wait(f"Elasticsearch: {reason}")
            if self.closing.wait(pause * (0.5 + random.random())):  # noqa: S311 (jitter)
                raise Stopped(reason)
            pause = min(pause * 2, self.longest_pause_secs)

    def _line(self, item: Document, body: bytes, there: There) -> bytes:
        """Return the two bulk lines of a document."""
        meta = {"_index": there.indices[item.index], "_id": item.id, "version": item.version}
        return b"%b\n%b\n" % (orjson.dumps({"index": {"version_type": "external", **meta}}), body)


def still_open(batch: Sequence[Document], outcomes: Sequence[Written | None]) -> list[Document]:
    """Return the documents of which nothing is decided yet."""
    return [item for item, outcome in zip(batch, outcomes, strict=True) if outcome is None]


def hit(found: dict[str, Any]) -> Hit:
    """Return a found document as a hit."""
    body = found["_source"]
    marked = found.get("highlight", {}).get("text") or [body.get("text", "")[:160]]
    return Hit(
        id=found["_id"],
        headline=body.get("headline", ""),
        source=body.get("source", {}).get("id", ""),
        published_at=body.get("published_at", ""),
        language=body.get("language", ""),
        excerpt=" ".join(marked[0].split()),
    )


def connect(
    url: str, *, username: str = "", password: str = "", api_key: str = "", ca_certs: str = ""
) -> Elasticsearch:
    """Return a client for *url*; nothing is sent yet.

    It never retries by itself: the sink decides what an answer means.
    """
    options: dict[str, Any] = {"request_timeout": 30, "max_retries": 0, "retry_on_timeout": False}
    if api_key:
        options["api_key"] = api_key
    elif username:
        options["basic_auth"] = (username, password)
    if ca_certs:
        options["ca_certs"] = ca_certs
    return Elasticsearch(url, **options)
