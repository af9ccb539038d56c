"""Millions of facts on disk, given back sorted by id, in a memory that does not grow with them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from pipeline.audit.facts import Fact, Kind

TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -32768;
PRAGMA temp_store = FILE;
CREATE TABLE facts (
    id TEXT NOT NULL, kind INTEGER NOT NULL, fetch INTEGER NOT NULL, at INTEGER NOT NULL,
    source TEXT NOT NULL, reason TEXT NOT NULL, place TEXT NOT NULL, number INTEGER NOT NULL
) STRICT;
CREATE TABLE suspects (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
"""
PAGE = 1000


class Ledger:
    """Facts in a SQLite file of its own, which is thrown away afterwards; not safe for threads."""

    def __init__(self, folder: Path) -> None:
        """Make an empty one in *folder*."""
        self._base = sqlite3.connect(folder / "ledger.db", isolation_level=None)
        self._base.executescript(TABLES)

    def add(self, facts: Iterable[Fact]) -> None:
        """Add *facts*, in any order."""
        self._base.execute("BEGIN")
        self._base.executemany("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", facts)
        self._base.execute("COMMIT")

    def suspect(self, name: str) -> None:
        """Remember an id to be looked at again."""
        self._base.execute("INSERT OR IGNORE INTO suspects VALUES (?)", (name,))

    def clear(self, name: str) -> None:
        """Suspect an id no more."""
        self._base.execute("DELETE FROM suspects WHERE id = ?", (name,))

    def suspects(self) -> Pages:
        """Return the suspects, sorted, in pages."""
        return Pages(self._base, "SELECT id FROM suspects WHERE id > ? ORDER BY id LIMIT ?")

    def known(self, *kinds: Kind) -> Iterator[list[str]]:
        """Yield every id with a fact of one of these *kinds*, sorted, in pages."""
        rows = self._base.execute(
            f"SELECT DISTINCT id FROM facts WHERE kind IN ({listed(kinds)}) ORDER BY id"  # noqa: S608
        )
        while page := rows.fetchmany(PAGE):
            yield [row[0] for row in page]

    def each(self, *, suspects: bool = False) -> Iterator[list[Fact]]:
        """Yield all facts about each id in turn; of *suspects* only where that is wanted."""
        only = "WHERE id IN (SELECT id FROM suspects)" if suspects else ""
        rows = self._base.execute(f"SELECT * FROM facts {only} ORDER BY id")  # noqa: S608
        for _, group in groupby(rows, key=itemgetter(0)):
            yield [Fact._make(row) for row in group]

    def unlearn(self, *kinds: Kind) -> None:
        """Remove the facts of these *kinds* about the suspects: they are about to be read again."""
        self._base.execute(
            f"DELETE FROM facts WHERE kind IN ({listed(kinds)}) "  # noqa: S608
            "AND id IN (SELECT id FROM suspects)"
        )

    def close(self) -> None:
        """Close the file."""
        self._base.close()


def listed(kinds: Sequence[Kind]) -> str:
    """Return *kinds* as SQL lists them."""
    return ", ".join(str(int(kind)) for kind in kinds)


@dataclass(frozen=True, slots=True)
class Pages:
    """Ids in pages, asked for one by one, so that what was read may be changed in between."""

    base: sqlite3.Connection
    asked: str

    def __iter__(self) -> Iterator[list[str]]:
        """Yield page after page."""
        last = ""
        while page := [row[0] for row in self.base.execute(self.asked, (last, PAGE))]:
            yield page
            last = page[-1]

    def __bool__(self) -> bool:
        """Whether there is any."""
        return self.base.execute(self.asked, ("", 1)).fetchone() is not None
