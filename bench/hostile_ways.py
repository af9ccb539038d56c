"""The ways by which a file of somebody else comes in: each connector there is, and Kafka itself."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import quote

from connectors import Connector, Cursors, Files, ItemMalformed, Rss, Tools
from connectors.addresses import is_public
from connectors.content import body_fields
from connectors.errors import SourceRefused, SourceUnavailable
from connectors.files import KINDS, LISTS
from connectors.round import new_articles
from connectors.source_file import load
from schemas import ConfigError, RawArticle, article_id
from schemas.topics import MAX_RECORD_BYTES

HOST = "localhost"
TYPES = {
    ".html": "text/html", ".htm": "text/html", ".txt": "text/plain", ".json": "application/json",
    ".xml": "application/xml",
}  # fmt: skip
CODINGS = {b"\x1f\x8b": "gzip"}


@dataclass(frozen=True, slots=True)
class Came:
    """What a way made of a file: messages for articles.raw, and what it refused, with reasons."""

    messages: tuple[bytes, ...] = ()
    refused: tuple[str, ...] = ()
    """Kinds of refusal, such as ``entry refused``."""


Way = Callable[[Path], Came]
WAYS = (
    "feed", "packed feed", "links of feed", "page", "packed page", "folder", "html", "text",
    "message", "source file",
)  # fmt: skip


@dataclass
class Loopback:
    """A server for one file at a time, on this machine only."""

    body: bytes = b""
    content_type: str = ""
    coding: str = ""
    port: int = 0
    paths: dict[str, tuple[bytes, str]] = field(default_factory=dict)

    def put(self, file: Path, *, packed: bool = False) -> str:
        """Serve *file*, as *packed* by what it is; return its address."""
        self.body = file.read_bytes()
        self.content_type = TYPES.get(file.suffix.lower(), "")
        self.coding = coding_of(file.name, self.body) if packed else ""
        return f"http://{HOST}:{self.port}/file"

    def feed(self, link: str) -> str:
        """Serve a feed of ours with one entry that leads to *link*; return its address."""
        text = f"<rss version='2.0'><channel><item><link>{link}</link></item></channel></rss>"
        self.paths["/feed"] = text.encode(), "application/rss+xml"
        return f"http://{HOST}:{self.port}/feed"


def coding_of(name: str, body: bytes) -> str:
    """Return the coding that a file is packed with, by its first bytes and its name.

    >>> coding_of("bomb-deflate.bin", b"x"), coding_of("a.html", b"<p>")
    ('deflate', '')
    """
    named = [one for one in ("gzip", "deflate", "br", "zstd") if f"-{one}" in name]
    return CODINGS.get(body[:2], "") or "".join(named[:1])


@contextmanager
def loopback() -> Iterator[Loopback]:
    """Serve files while the context lasts."""
    served = Loopback()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body, kind = served.paths.get(self.path, (served.body, served.content_type))
            known = self.path in ("/file", *served.paths)
            self.send_response(200 if known else 404)
            if known and kind:
                self.send_header("Content-Type", kind)
            if self.path == "/file" and served.coding:
                self.send_header("Content-Encoding", served.coding)
            self.send_header("Content-Length", str(len(body) if known else 0))
            self.end_headers()
            try:
                self.wfile.write(body if known else b"")
            except OSError:  # who reads has had enough
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    served.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with patch("socket.getaddrinfo", partial(without_network, socket.getaddrinfo)):
        yield served
    server.shutdown()
    server.server_close()


def without_network(ask: Callable[..., Any], host: str, port: int, **options: Any) -> Any:
    """Answer as on a machine without a network: it knows itself, and addresses of its own."""
    if host == HOST:
        host = "127.0.0.1"
    found = ask(host, port, flags=socket.AI_NUMERICHOST, **options)
    if any(is_public(address[4][0]) for address in found):
        raise socket.gaierror("there is no network here")
    return found


def ways(served: Loopback, tools: Tools, folder: Path) -> dict[str, Way]:
    """Return every way in, by name; *folder* is an empty one to work in."""
    return {
        "feed": lambda file: feed(served.put(file), tools),
        "packed feed": lambda file: feed(served.put(file, packed=True), tools),
        "links of feed": lambda file: feed(served.put(file), tools, full_text=True),
        "page": lambda file: feed(served.feed(served.put(file)), tools, full_text=True),
        "packed page": lambda file: feed(
            served.feed(served.put(file, packed=True)), tools, full_text=True
        ),
        "folder": lambda file: watched(file, folder, tools),
        "html": partial(raw, "text/html"),
        "text": partial(raw, "text/plain"),
        "message": lambda file: Came((file.read_bytes(),)),
        "source file": source_file,
    }


def applies(way: str, file: Path) -> bool:
    """Say whether *way* makes a difference for *file*."""
    if way.startswith("packed"):
        with file.open("rb") as begin:
            return bool(coding_of(file.name, begin.read(2)))
    return True


def feed(address: str, tools: Tools, *, full_text: bool = False) -> Came:
    """Read *address* as a feed."""
    options = {"id": "hostile", "type": "rss", "url": address, "full_text": full_text}
    return asked(Rss.model_validate(options), tools)


def watched(file: Path, folder: Path, tools: Tools) -> Came:
    """Read *file* from a watched folder; what is of no known kind there is taken for JSON Lines."""
    known = file.suffix.lower() in KINDS.keys() | LISTS
    place = folder / (file.name if known else f"{file.name[:100]}.jsonl")
    shutil.copyfile(file, place)
    os.utime(place, (1e9, 1e9))  # it settled long ago
    try:
        options = {"id": "hostile", "type": "files", "path": str(folder)}
        return asked(Files.model_validate(options), tools)
    finally:
        place.unlink()


def asked(connector: Connector, tools: Tools) -> Came:
    """Return what *connector* offers, as its messages to Kafka."""
    messages: list[bytes] = []
    refused: list[str] = []
    cursors = Cursors(":memory:")
    try:
        for found in new_articles(connector, tools, cursors.of(connector.id)):
            if isinstance(found, ItemMalformed):
                refused.append("entry refused")
            elif len(message := found.to_bytes()) > MAX_RECORD_BYTES:
                refused.append("dead: too_big")  # as the publisher has it
            else:
                messages.append(message)
    except (SourceRefused, SourceUnavailable):
        refused.append("source refused")
    finally:
        cursors.close()
    return Came(tuple(messages), tuple(refused))


def raw(content_type: str, file: Path) -> Came:
    """Put the bytes of *file* into a message, as a connector of another kind would."""
    url = f"https://hostile.test/{quote(file.name)}"
    record = RawArticle.model_validate(
        {"id": article_id("hostile", url), "url": url, "source": "hostile"}
        | body_fields(file.read_bytes(), content_type)
    )
    message = record.to_bytes()
    return Came((message,)) if len(message) <= MAX_RECORD_BYTES else Came((), ("dead: too_big",))


def source_file(file: Path) -> Came:
    """Read *file* as somebody's source file."""
    try:
        load([file])
    except ConfigError as error:
        return Came((), ("config refused",) if error.faults else ())
    return Came((), ("config read",))
