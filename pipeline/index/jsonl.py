"""JSON Lines: a sink that appends one document a line, for dry runs and other programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import orjson

from pipeline.index.sink import MAX_DOCUMENT_BYTES, STORED, Document, Written, unfit


class JsonLines:
    """Documents in a file, in the order they came; a newer version stands further down."""

    def __init__(self, path: Path) -> None:
        """Append to *path*."""
        self.path = path
        self._file: BinaryIO | None = None

    def open(self) -> None:
        """Open the file, making its folder."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self.path.open("ab")

    def write(self, batch: Sequence[Document]) -> list[Written]:
        """Append *batch* and hand it to the operating system."""
        if self._file is None:
            raise RuntimeError("open() comes first")
        outcomes = [self._append(item, self._file) for item in batch]
        self._file.flush()
        return outcomes

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _append(self, item: Document, file: BinaryIO) -> Written:
        """Append one document."""
        if reason := unfit(item):
            return Written("refused", reason)
        try:
            line = orjson.dumps({"_id": item.id, "_version": item.version, **item.body})
        except (orjson.JSONEncodeError, TypeError) as error:
            return Written("refused", f"cannot be written as JSON: {error}")
        if len(line) > MAX_DOCUMENT_BYTES:
            return Written("refused", f"too large: {len(line)} bytes")
        file.write(line + b"\n")
        return STORED
