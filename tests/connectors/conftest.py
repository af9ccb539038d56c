"""A newspaper's web site on the loopback, that says what a test tells it to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from connectors import Cursor, Cursors, Tools
from connectors.feed import read_feed
from connectors.http import Http

HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass
class Site:
    """Pages by path, and every request that was made."""

    address: str
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    drips: set[str] = field(default_factory=set)
    """Paths that are answered one byte at a time, for ever."""
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str) -> str:
        """Return the address of *path*."""
        return f"{self.address}{path}"

    def page(self, path: str, body: str | bytes = b"", status: int = 200, **headers: str) -> None:
        """Serve *body* at *path*; ``content_type="x"`` is the header Content-Type."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = (status, HTML | named, data)


def handler_of(site: Site) -> type[BaseHTTPRequestHandler]:
    """Return a handler that serves *site*."""

    class Handler(BaseHTTPRequestHandler):
        """Answers from the table of pages."""

        def do_GET(self) -> None:
            """Answer one request."""
            site.asked.append(self.path)
            site.headers.append({k.lower(): v for k, v in self.headers.items()})
            status, headers, body = site.pages.get(self.path, (404, HTML, b""))
            if headers.get("etag") and self.headers.get("If-None-Match") == headers["etag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in {"content-length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            while self.path in site.drips and not site.closing.wait(0.02):
                self.wfile.write(b" ")
                self.wfile.flush()
            self.wfile.write(body)

        def handle(self) -> None:
            """Answer; a client that hangs up is what some tests are about."""
            try:
                super().handle()
            except ConnectionError:
                return

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler


@pytest.fixture
def site() -> Iterator[Site]:
    """Run a site for one test."""
    found = Site("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(found))
    found.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield found
    found.closing.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def http() -> Http:
    """Return a client that may read the loopback, and is in a hurry."""
    return Http("desk@newsmill.example", ("127.0.0.1",), delay_secs=0.0)


@pytest.fixture
def tools(http: Http) -> Tools:
    """Return what a connector may use; feeds are read in this process."""
    return Tools(http, read_feed)


@pytest.fixture
def cursors() -> Iterator[Cursors]:
    """Return an empty memory."""
    memory = Cursors(":memory:")
    yield memory
    memory.close()


@pytest.fixture
def cursor(cursors: Cursors) -> Cursor:
    """Return the empty memory of one source."""
    return cursors.of("gazette")
