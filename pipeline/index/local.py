"""The embedded index: one SQLite file with full-text search, so that search needs no server."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from pipeline.index.families import family
from pipeline.index.sink import STALE, STORED, Document, Hit, Written

TABLES = """
CREATE TABLE IF NOT EXISTS articles (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    published_at TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS by_time ON articles (published_at);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
    headline, text, people, organisations, places, tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TABLE IF NOT EXISTS quotes (
    id TEXT PRIMARY KEY,
    article TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS by_article ON quotes (article);
"""
INSERT_WORDS = (
    "INSERT INTO words (rowid, headline, text, people, organisations, places) "
    "VALUES (?, ?, ?, ?, ?, ?)"
)
TERM = re.compile(r'"[^"]+"|\S+')


class Local:
    """Documents in a SQLite file; a newer version replaces an older one."""

    def __init__(self, path: Path) -> None:
        """Keep the index in the file *path*."""
        self.path = path
        self._base: sqlite3.Connection | None = None

    @property
    def base(self) -> sqlite3.Connection:
        """The open database."""
        if self._base is None:
            raise RuntimeError("open() comes first")
        return self._base

    def open(self) -> None:
        """Open the file, making it and its folder where they are missing."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._base = sqlite3.connect(self.path, timeout=30, check_same_thread=False)
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = NORMAL")
        self._base.executescript(TABLES)

    def write(self, batch: Sequence[Document]) -> list[Written]:
        """Store *batch* in one transaction."""
        with self.base:
            return [self._store(item) for item in batch]

    def close(self) -> None:
        """Close the file."""
        if self._base is not None:
            self._base.close()
            self._base = None

    def search(self, query: str, limit: int = 10) -> list[Hit]:
        """Return the best *limit* articles that hold every word of *query*; phrases in quotes."""
        match = " ".join(f'"{term.strip(chr(34))}"' for term in TERM.findall(query) if term != '"')
        rows = self.base.execute(
            "SELECT articles.body, snippet(words, 1, '[', ']', ' … ', 24) FROM words "
            "JOIN articles ON articles.number = words.rowid WHERE words MATCH ? "
            "ORDER BY bm25(words, 4.0, 1.0, 2.0, 2.0, 2.0) LIMIT ?",
            (match or '""', limit),
        )
        return [hit(orjson.loads(body), excerpt) for body, excerpt in rows]

    def get(self, article_id: str) -> dict[str, Any] | None:
        """Return the body of a document, or None."""
        row = self.base.execute("SELECT body FROM articles WHERE id = ?", (article_id,)).fetchone()
        return orjson.loads(row[0]) if row else None

    def beginning(self, with_: str, limit: int = 2) -> list[dict[str, Any]]:
        """Return the bodies of *limit* documents whose id begins so, the shortest id first."""
        rows = self.base.execute(
            "SELECT body FROM articles WHERE id >= ? AND substr(id, 1, length(?)) = ? "
            "ORDER BY length(id) LIMIT ?",
            (with_, with_, with_, limit),
        )
        return [orjson.loads(body) for (body,) in rows]

    def quotes(self, article_id: str) -> list[dict[str, Any]]:
        """Return the bodies of the quotations of an article, in text order."""
        rows = self.base.execute(
            "SELECT body FROM quotes WHERE article = ? ORDER BY rowid", (article_id,)
        )
        return [orjson.loads(body) for (body,) in rows]

    def count(self) -> int:
        """Return how many articles there are."""
        (number,) = self.base.execute("SELECT count(*) FROM articles").fetchone()
        return int(number)

    def latest(self, limit: int = 50) -> list[dict[str, Any]]:
        """Return the bodies of the *limit* newest articles."""
        rows = self.base.execute(
            "SELECT body FROM articles ORDER BY published_at DESC, id LIMIT ?", (limit,)
        )
        return [orjson.loads(body) for (body,) in rows]

    def _store(self, item: Document) -> Written:
        """Store one document."""
        lines, reason = family(item)
        if reason:
            return Written("refused", reason)
        row = self.base.execute(
            "SELECT number, version FROM articles WHERE id = ?", (item.id,)
        ).fetchone()
        if row and row[1] >= item.version:
            return STALE
        if row:
            self.base.execute("DELETE FROM words WHERE rowid = ?", (row[0],))
        number = self.base.execute(
            "INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?)",
            (row and row[0], item.id, item.version, item.body.get("@timestamp", ""), lines[-1][1]),
        ).lastrowid
        self.base.execute(INSERT_WORDS, (number, *words(item.body)))
        self.base.execute("DELETE FROM quotes WHERE article = ?", (item.id,))
        quotes = [(one.id, item.id, body) for one, body in lines[:-1]]
        self.base.executemany("INSERT INTO quotes VALUES (?, ?, ?)", quotes)
        return STORED


def words(body: dict[str, Any]) -> tuple[str, ...]:
    """Return what is searched, in the order of the table's columns."""
    lists = (" | ".join(body.get(name, ())) for name in ("people", "organisations", "places"))
    return (body.get("headline", ""), body.get("text", ""), *lists)


def hit(body: dict[str, Any], excerpt: str) -> Hit:
    """Return a found document as a hit."""
    return Hit(
        id=body["id"],
        headline=body.get("headline", ""),
        source=body.get("source", {}).get("id", ""),
        published_at=body.get("published_at", ""),
        language=body.get("language", ""),
        excerpt=" ".join(excerpt.split()),
    )
