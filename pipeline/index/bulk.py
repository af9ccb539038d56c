"""Bulk requests, and how each line of them ended.

The client's own helper never retries a broken connection and forgets which item failed, so this
is written here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from pipeline.index.answers import listed, of_request, settle, told
from pipeline.index.sink import Written

BULK_BYTES = 5 << 20
"""Of one request: a server with a small heap refuses much larger ones for ever."""

Outcomes = list[Written | None]
"""How each line ended; None where it must wait."""


def bulk(client: Elasticsearch, lines: Sequence[bytes]) -> tuple[Outcomes, str]:
    """Send every line once; return how each ended, and why some must wait."""
    outcomes: Outcomes = [None] * len(lines)
    reason = ""
    work = list(chunks(lines, list(range(len(lines)))))
    while work:
        chunk = work.pop(0)
        try:
            body: Any = b"".join(lines[n] for n in chunk)  # bytes go as they are
            answer = client.bulk(operations=body)
        except TransportError as error:
            reason = told(error)
        except ApiError as error:
            halves, why = whole_refused(error, chunk, outcomes)
            work = halves + work
            reason = why or reason
        else:
            reason = settle(chunk, listed(answer, "items"), outcomes) or reason
    return outcomes, reason


def whole_refused(
    error: ApiError, chunk: list[int], outcomes: Outcomes
) -> tuple[list[list[int]], str]:
    """Return the halves to try again when one bad line refused all, and why we must wait."""
    if of_request(error) == "wait":
        return [], told(error)
    if len(chunk) == 1:
        outcomes[chunk[0]] = Written("refused", told(error))
        return [], ""
    half = len(chunk) // 2
    return [chunk[:half], chunk[half:]], ""


def chunks(lines: Sequence[bytes], positions: list[int]) -> Iterator[list[int]]:
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
