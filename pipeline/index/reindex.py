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

import re
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from pipeline.index.answers import told
from pipeline.index.elasticsearch import ElasticsearchSink
from pipeline.index.pages import Pair, families, found
from pipeline.index.sink import ARTICLES, OnWait, Sink
from pipeline.index.templates import INDICES
from schemas import ConfigError, Fault, ServiceUnavailable

NEXT = "-next"
"""What follows the name of an alias while its next index is being built."""
FEW = 200
"""With no more articles left than these, workers may wait for the rest."""
NAME = re.compile(r"v[a-z0-9][a-z0-9_-]{0,30}")
SHOWN = 20

P = ParamSpec("P")
R = TypeVar("R")
Told = Callable[[str, int, int], None]
"""Told what is being done, how many articles are done, and of how many."""


def answered(work: Callable[P, R]) -> Callable[P, R]:
    """Return *work* with the errors of the client told in words.

    When a reindex is broken off the aliases are where they were, and the same command goes on.
    """

    @wraps(work)
    def worded(*args: P.args, **given: P.kwargs) -> R:
        try:
            return work(*args, **given)
        except (ApiError, TransportError) as error:
            raise ServiceUnavailable(
                f"Elasticsearch broke it off: {told(error)}. The same command goes on where it was"
            ) from error

    return worded


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


@answered
def behind(client: Elasticsearch, suffix: str = "") -> Pair:
    """Return the indices behind the aliases.

    Raises:
        ServiceUnavailable: an alias is missing, or stands for several indices.

    """
    indices = {}
    for alias in INDICES:
        name = alias + suffix
        there = sorted(client.indices.get_alias(name=name)) if exists(client, name) else []
        if len(there) != 1:
            raise ServiceUnavailable(
                f"behind the alias {name!r} must stand one index, and there is "
                f"{' and '.join(there) or 'none'}: `newsmill templates apply` makes what is missing"
            )
        indices[alias] = there[0]
    return Pair(indices)


def exists(client: Elasticsearch, alias: str) -> bool:
    """Whether an alias stands for something."""
    return bool(client.indices.exists_alias(name=alias))


@answered
def planned(client: Elasticsearch, name: str = "") -> Pair:
    """Return the indices that are being built, else those that would be.

    Raises:
        ConfigError: *name* cannot be one, or others are being built already.

    """
    if exists(client, ARTICLES + NEXT):
        built = behind(client, NEXT)
        if name and built.articles != f"{ARTICLES}-{name}":
            what = (
                f"{built.articles} is being built: finish it with `newsmill reindex`, or give it "
            )
            raise ConfigError(Fault("--to", what + "up with `newsmill reindex --give-up`"))
        return built
    name = name or following(client)
    if not NAME.fullmatch(name):
        raise ConfigError(Fault("--to", f"{name!r} is no name: v and letters, digits, - or _"))
    pair = Pair({alias: f"{alias}-{name}" for alias in INDICES})
    for index in pair.names():
        if client.indices.exists(index=index):
            raise ConfigError(Fault("--to", f"there is an index {index} already: choose another"))
    return pair


@answered
def prepare(client: Elasticsearch, name: str = "") -> Pair:
    """Return the indices that are being built; make them where there are none.

    Raises:
        ConfigError: *name* cannot be one, or others are being built already.

    """
    pair = planned(client, name)
    if not exists(client, ARTICLES + NEXT):
        for index in pair.names():
            client.indices.create(index=index)
        add = [{"add": {"index": i, "alias": alias + NEXT}} for alias, i in pair.indices.items()]
        client.indices.update_aliases(actions=add)
    return pair


def following(client: Elasticsearch) -> str:
    """Return the next free name: v2 after v1."""
    there = client.indices.get(index=[f"{alias}-v*" for alias in INDICES])
    numbers = [int(one[1]) for index in there if (one := re.fullmatch(r"[a-z]+-v(\d+)", index))]
    return f"v{max(numbers, default=0) + 1}"


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


def unblock(client: Elasticsearch, pair: Pair) -> None:
    """Let writers go on."""
    client.indices.put_settings(index=pair.names(), settings={"index.blocks.write": None})


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


@answered
def size(client: Elasticsearch, pair: Pair) -> int:
    """Return how many articles *pair* holds; raises ServiceUnavailable."""
    client.indices.refresh(index=pair.articles)
    return int(client.count(index=pair.articles)["count"])


@answered
def being_built(client: Elasticsearch) -> list[str]:
    """Return the indices that are being built; raises ServiceUnavailable."""
    return behind(client, NEXT).names() if exists(client, ARTICLES + NEXT) else []


@answered
def left_over(client: Elasticsearch) -> list[str]:
    """Return our indices behind no alias, which a reindex has left; raises ServiceUnavailable."""
    there = client.indices.get_alias(index=[f"{alias}-v*" for alias in INDICES])
    return sorted(index for index, held in there.items() if not held["aliases"])


@answered
def give_up(client: Elasticsearch) -> None:
    """Delete what is being built and let writers go on; raises ServiceUnavailable."""
    drop(client, being_built(client))
    unblock(client, behind(client))


@answered
def drop(client: Elasticsearch, indices: Collection[str]) -> None:
    """Delete *indices*; raises ServiceUnavailable."""
    if indices:
        client.indices.delete(index=sorted(indices))
