"""What an answer of Elasticsearch means for a document: stored, stale, refused, or wait.

`verdict` is the one table of it; it was read off real servers (docs/explanation/delivery.md).
"""

from __future__ import annotations

from typing import Any, Literal

from elastic_transport import TransportError
from elasticsearch import ApiError

from pipeline.index.sink import STALE, STORED, Written

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


def settle(chunk: list[int], items: list[Any], outcomes: list[Written | None]) -> str:
    """Fill *outcomes* from the items of a bulk answer; return why some must wait, or ""."""
    reason = ""
    for position, item in zip(chunk, items, strict=True):
        (result,) = item.values()
        error = result.get("error") or {}
        gone = result.get("result") == "not_found"  # deleted before: that is what was asked for
        match verdict(200 if gone else result["status"], error.get("type")):
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


def told(error: ApiError | TransportError) -> str:
    """Return an error of the client in one line, without the request's body."""
    if isinstance(error, ApiError):
        return f"{error.status_code} {error.error or ''} {error}"[:500]
    return f"{type(error).__name__}: {error.message}"[:500]
