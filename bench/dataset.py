"""A folder of labelled pages, as `newsmill bench clean` reads it (docs/how-to/measure.md)."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, TextIO

INDEX = "index.jsonl"


@dataclass(frozen=True, slots=True)
class Page:
    """A page, the text that people say is its story, and who is to be counted with whom."""

    id: str
    html: str
    gold: str
    optional: Sequence[str] = ()
    domain: str = ""
    news: bool = True
    noise: frozenset[str] | None = None
    """Lines of the page that belong to no story, as `words_of` gives them; None: not labelled."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a text, each labelled keep, drop or skip."""

    id: str
    lines: Sequence[str]
    labels: Sequence[str]
    news: bool = True


@dataclass(frozen=True, slots=True)
class Dataset:
    """Where the data lies; pages are read when they are asked for."""

    folder: Path
    quick: int = 0
    """Read so many pages of each task only, the same ones each time; 0: all."""
    news: bool = False
    """Read news pages only."""
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def at(cls, folder: Path, quick: int = 0, *, news: bool = False) -> Dataset:
        """Return the data of *folder*.

        Raises:
            OSError: there is no index in it.

        """
        with opened(folder / INDEX) as file:
            found = [json.loads(line) for line in file]
        return cls(folder, quick, news, {row["id"]: row for row in found})

    def pages(self, language: str = "en") -> list[Page]:
        """Return the pages in *language* that have a gold text made by people."""
        rows = [row for row in self.rows.values() if counts(row) and row["lang"] == language]
        noise = self.noise()
        return [page_of(row, self.folder, noise.get(row["id"])) for row in self.sample(rows)]

    def lines(self, variant: str) -> list[Lines]:
        """Return the labelled texts of *variant*; none where the folder has none."""
        rows = [row for row in self.labelled(variant) if counts(self.rows.get(row["id"], row))]
        return [
            Lines(row["id"], row["lines"], row["labels"], bool(row.get("news")))
            for row in self.sample(rows)
        ]

    def labelled(self, variant: str) -> Iterator[dict[str, Any]]:
        """Yield the rows of a file of labelled lines."""
        path = self.folder / f"lines_{variant}.jsonl"
        if path.exists() or path.with_name(f"{path.name}.gz").exists():
            with opened(path) as file:
                yield from map(json.loads, file)

    def noise(self) -> dict[str, frozenset[str]]:
        """Return for each page the lines of it that are clear noise: one has two words at least."""
        return {
            row["id"]: frozenset(
                words
                for text, label, kind in zip(row["lines"], row["labels"], row["kinds"], strict=True)
                if label == "drop" and clear(kind) and " " in (words := words_of(text))
            )
            for row in self.labelled("body")
        }

    def sample(self, rows: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
        """Return `quick` of *rows*, chosen by their ids alone, in the order of the file."""
        rows = [row for row in rows if row.get("news") or not self.news]
        if not self.quick or len(rows) <= self.quick:
            return rows
        ranked = sorted(rows, key=lambda row: sha256(row["id"].encode()).digest())
        chosen = {row["id"] for row in ranked[: self.quick]}
        return [row for row in rows if row["id"] in chosen]


def counts(row: dict[str, Any]) -> bool:
    """Say whether the gold text of *row* is no output of a tool."""
    return row.get("gold_kind") != "tool-output"


def clear(kind: str) -> bool:
    """Say whether a kind of noise is one that everybody would call noise."""
    return not kind.startswith(("other", "date"))


def page_of(row: dict[str, Any], folder: Path, noise: frozenset[str] | None) -> Page:
    """Return the page that *row* of the index tells of."""
    html = (folder / row["html_path"]).read_text(encoding="utf-8", errors="replace")
    return Page(
        row["id"], html, row["gold_text"], row.get("optional") or (), row.get("domain", ""),
        bool(row.get("news")), noise,
    )  # fmt: skip


def words_of(text: str) -> str:
    """Return the words of *text* with one space between.

    >>> words_of("Read more: COD, dear!")
    'read more cod dear'
    """
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def opened(path: Path) -> TextIO:
    """Open a text file, or the .gz of it."""
    packed = path.with_name(f"{path.name}.gz")
    if not path.exists() and packed.exists():
        return gzip.open(packed, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")
