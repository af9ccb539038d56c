"""Elasticsearch as a sink: each document ends stored, stale or refused; what passes is waited for.

The client's own bulk helper never retries a broken connection and forgets which item failed, so
the loop is written here.  `verdict` is the one table of what an answer means; it was read off real
servers (docs/explanation/delivery.md).
"""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from pipeline.index.sink import (
    MAX_DOCUMENT_BYTES,
    STALE,
    STORED,
    Document,
    Hit,
    OnWait,
    Stopped,
    Written,
    unfit,
)
from schemas import ServiceUnavailable

BULK_BYTES = 5 << 20
PASSING_STATUS = {401, 403, 408, 429}
PASSING_ERRORS = {
    "cluster_block_exception",
    "index_closed_exception",
    "index_not_found_exception",
    "security_exception",
    "unavailable_shards_exception",
    "es_rejected_execution_exception",
}
"""Errors that an operator mends, or that end by themselves: nothing is wrong with the document."""

Verdict = Literal["stored", "stale", "wait", "refused"]


def verdict(status: int, error: str | None = None) -> Verdict:
    """Return what the answer *status* with the error type *error* means for a document.

    >>> verdict(201), verdict(409), verdict(429), verdict(403, "security_exception")
    ('stored', 'stale', 'wait', 'wait')
    >>> verdict(400, "document_parsing_exception"), verdict(404, "index_not_found_exception")
    ('refused', 'wait')
    """
    if status < 300:
        return "stored"
    if status == 409:
        return "stale"
    if status in PASSING_STATUS or status >= 500 or error in PASSING_ERRORS:
        return "wait"
    return "refused"


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
        try:
            there = self.client.indices.exists_alias(name=self.alias)
        except (TransportError, ApiError) as error:
            raise ServiceUnavailable(
                f"Elasticsearch does not answer ({told(error)}): is it up, and are "
                "NEWSMILL_ELASTICSEARCH_URL and its password right?"
            ) from error
        if not there:
            raise ServiceUnavailable(
                f"there is no index behind {self.alias!r}: run `newsmill templates apply`"
            )

    def write(self, batch: Sequence[Document]) -> list[Written]:
        """Store *batch*; waits for ever while the server is away, busy or blocked.

        Raises:
            Stopped: `close` was called while it waited.

        """
        lines, outcomes = self._lines(batch)
        pause = self.pause_secs
        while open_ := [n for n, outcome in enumerate(outcomes) if outcome is None]:
            reason = self._round(lines, open_, outcomes)
            if reason:
                self.on_wait(reason)
                if self.closing.wait(pause * (0.5 + random.random())):  # noqa: S311 (jitter)
                    raise Stopped(reason)
                pause = min(pause * 2, self.longest_pause_secs)
        self.on_wait("")
        return [outcome for outcome in outcomes if outcome is not None]

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

    def _lines(self, batch: Sequence[Document]) -> tuple[list[bytes], list[Written | None]]:
        """Return the bulk lines of each document, and what is refused before it is sent."""
        lines: list[bytes] = []
        outcomes: list[Written | None] = []
        for item in batch:
            line, refusal = self._line(item)
            lines.append(line)
            outcomes.append(Written("refused", refusal) if refusal else None)
        return lines, outcomes

    def _line(self, item: Document) -> tuple[bytes, str]:
        """Return the two bulk lines of a document, or why it is refused."""
        if reason := unfit(item):
            return b"", reason
        meta = {"_id": item.id, "version": item.version, "version_type": "external"}
        try:
            body = orjson.dumps(item.body)
        except (orjson.JSONEncodeError, TypeError) as error:
            return b"", f"cannot be written as JSON: {error}"
        if len(body) > MAX_DOCUMENT_BYTES:
            return b"", f"too large: {len(body)} bytes"
        action = orjson.dumps({"index": {"require_alias": True, **meta}})
        return b"%b\n%b\n" % (action, body), ""

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
                reason = settle(chunk, answer["items"], outcomes) or reason
        return reason

    def _whole_refused(
        self, error: ApiError, chunk: list[int], outcomes: list[Written | None]
    ) -> tuple[list[list[int]], str]:
        """Return the halves to try again when one bad line refused all, and why we must wait."""
        if verdict(error.status_code, error.error) == "wait":
            return [], told(error)
        if len(chunk) == 1:
            outcomes[chunk[0]] = Written("refused", told(error))
            return [], ""
        half = len(chunk) // 2
        return [chunk[:half], chunk[half:]], ""


def settle(chunk: list[int], items: list[Any], outcomes: list[Written | None]) -> str:
    """Fill *outcomes* from the items of a bulk answer; return why some must wait, or ""."""
    reason = ""
    for position, item in zip(chunk, items, strict=True):
        (result,) = item.values()
        error = result.get("error") or {}
        match verdict(result["status"], error.get("type")):
            case "stored":
                outcomes[position] = STORED
            case "stale":
                outcomes[position] = STALE
            case "wait":
                reason = f"{result['status']} {error.get('type')}: {error.get('reason')}"[:500]
            case "refused":
                why = f"{result['status']} {error.get('type')}: {error.get('reason')}"[:500]
                outcomes[position] = Written("refused", why)
    return reason


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


def told(error: ApiError | TransportError) -> str:
    """Return an error of the client in one line, without the request's body."""
    if isinstance(error, ApiError):
        return f"{error.status_code} {error.error or ''} {error}"[:500]
    return f"{type(error).__name__}: {error.message}"[:500]


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
