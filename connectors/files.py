"""A watched folder: every text, page or JSON file in it is an article, or holds some.

story.txt, story.html   one article; story.json beside it may hold its headline, url, ...
story.json              one article, an object with the fields of a raw article
archive.jsonl           one such object a line
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import orjson
from pydantic import BaseModel, Field, ValidationError, ValidationInfo, field_validator

from connectors.connector import ID_PATTERN, Connector, Found, Tools
from connectors.content import body_fields
from connectors.cursors import Cursor, Note
from connectors.errors import ItemMalformed, SourceUnavailable
from schemas import RawArticle, RecordError, article_id
from schemas.record import unreadable

KINDS = {".txt": "text/plain", ".html": "text/html", ".htm": "text/html"}
LISTS = {".json", ".jsonl"}
MAX_BYTES = 20 << 20
"""A longer file, or line of a .jsonl file, is no article."""
SETTLE_SECS = 1.0
"""A file that changed so recently may still be being written: it is looked at again after that."""
NOT_FROM_FILE = {"connector", "fetched_at", "revision", "schema_version"}


class Files(Connector):
    """A folder whose files are articles, read again when they change."""

    type: Literal["files"] = Field(description="A watched folder.", examples=["files"])
    path: Path = Field(
        description="The folder; from the folder of the source file if it is relative.",
        examples=["../articles"],
    )
    glob: str = Field(
        "**/*",
        min_length=1,
        max_length=200,
        description="Which files in it, as a pattern; other kinds of files are passed over.",
        examples=["2026/**/*.html"],
    )
    every_secs: int = Field(
        60, ge=1, le=7 * 86400, description="How often it is looked at, seconds.", examples=[60]
    )

    @field_validator("path")
    @classmethod
    def beside_the_source_file(cls, path: Path, info: ValidationInfo) -> Path:
        """Take a relative path from the folder of the file that names it."""
        return Path((info.context or {}).get("folder", "."), path)

    @field_validator("glob")
    @classmethod
    def inside_the_folder(cls, glob: str) -> str:
        """Refuse a pattern that leads out of the folder."""
        if glob.startswith("/") or ".." in Path(glob).parts:
            raise ValueError("a pattern stays inside the folder: no leading / and no ..")
        return glob

    def fetch(self, tools: Tools, since: Cursor) -> Iterator[Found]:  # noqa: ARG002
        """Yield the articles of every file that is new or changed, in the order of their names."""
        root = self.path.resolve()
        if not root.is_dir():
            raise SourceUnavailable(
                f"{self.id}: there is no folder {self.path}. Make it, or mend it"
            )
        files = [
            file
            for file in sorted(root.glob(self.glob))
            if file.suffix.lower() in KINDS.keys() | LISTS and not is_sidecar(file)
        ]
        notes = ((file, version(file, file.relative_to(root).as_posix())) for file in files)
        new = [(file, note) for file, note in notes if note is not None and not since.noted(note)]
        if any(changed_just_now(file) for file, _ in new):
            time.sleep(SETTLE_SECS)
        for file, note in new:
            yield from self._file(file, root, note)

    def _file(self, file: Path, root: Path, note: Note) -> Iterator[Found]:
        """Yield the articles of one file, and last the note that it was read as it is.

        One that is not as it was when *note* was made is still being written: the next round's.
        """
        name = file.relative_to(root).as_posix()
        if version(file, name) != note:
            return
        try:
            check(file, root, name)
            yield from self._articles(file, name)
        except OSError as error:  # asked again in the next round
            yield ItemMalformed(name, error.strerror or str(error))
            return
        except ItemMalformed as malformed:
            yield malformed
        yield note

    def _articles(self, file: Path, name: str) -> Iterator[Found]:
        """Yield what is in *file*: an article, or what is wrong with it."""
        if file.suffix.lower() == ".jsonl":
            yield from self._lines(file, name)
            return
        body = file.read_bytes()
        kind = KINDS.get(file.suffix.lower())
        if kind is None:
            yield self._article(body, {}, name)
            return
        sidecar = file.with_suffix(".json")
        about = sidecar.read_bytes() if sidecar.is_file() and not sidecar.is_symlink() else b"{}"
        yield self._article(about, body_fields(body, kind), name)

    def _lines(self, file: Path, name: str) -> Iterator[Found]:
        """Yield the article of each line; a bad line costs only itself."""
        with file.open("rb") as lines:
            number = 0
            while line := lines.readline(MAX_BYTES + 1):
                number += 1
                if len(line) > MAX_BYTES:
                    yield ItemMalformed(f"{name}:{number}", f"longer than {MAX_BYTES >> 20} MB")
                    while line and not line.endswith(b"\n"):
                        line = lines.readline(MAX_BYTES)
                elif line.strip():
                    yield self._article(line, {}, name, number)

    def _article(
        self, text: bytes, body: dict[str, str | bytes], name: str, line: int = 0
    ) -> RawArticle | ItemMalformed:
        """Return the JSON object in *text*, with *body* if it stands in a file of its own."""
        where = f"{name}:{line}" if line else name
        address = f"files://{self.id}/{quote(name)}" + (f"#{line}" if line else "")
        try:
            fields = orjson.loads(text.removeprefix(b"\xef\xbb\xbf"))
        except orjson.JSONDecodeError as error:
            return ItemMalformed(where, f"broken JSON: {error}")
        if not isinstance(fields, dict):
            return ItemMalformed(where, "not an object with the fields of an article")
        fields = {k: v for k, v in fields.items() if v is not None and k not in NOT_FROM_FILE}
        try:
            return self._record(fields | body, address)
        except RecordError as error:
            return ItemMalformed(where, str(error))

    def _record(self, fields: dict[str, Any], address: str) -> RawArticle:
        """Return *fields* as a record; its source may be another newspaper, kept in an archive.

        Raises:
            RecordError: they make no article.

        """
        known = {k: v for k, v in self.described().items() if v} | {"url": address}
        known |= {k: v for k, v in fields.items() if v != ""}
        known.setdefault("id", article_id(str(known["source"]), str(known["url"])))
        try:
            return RawArticle.model_validate(known | Named.model_validate(known).model_dump())
        except ValidationError as error:
            raise unreadable("RawArticle", error) from error


class Named(BaseModel):
    """The fields of a stranger's record that become keys."""

    source: str = Field(pattern=ID_PATTERN)
    id: str = Field(min_length=1, max_length=200)


