"""What a person gives to look at: a file, an address, standard input, or a record."""

from __future__ import annotations

import difflib
import sys
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer

from schemas import RawArticle, ServiceUnavailable, article_id

TYPES = {".html": "text/html", ".htm": "text/html", ".xhtml": "text/html", ".txt": "text/plain"}
MAX_BYTES = 32 << 20


def raw_article(given: str, source: str, content_type: str, headline: str) -> RawArticle:
    """Return the raw record of a file, an address or standard input (``-``).

    A file that ends in .json is a record as pipe mode reads it.

    Raises:
        typer.BadParameter: there is nothing of that name to read.
        OSError: it cannot be read.
        RecordError: the .json file holds no record.
        ServiceUnavailable: the site does not answer now.

    """
    url, fetched_at = "", None
    if given.startswith(("http://", "https://")):
        body, served_as = fetched(given)
        url, fetched_at, content_type = given, datetime.now(UTC), content_type or served_as
    elif given == "-":
        body = sys.stdin.buffer.read(MAX_BYTES)
    else:
        path = existing(given)
        body = path.read_bytes()
        if path.suffix.lower() == ".json":
            return record(body)
        content_type = content_type or TYPES.get(path.suffix.lower(), "")
    fields: dict[str, Any] = {
        "id": article_id(source, url, given),
        "url": url,
        "source": source,
        "headline": headline,
        "content_type": content_type,
        "body_base64": b64encode(body),
        "fetched_at": fetched_at,
    }
    return RawArticle.model_validate(fields)


def record(body: bytes) -> RawArticle:
    """Return the record in the JSON of *body*, read as pipe mode reads a line."""
    from pipeline.pipe import fields_of, raw_record

    return raw_record(fields_of(body.strip()))


def existing(given: str) -> Path:
    """Return the file *given*; say what is wrong with it, and what may have been meant."""
    path = Path(given)
    if path.is_file():
        return path
    if path.is_dir():
        raise typer.BadParameter(f"{given} is a folder; name one file in it")
    if given.startswith("www.") or (given.partition("/")[0].count(".") and "/" in given):
        hint = f". An address begins with https://, for example https://{given}"
    else:
        near = difflib.get_close_matches(path.name, names_beside(path), 1)
        hint = f". Did you mean {path.parent / near[0]}?" if near else ""
    raise typer.BadParameter(f"there is no file {given}{hint}")


def names_beside(path: Path) -> list[str]:
    """Return the names of the files in the folder that *path* would lie in."""
    return [one.name for one in path.parent.iterdir()] if path.parent.is_dir() else []


def fetched(url: str) -> tuple[bytes, str]:
    """Return the body and the content type of what is at *url*, read as connectors read.

    Raises:
        ServiceUnavailable: the site does not answer now.
        OSError: the site, or our own rules, will not let us read it.

    """
    from connectors.errors import SourceRefused, SourceUnavailable
    from connectors.http import Http
    from pipeline.settings import load_settings

    settings = load_settings()
    try:
        answer = Http(settings.contact, settings.allow_private_hosts).get(url)
    except SourceUnavailable as error:
        raise ServiceUnavailable(str(error)) from error
    except SourceRefused as error:
        raise OSError(str(error)) from error
    return answer.body, answer.content_type
