"""Articles and their children copied into new indices while news goes on, then swapped in one step.

The order is what keeps everything:

1. The new indices are made from the templates of today, behind ``articles-next`` and its like.
2. Every family is copied with its version, so that one which is there already and newer stays.
3. What was written meanwhile is found by its sequence number and copied too, until little is left.
4. The old indices are blocked against writing; workers wait, and write nothing in between.
5. The little that is left is copied, and all aliases move at once.

A worker writes a family to the indices that the aliases named when it began, or starts it again, so
none is torn between old and new.  The old indices stay, blocked, until somebody removes them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.index.elasticsearch import ElasticsearchSink
from pipeline.index.next_indices import NEXT, answered, behind, prepare, size, unblock
from pipeline.index.pages import Pair, families, found
from pipeline.index.sink import OnWait, Sink
from pipeline.index.templates import INDICES
from schemas import ServiceUnavailable

FEW = 200
"""With no more articles left than these, workers may wait for the rest."""

Told = Callable[[str, int, int], None]
"""Told what is being done, how many articles are done, and of how many."""


@dataclass
class Receipt:
    """What a reindex did; ``refused`` names articles that the new index does not take."""

    old: dict[str, str]
    new: dict[str, str]
    articles: int = 0
    copied: int = 0
    already_there: int = 0
    forgotten: int = 0
    passes: int = 0
    waited_secs: float = 0.0
    """How long writing was blocked."""
    switched: bool = False
    refused: list[str] = field(default_factory=list)


@dataclass
class Reindex:
    """One move from the indices behind the aliases to new ones called *name*."""

    client: Elasticsearch
    guard: Callable[[ElasticsearchSink], Sink] = lambda sink: sink
    """Given what writes the new indices; returns what keeps that which was taken down out."""
    told: Told = lambda _what, _done, _all: None
    on_wait: OnWait = lambda _reason: None
    _gone: set[str] = field(default_factory=set)

    @answered
    def run(self, name: str = "") -> Receipt:
        """Copy, wait for the rest, and switch; return what was done.

        When it is broken off, the aliases stay where they were, and the same call goes on.

        Raises:
            ServiceUnavailable: the server does not answer, or refuses something.
            ConfigError: *name* cannot be one, or another reindex is unfinished.

        """
        old, new = behind(self.client), prepare(self.client, name)
        receipt = Receipt(dict(old.indices), dict(new.indices))
        done = self._catch_up(receipt, old)
        if not receipt.refused:
            self._switch(receipt, old, new, done)
        return receipt

    def _catch_up(self, receipt: Receipt, old: Pair) -> int:
        """Copy until little is left, or it gets no less; return up to which number all is there."""
        before, done = self._copy(receipt, old, -1)
        while before > FEW and not receipt.refused:
            seen, done = self._copy(receipt, old, done)
            if seen > before / 2:
                break
            before = seen
        return done

    def _switch(self, receipt: Receipt, old: Pair, new: Pair, done: int) -> None:
        """Hold the writers, copy the rest, and move all aliases in one step."""
        begun = time.monotonic()
        block(self.client, old)
        try:
            self._copy(receipt, old, done)
            if not receipt.refused:
                check(self.client, old, new, receipt.forgotten)
                move(self.client, old, new)
                receipt.switched = True
        finally:
            if not receipt.switched:
                unblock(self.client, old)
        receipt.waited_secs = round(time.monotonic() - begun, 3)

    def _copy(self, receipt: Receipt, old: Pair, after: int) -> tuple[int, int]:
        """Copy what was written since *after*; return how many that were, and up to where."""
        receipt.passes += 1
        mark = checkpoint(self.client, old.articles)
        query: dict[str, Any] = {"range": {"_seq_no": {"gt": after}}}
        self.client.indices.refresh(index=old.articles)
        left = int(self.client.count(index=old.articles, query=query)["count"])
        sink = self.guard(ElasticsearchSink(self.client, suffix=NEXT, on_wait=self.on_wait))
        seen = 0
        for hits in found(self.client, old.articles, query):
            batch = families(self.client, old, hits)
            for item, written in zip(batch, sink.write(batch), strict=True):
                receipt.copied += written.state == "stored"
                receipt.already_there += written.state == "stale" and after < 0
                if written.state == "forgotten":
                    self._gone.add(item.id)
                if written.state == "refused":
                    receipt.refused.append(f"{item.id}: {written.reason}"[:500])
            seen += len(hits)
            self.told(f"pass {receipt.passes}", seen, left)
        receipt.articles += seen if after < 0 else 0
        receipt.forgotten = len(self._gone)
        return seen, mark


def checkpoint(client: Elasticsearch, index: str) -> int:
    """Return up to which sequence number every shard has done all that it was given."""
    stats = client.indices.stats(index=index, metric="docs", level="shards")
    shards = stats["indices"][index]["shards"].values()
    return min(
        int(copy["seq_no"]["local_checkpoint"])
        for copies in shards
        for copy in copies
        if copy["routing"]["primary"]
    )


def block(client: Elasticsearch, pair: Pair) -> None:
    """Return when nothing writes to *pair* any more."""
    client.indices.add_block(index=pair.names(), block="write")


def move(client: Elasticsearch, old: Pair, new: Pair) -> None:
    """Let every alias stand for the new index, all in one step."""
    actions: list[dict[str, Any]] = []
    for alias in INDICES:
        built = new.indices[alias]
        actions += [
            {"remove": {"index": old.indices[alias], "alias": alias}},
            {"remove": {"index": built, "alias": alias + NEXT}},
            {"add": {"index": built, "alias": alias, "is_write_index": True}},
        ]
    client.indices.update_aliases(actions=actions)


def check(client: Elasticsearch, old: Pair, new: Pair, fewer: int) -> None:
    """Raise ServiceUnavailable where *new* holds less than *old*, but for *fewer* articles."""
    before, after = size(client, old), size(client, new)
    if after < before - fewer:
        raise ServiceUnavailable(
            f"{old.articles} holds {before:,} articles and {new.articles} {after:,}: something "
            "deletes there. The aliases are where they were"
        )
