"""What was seen of each source, in one SQLite file, so that nothing is sent twice for nothing.

It moves only after Kafka confirmed what was sent.  A process killed in between sends those articles
again: a duplicate, never a loss.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from schemas import ConfigError, Fault, RawArticle

KEEP = timedelta(days=400)
"""What a source has not shown for so long is forgotten."""
TABLES = """
CREATE TABLE IF NOT EXISTS articles (
  source TEXT, id TEXT, digest TEXT, revision INTEGER, seen_at TEXT, PRIMARY KEY (source, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notes (
  source TEXT, key TEXT, value TEXT, seen_at TEXT, PRIMARY KEY (source, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS visits (
  source TEXT PRIMARY KEY, succeeded_at TEXT, failed_at TEXT, error TEXT
) WITHOUT ROWID;
"""
NOT_CONTENT = {"fetched_at", "headers", "revision", "schema_version"}
"""Fields that may differ while an article is still the same."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something to remember of a source once everything before it has arrived."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Visit:
    """How asking a source last went; empty: never."""

    succeeded_at: str = ""
    failed_at: str = ""
    error: str = ""


class Cursors:
    """The memory of all sources; safe from as many threads.

    Raises:
        ConfigError: *path* is no file of ours, or cannot be written.

    """

    def __init__(self, path: Path | str) -> None:
        try:
            if path != ":memory:":
                Path(path).parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.executescript(TABLES)
        except (OSError, sqlite3.Error) as error:
            what = f"the cursors cannot be kept here ({error}). Choose another file with --state"
            raise ConfigError(Fault(str(path), what)) from error
        self._lock = threading.Lock()

    def of(self, source: str) -> Cursor:
        """Return what is remembered of *source*."""
        return Cursor(self, source)

    def read(self, query: str, *values: str) -> tuple[str | int | None, ...]:
        """Return the first row of *query*, empty where there is none."""
        with self._lock:
            return self._db.execute(query, values).fetchone() or ()

    def write(self, statements: Iterable[tuple[str, tuple[str | int, ...]]]) -> None:
        """Do all *statements* or none; they are on disk when this returns."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                for statement, values in statements:
                    self._db.execute(statement, values)
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def expire(self, now: datetime) -> None:
        """Forget what no source has shown for `KEEP`."""
        oldest = stamp(now - KEEP)
        tables = ("articles", "notes")
        self.write((f"DELETE FROM {t} WHERE seen_at < ?", (oldest,)) for t in tables)  # noqa: S608

    def close(self) -> None:
        """Close the file."""
        self._db.close()


@dataclass
class Cursor:
    """What is remembered of one source, as one round of it sees it.

    What `noted` and `revision` found still there is kept alive by the next `save`.
    """

    cursors: Cursors
    source: str
    unchanged: int = 0
    """How many things were passed over because they are as they were."""
    _touched: set[str] = field(default_factory=set)

    def note(self, key: str) -> str:
        """Return what was noted under *key*, empty: nothing."""
        row = self.cursors.read(
            "SELECT value FROM notes WHERE source=? AND key=?", self.source, key
        )
        return str(row[0]) if row else ""

    def noted(self, note: Note) -> bool:
        """Return whether this very note was made: the thing is as it was."""
        if self.note(note.key) != note.value:
            return False
        self._touched.add(note.key)
        self.unchanged += 1
        return True

    def revision(self, article: RawArticle) -> int:
        """Return the number to send *article* as: 1 new, 2, ... changed; 0: sent as it is."""
        row = self.cursors.read(
            "SELECT digest, revision FROM articles WHERE source=? AND id=?", self.source, article.id
        )
        if not row:
            return 1
        if row[0] != digest(article):
            return int(row[1] or 0) + 1
        self._touched.add(article.id)
        return 0

    def save(self, arrived: Iterable[RawArticle], notes: Iterable[Note], now: datetime) -> None:
        """Remember what has *arrived*, and *notes*; call it only after the confirmation."""
        at, me = stamp(now), self.source
        put = "INSERT OR REPLACE INTO {} VALUES (?, ?, {}, ?)".format
        touch = "UPDATE {} SET seen_at=? WHERE source=? AND {}=?".format
        statements: list[tuple[str, tuple[str | int, ...]]] = []
        for key in self._touched:
            statements.append((touch("notes", "key"), (at, me, key)))
            statements.append((touch("articles", "id"), (at, me, key)))
        for article in arrived:
            values = (me, article.id, digest(article), article.revision, at)
            statements.append((put("articles", "?, ?"), values))
        statements += [(put("notes", "?"), (me, note.key, note.value, at)) for note in notes]
        self.cursors.write(statements)
        self._touched.clear()

    def visit(self) -> Visit:
        """Return how asking the source last went."""
        row = self.cursors.read(
            "SELECT succeeded_at, failed_at, error FROM visits WHERE source=?", self.source
        )
        return Visit(*(str(value) for value in row))

    def succeeded(self, now: datetime) -> None:
        """Remember that the source gave articles: an earlier error is over."""
        self._visited(Visit(stamp(now), self.visit().failed_at, ""))

    def failed(self, now: datetime, error: str) -> None:
        """Remember what went wrong."""
        self._visited(Visit(self.visit().succeeded_at, stamp(now), error[:500]))

    def _visited(self, visit: Visit) -> None:
        """Write *visit*."""
        values = (self.source, visit.succeeded_at, visit.failed_at, visit.error)
        self.cursors.write([("INSERT OR REPLACE INTO visits VALUES (?, ?, ?, ?)", values)])


def digest(article: RawArticle) -> str:
    """Return a hash of what a reader sees of *article*, whatever the moment it was fetched."""
    content = article.model_dump_json(exclude=NOT_CONTENT, exclude_none=True)
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def stamp(now: datetime) -> str:
    """Return an instant as it is stored: ISO 8601, UTC, so that texts sort as times do."""
    return now.astimezone(UTC).isoformat(timespec="milliseconds")
