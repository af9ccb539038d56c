"""A sink: where documents end, with an outcome for each one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

MAX_DOCUMENT_BYTES = 8 << 20
"""A larger document is refused: a server with a small heap answers it with 429 for ever."""


ARTICLES = "articles"
QUOTES = "quotes"
COUNTED = {QUOTES: "quote_count"}
"""Index of children to the field of the article that tells their number."""

LARGEST_VERSION = 2**63 - 1
LONGEST_ID_BYTES = 512


@dataclass(frozen=True, slots=True)
class Document:
    """What analysts query: ``body`` is JSON-able, a higher ``version`` replaces a lower one.

    ``children`` are documents of an ``index`` of their own that come and go with it.
    """

    id: str
    version: int
    body: dict[str, Any]
    children: tuple[Document, ...] = ()
    index: str = ARTICLES


@dataclass(frozen=True, slots=True)
class Written:
    """How a document ended.

    ``stored``: it is there.  ``stale``: the same or a newer version is there already.  ``refused``:
    it can never be stored, for ``reason``.  ``forgotten``: it was taken down, and is not there.
    """

    state: Literal["stored", "stale", "refused", "forgotten"]
    reason: str = ""


STORED = Written("stored")
STALE = Written("stale")
FORGOTTEN = Written("forgotten", "it was taken down")


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that a search found; ``excerpt`` marks the found words with [brackets]."""

    id: str
    headline: str
    source: str
    published_at: str
    language: str
    excerpt: str


class Sink(Protocol):
    """What every sink can do; tests/contracts/sink_contract.py holds them to it."""

    def open(self) -> None:
        """Make ready; raises ServiceUnavailable where the server cannot be used now."""

    def write(self, batch: Sequence[Document]) -> list[Written]:
        """Store *batch* and return, in its order, how each document ended.

        Waits as long as a server is away or busy; what passes is never an outcome.
        """

    def close(self) -> None:
        """Give back what `open` took."""


class Stopped(Exception):  # noqa: N818  (not an error: the owner asked for it)
    """The sink was asked to stop while it was waiting; nothing was decided about the batch."""


OnWait = Callable[[str], None]
"""Told why a sink is waiting; "" when it goes on."""


def unfit(item: Document) -> str:
    """Return why no sink takes *item*: the limits of the strictest one hold everywhere."""
    if not item.id or len(item.id.encode(errors="replace")) > LONGEST_ID_BYTES:
        return "its id is empty or longer than 512 bytes"
    if not 0 <= item.version <= LARGEST_VERSION:
        return f"its version {item.version} is not within 0 and 2^63-1"
    return ""