def is_sidecar(file: Path) -> bool:
    """Return whether *file* only tells about the text or page beside it."""
    beside = (file.with_suffix(suffix) for suffix in KINDS)
    return file.suffix.lower() == ".json" and any(other.is_file() for other in beside)


def with_sidecar(file: Path) -> list[Path]:
    """Return *file* and, if there is one, the file beside it that tells about it."""
    about = file.with_suffix(".json")
    return [file, about] if file.suffix.lower() in KINDS and about.is_file() else [file]


def version(file: Path, name: str) -> Note | None:
    """Return the note of *file* as it is now; None: it is no file."""
    try:
        found = [path.stat() for path in sorted(with_sidecar(file))]
    except FileNotFoundError:  # it was taken away since the folder was listed, or leads nowhere
        return None
    if not file.is_file():
        return None
    key = "\n".join(f"{stat.st_size} {stat.st_mtime_ns}" for stat in found)
    return Note(f"file:{name}", hashlib.sha256(key.encode()).hexdigest()[:32])


def changed_just_now(file: Path) -> bool:
    """Return whether *file*, or what tells about it, may be being written at this moment."""
    try:
        newest = max(path.stat().st_mtime for path in with_sidecar(file))
    except FileNotFoundError:
        return False
    return newest > time.time() - SETTLE_SECS


def check(file: Path, root: Path, name: str) -> None:
    """Raise ItemMalformed if *file* leads out of the folder or is too big for an article."""
    if not file.resolve().is_relative_to(root):
        raise ItemMalformed(name, "a link that leads out of the folder is not followed")
    if file.suffix.lower() != ".jsonl" and file.stat().st_size > MAX_BYTES:
        raise ItemMalformed(name, f"the file is bigger than {MAX_BYTES >> 20} MB; it is no article")
