"""Elasticsearch as a sink: each document ends stored, stale or refused; what passes is waited for.

The client's own bulk helper never retries a broken connection and forgets which item failed, so
the loop is written here.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from pipeline.index.answers import listed, of_request, settle, told
from pipeline.index.families import NEW, Family, Known, family, known, once_each, removals
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

BULK_BYTES = 5 << 20


@dataclass
class ElasticsearchSink:
    """Documents in the index behind ``alias``; a newer version replaces an older one.

    ``on_wait`` is told why nothing moves, and "" when it moves again.
    """

    client: Elasticsearch
    alias: str = "articles"
    on_wait: OnWait = lambda _reason: None
    pause_secs: float = 0.2
    longest_pause_secs: float = 10.0
    closing: threading.Event = field(default_factory=threading.Event)

    def open(self) -> None:
        """Check that the index is there; raises ServiceUnavailable saying what to do."""
        for alias in (self.alias, *COUNTED):
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
        there = self._there([item.id for item in still_open(batch, outcomes)])
        for number, item in enumerate(batch):
            if outcomes[number] is None and there.get(item.id, NEW).version >= item.version:
                outcomes[number] = STALE
        for number, why in self._children(families, outcomes, there):
            outcomes[number] = Written("refused", why)
        own = [families[n][0][-1] for n, outcome in enumerate(outcomes) if outcome is None]
        stored = iter(self._send([self._line(item, body) for item, body in own]))
        return [outcome or next(stored) for outcome in outcomes]

    def _children(
        self,
        families: Sequence[Family],
        outcomes: Sequence[Written | None],
        there: Mapping[str, Known],
    ) -> Iterator[tuple[int, str]]:
        """Store the children of what is not decided; yield the number of a document with why not.

        What an older version had more of them is deleted.
        """
        lines: list[bytes] = []
        owners: list[int] = []
        for number, (members, _) in enumerate(families):
            if outcomes[number] is None:
                (*children, (item, _)) = members
                found = [self._line(child, body) for child, body in children]
                found += removals(item, there.get(item.id, NEW))
                lines += found
                owners += [number] * len(found)
        for owner, written in zip(owners, self._send(lines), strict=True):
            if written.state == "refused":
                yield owner, f"what was found in it: {written.reason}"

    def _there(self, ids: Sequence[str]) -> dict[str, Known]:
        """Return what is known of those *ids* that are in the index; waits like `write`."""
        found: dict[str, Known] = {}

        def ask() -> str:
            try:
                answer = self.client.mget(
                    index=self.alias, ids=ids, source_includes=[*COUNTED.values()]
                )
            except (TransportError, ApiError) as error:
                return told(error)
            docs = listed(answer, "docs")
            if len(docs) != len(ids):
                return f"the answer tells of {len(docs)} documents, {len(ids)} were asked for"
            errors = [one["error"] for one in docs if "error" in one]
            found.update((one["_id"], known(one)) for one in docs if one.get("found"))
            return f"{errors[0].get('type')}: {errors[0].get('reason')}"[:500] if errors else ""

        if ids:
            self._until(ask)
        return found

    def _until(self, attempt: Callable[[], str]) -> None:
        """Repeat *attempt* with growing pauses until it returns no reason to."""
        pause = self.pause_secs
        while reason := attempt():
            self.on_wait(reason)
            if self.closing.wait(pause * (0.5 + random.random())):  # noqa: S311 (jitter)
                raise Stopped(reason)
            pause = min(pause * 2, self.longest_pause_secs)

    def _send(self, lines: list[bytes]) -> list[Written]:
        """Send bulk lines until each is decided."""
        outcomes: list[Written | None] = [None] * len(lines)

        def rounds() -> str:
            open_ = [number for number, outcome in enumerate(outcomes) if outcome is None]
            return self._round(lines, open_, outcomes)

        self._until(rounds)
        return [outcome for outcome in outcomes if outcome is not None]

    def _line(self, item: Document, body: bytes) -> bytes:
        """Return the two bulk lines of a document."""
        index = self.alias if item.index == ARTICLES else item.index
        meta = {"_index": index, "_id": item.id, "version": item.version}
        action = {"index": {"require_alias": True, "version_type": "external", **meta}}
        return b"%b\n%b\n" % (orjson.dumps(action), body)

    def _round(self, lines: list[bytes], open_: list[int], outcomes: list[Written | None]) -> str:
        """Send every open document once; fill *outcomes*; return why some are still open, or ""."""
        reason = ""
        work = list(chunks(lines, open_))
        while work:
            chunk = work.pop(0)
            try:
                body: Any = b"".join(lines[n] for n in chunk)  # bytes go as they are
                answer = self.client.bulk(index=self.alias, operations=body)
            except TransportError as error:
                reason = told(error)
            except ApiError as error:
                halves, why = self._whole_refused(error, chunk, outcomes)
                work = halves + work
                reason = why or reason
            else:
                reason = settle(chunk, listed(answer, "items"), outcomes) or reason
        return reason

    def _whole_refused(
        self, error: ApiError, chunk: list[int], outcomes: list[Written | None]
    ) -> tuple[list[list[int]], str]:
        """Return the halves to try again when one bad line refused all, and why we must wait."""
        if of_request(error) == "wait":
            return [], told(error)
        if len(chunk) == 1:
            outcomes[chunk[0]] = Written("refused", told(error))
            return [], ""
        half = len(chunk) // 2
        return [chunk[:half], chunk[half:]], ""


def still_open(batch: Sequence[Document], outcomes: Sequence[Written | None]) -> list[Document]:
    """Return the documents of which nothing is decided yet."""
    return [item for item, outcome in zip(batch, outcomes, strict=True) if outcome is None]


def chunks(lines: list[bytes], positions: list[int]) -> Iterator[list[int]]:
    """Yield *positions* in groups whose lines are at most `BULK_BYTES` together."""
    chunk: list[int] = []
    size = 0
    for position in positions:
        if chunk and size + len(lines[position]) > BULK_BYTES:
            yield chunk
            chunk, size = [], 0
        chunk.append(position)
        size += len(lines[position])
    if chunk:
        yield chunk


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
