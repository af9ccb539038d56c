"""Takes articles down: the tombstone first, then everything that is there, then a second look.

The order closes the race with workers: see `pipeline.stream.forgotten`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from kafka.errors import KafkaError

from pipeline.index import takedown
from pipeline.index.takedown import Found
from pipeline.settings import Settings
from pipeline.stream.letters import Choice, kafka_gives, letters, sources
from pipeline.stream.reading import messages
from pipeline.stream.receipts import Decision, send, settle
from pipeline.stream.replay import make_producer
from schemas import (
    DeadLetter,
    Dropped,
    Forgotten,
    ServiceUnavailable,
    address_id,
    article_id,
    normal_form,
)
from schemas.topics import DAY_MS, DROPPED, FORGOTTEN, RAW

STAGE = "forget"
SECOND_LOOK_SECS = 3.0
"""After so long it is looked once more: a worker may have died between its write and its look."""
SEGMENT_MS = 7 * DAY_MS
"""Kafka deletes whole segments, and closes one after a week by default."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be taken down: ids and addresses."""

    ids: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()

    @property
    def names(self) -> dict[str, str]:
        """The names it goes by, each with the normal form of its address if it is one."""
        addresses = {address_id(url): normal_form(url) for url in self.urls}
        return dict.fromkeys(self.ids, "") | addresses


@dataclass(frozen=True, slots=True)
class Held:
    """What there is of it: articles in the index, dead letters."""

    articles: tuple[Found, ...]
    letters: tuple[DeadLetter, ...]

    @property
    def ids(self) -> set[str]:
        """The ids of all of it."""
        return {one.id for one in self.articles} | {one.id for one in self.letters}


@dataclass(frozen=True, slots=True)
class Done:
    """What was done."""

    names: tuple[str, ...]
    """Forgotten from now on."""
    documents: int
    """Deleted from Elasticsearch, articles and quotations."""
    letters: int
    """Dead letters thrown away."""
    came_back: int
    """Documents that the second look had to delete."""
    still_in: tuple[str, ...]
    """Indices that hold it still, because they are read-only."""
    raw_until: datetime
    """When Kafka has deleted what it holds of it, at the latest."""


def wanted(given: Sequence[str]) -> Wanted:
    """Return what somebody means: what has a scheme and a host is an address, else it is an id.

    >>> wanted(["3f1c", "https://gazette.test/1"])
    Wanted(ids=('3f1c',), urls=('https://gazette.test/1',))
    """
    urls = tuple(one for one in given if is_address(one))
    return Wanted(tuple(one for one in given if one not in urls), urls)


def is_address(text: str) -> bool:
    """Whether *text* is the address of a page."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def held(settings: Settings, client: Any, what: Wanted, source: str = "") -> Held:
    """Return what there is of it; *source* is one that may list the addresses.

    Raises:
        ServiceUnavailable: Kafka or Elasticsearch does not answer.

    """
    unresolved = letters(settings)
    of_sources = {source, *sources(unresolved)} - {""}
    ids = {*what.ids, *(article_id(one, url) for one in of_sources for url in what.urls)}
    articles = takedown.find(client, ids, what.urls)
    ids |= {one.id for one in articles}
    return Held(tuple(articles), tuple(one for one in unresolved if one.id in ids))


@dataclass
class Takedown:
    """Takes down what is wanted; ``sleep`` waits before the second look."""

    settings: Settings
    client: Any
    why: str
    by: str
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    def forget(self, what: Wanted, there: Held) -> Done:
        """Take down *what* is wanted, of which *there* is known to be there.

        Raises:
            ServiceUnavailable: a server does not answer; what was done stays done, and the same
                command does the rest.

        """
        names = self.named(what, there)
        self.tombstones(names)
        return self.clear(what, there, tuple(names))

    def clear(self, what: Wanted, there: Held, names: tuple[str, ...] = ()) -> Done:
        """Delete what is there of something that is forgotten, and look a second time.

        Raises:
            ServiceUnavailable: a server does not answer; the same again does the rest.

        """
        self.receipts(there.articles)
        ids = [*there.ids, *what.ids]
        documents, _ = takedown.remove(self.client, ids, what.urls)
        thrown = self.letters(ids)
        self.sleep(SECOND_LOOK_SECS)
        again, closed = takedown.remove(self.client, ids, what.urls)
        thrown += self.letters(ids)
        until = self.now() + timedelta(milliseconds=(RAW.retention_ms or 0) + SEGMENT_MS)
        return Done(names, documents + again, thrown, again, tuple(closed), until)

    def named(self, what: Wanted, there: Held) -> dict[str, str]:
        """Return each name to be forgotten, with the address that was asked for, if one was."""
        urls = [*map(normal_form, what.urls)]
        found = dict.fromkeys(sorted(there.ids), urls[0] if len(urls) == 1 else "")
        return found | what.names

    def tombstones(self, names: dict[str, str]) -> None:
        """Write the names of what is forgotten; return when Kafka has confirmed them."""
        pairs = (
            (name, Forgotten(id=name, url=url, at=self.now(), why=self.why, by=self.by).to_bytes())
            for name, url in names.items()
        )
        self.send(FORGOTTEN.name, pairs)

    def receipts(self, articles: Sequence[Found]) -> None:
        """Note of each article that is about to be deleted that it was left out."""
        pairs = (
            (one.id, Dropped(id=one.id, stage=STAGE, reason="forgotten", message=self.why,
                             at=self.now(), source=one.source, version=one.version,
                             by=self.by).to_bytes())
            for one in articles
        )  # fmt: skip
        self.send(DROPPED.name, pairs)

    def letters(self, ids: Sequence[str]) -> int:
        """Throw away the dead letters of these *ids*; return how many."""
        found = letters(self.settings, Choice(ids=frozenset(ids))) if ids else []
        return settle(self.settings, found, Decision("forgotten", self.why, self.by))

    def send(self, topic: str, pairs: Any) -> None:
        """Send keys and values; return when Kafka has confirmed them."""
        try:
            with closing(make_producer(self.settings)) as producer:
                send(producer, topic, pairs)
        except KafkaError as error:
            raise ServiceUnavailable(f"Kafka does not take the tombstone: {error}") from error


def forgotten(settings: Settings) -> list[Forgotten]:
    """Return what is forgotten, the oldest first.

    Raises:
        ServiceUnavailable: Kafka does not answer.

    """
    found: dict[bytes, bytes] = {}
    with kafka_gives("what was taken down"):
        for message in messages(settings, FORGOTTEN):
            found.pop(message.key, None)
            if message.value is not None:
                found[message.key] = message.value
    return [Forgotten.from_bytes(value) for value in found.values()]


def undo(settings: Settings, what: Wanted) -> list[Forgotten]:
    """Let be written again what was taken down under these names; return what that was.

    Raises:
        ServiceUnavailable: Kafka does not answer.

    """
    urls = {normal_form(url) for url in what.urls}
    found = [one for one in forgotten(settings) if one.id in what.names or one.url in urls]
    Takedown(settings, None, "", "").send(FORGOTTEN.name, ((one.id, None) for one in found))
    return found


def all_of(records: Sequence[Forgotten]) -> Wanted:
    """Return everything that is forgotten, to be taken down once more: after a restored backup."""
    urls = tuple(dict.fromkeys(one.url for one in records if one.url))
    addresses = set(map(address_id, urls))
    return Wanted(tuple(one.id for one in records if one.id not in addresses), urls)
