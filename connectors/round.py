"""One round: a source is asked once, what is new is sent, and only then remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event

from connectors.connector import Connector, Tools
from connectors.cursors import Cursor, Note
from connectors.errors import ItemMalformed
from connectors.response import kept
from schemas import RawArticle

BATCH = 200
BATCH_CHARS = 4 << 20
"""So many articles, or so much text, are sent before we wait for their confirmation."""

Publish = Callable[[Sequence[RawArticle]], list[ItemMalformed]]
"""Sends articles, returns those that can never be sent; all others have arrived."""
Clock = Callable[[], datetime]


@dataclass
class Tally:
    """What became of everything that a source offered."""

    fetched: int = 0
    """Articles it gave us."""
    sent: int = 0
    unchanged: int = 0
    """Passed over: they are as they were."""
    malformed: int = 0
    errors: int = 0
    """Rounds that ended early: the source, or our way to it, failed."""

    def add(self, other: Tally) -> None:
        """Count *other* in."""
        for name, count in vars(other).items():
            setattr(self, name, getattr(self, name) + count)


@dataclass
class Round:
    """A round of one source: what is waiting to be sent, and what may be remembered after it."""

    cursor: Cursor
    publish: Publish
    clock: Clock
    stop: Event = field(default_factory=Event)
    """Once it is set the round takes no more, and sends what it has."""
    tally: Tally = field(default_factory=Tally)
    complaints: list[str] = field(default_factory=list)
    _articles: list[RawArticle] = field(default_factory=list)
    _notes: list[Note] = field(default_factory=list)
    _chars: int = 0

    def ask(self, connector: Connector, tools: Tools) -> None:
        """Take everything that *connector* offers.

        What it gave before it failed is sent and remembered all the same.

        Raises:
            SourceUnavailable: ask again later.
            SourceRefused: somebody must look.
            ServiceUnavailable: Kafka did not confirm; nothing of that batch is remembered.

        """
        try:
            for found in connector.fetch(tools, self.cursor):
                self._take(found)
                if self.stop.is_set():
                    return
        finally:
            self.tally.unchanged += self.cursor.unchanged
            self.send()

    def _take(self, found: RawArticle | ItemMalformed | Note) -> None:
        """Count one thing, and keep it until the batch is full."""
        if isinstance(found, Note):
            self._notes.append(found)
        elif isinstance(found, ItemMalformed):
            self._complain(found)
        else:
            self.tally.fetched += 1
            self._keep(found)
        if len(self._articles) >= BATCH or self._chars >= BATCH_CHARS:
            self.send()

    def _keep(self, article: RawArticle) -> None:
        """Keep an article for the next batch, unless it was sent as it is."""
        new = as_new(article, self.cursor, self.clock())
        if new is None:
            self.tally.unchanged += 1
            return
        self._articles.append(new)
        self._chars += len(new.body or "") + len(new.body_base64 or b"")

    def send(self) -> None:
        """Send what is waiting; once it has arrived, remember it and its notes."""
        articles, notes = self._articles, self._notes
        self._articles, self._notes, self._chars = [], [], 0
        refused = self.publish(articles) if articles else []
        self.cursor.save(articles, notes, self.clock())
        self.tally.sent += len(articles) - len(refused)
        for malformed in refused:
            self._complain(malformed)

    def _complain(self, malformed: ItemMalformed) -> None:
        """Count an item that is no article, and keep the words of the first few."""
        self.tally.malformed += 1
        if len(self.complaints) < 5:
            self.complaints.append(str(malformed))


def as_new(article: RawArticle, cursor: Cursor, now: datetime) -> RawArticle | None:
    """Return *article* with its revision and the moment it was read; None: it was sent as it is.

    Its address is kept without what is like a password in it.
    """
    article = article.model_copy(update={"url": kept(article.url)})
    revision = cursor.revision(article)
    if not revision:
        return None
    now = now.astimezone(UTC)
    at = now.replace(microsecond=now.microsecond // 1000 * 1000)
    return article.model_copy(update={"revision": revision}).fetched(at)


def new_articles(
    connector: Connector, tools: Tools, cursor: Cursor
) -> Iterator[RawArticle | ItemMalformed]:
    """Yield what a round would send, and what it would count as malformed; remember nothing.

    Raises:
        SourceUnavailable: the source does not answer.
        SourceRefused: somebody must look.

    """
    for found in connector.fetch(tools, cursor):
        if isinstance(found, ItemMalformed):
            yield found
        elif isinstance(found, RawArticle):
            article = as_new(found, cursor, datetime.now(UTC))
            if article is not None:
                yield article
