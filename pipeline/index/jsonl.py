"""JSON Lines: a sink that appends one document a line, for dry runs and other programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from pipeline.index.families import family
from pipeline.index.sink import ARTICLES, STORED, Document, Written


class JsonLines:
    """Documents in a file, in the order they came; a newer version stands further down.

    Children stand in a file of their own beside it: ``out.quotes.jsonl``.  Those count that have
    the version of the last line of their article.
    """

    def __init__(self, path: Path) -> None:
        """Append to *path*."""
        self.path = path
        self._files: dict[str, BinaryIO] = {}

    def open(self) -> None:
        """Open the file, making its folder."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file(ARTICLES)

    def write(self, batch: Sequence[Document]) -> list[Written]:
        """Append *batch* and hand it to the operating system."""
        if not self._files:
            raise RuntimeError("open() comes first")
        outcomes = [self._append(item) for item in batch]
        for file in self._files.values():
            file.flush()
        return outcomes

    def close(self) -> None:
        """Close the files."""
        for file in self._files.values():
            file.close()
        self._files.clear()

    def path_of(self, index: str) -> Path:
        """Return the file of the documents of *index*."""
        if index == ARTICLES:
            return self.path
        return self.path.with_name(f"{self.path.stem}.{index}{self.path.suffix}")

    def _file(self, index: str) -> BinaryIO:
        """Return the open file of *index*."""
        if index not in self._files:
            self._files[index] = self.path_of(index).open("ab")
        return self._files[index]

    def _append(self, item: Document) -> Written:
        """Append one document, after its children."""
        lines, reason = family(numbered(item))
        for one, body in lines:
            self._file(one.index).write(body + b"\n")
        return Written("refused", reason) if reason else STORED


def numbered(item: Document) -> Document:
    """Return *item* with id and version in its body, and in those of its children."""
    body = {"_id": item.id, "_version": item.version, **item.body}
    return replace(item, body=body, children=tuple(map(numbered, item.children)))
