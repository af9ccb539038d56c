"""A server in a bad mood before Elasticsearch: it refuses a share of the documents of each bulk.

What it lets through goes to the real node, and the answers are the real node's.  It remembers which
documents were stored, to see whether anybody sends one of those again.
"""

from __future__ import annotations

import http.client
import random
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson

from tests.faults.proxy import LOOPBACK

REFUSALS = (
    (429, "es_rejected_execution_exception"),
    (429, "circuit_breaking_exception"),
    (503, "unavailable_shards_exception"),
    (403, "security_exception"),
)
"""What single documents are refused with."""
WHOLE = ((429, "circuit_breaking_exception"), (503, "master_not_discovered_exception"))
"""What whole requests are refused with."""
KEPT_HEADERS = ("Content-Type", "Accept", "Authorization")
Pair = tuple[bytes, bytes]


class Crowd(ThreadingHTTPServer):
    """Listens on a free port before the node at *target*; refuses *share* of the documents."""

    daemon_threads = True

    def __init__(self, target: int, rng: random.Random, share: float = 0.3) -> None:
        super().__init__((LOOPBACK, 0), Handler)
        self.target, self.rng, self.share = target, rng, share
        self.lock = threading.Lock()
        self.refused: int = 0
        self.stored: set[tuple[str, int]] = set()
        self.again: list[tuple[str, int]] = []
        """Documents that were sent again although they had been stored."""
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def close(self) -> None:
        """End it."""
        self.shutdown()
        self.server_close()

    def chance(self) -> bool:
        """Whether this one is refused."""
        with self.lock:
            hit = self.rng.random() < self.share
            self.refused += hit
        return hit

    def remember(self, pairs: list[Pair], items: list[dict[str, Any]]) -> None:
        """Note which documents were stored, and which of them had been before."""
        for (action, _), item in zip(pairs, items, strict=True):
            (meta,) = orjson.loads(action).values()
            (result,) = item.values()
            key = (meta["_id"], meta.get("version", 0))
            with self.lock:
                if key in self.stored:
                    self.again.append(key)
                if result["status"] in (200, 201):
                    self.stored.add(key)


class Handler(BaseHTTPRequestHandler):
    """One connection of a client."""

    protocol_version = "HTTP/1.1"
    server: Crowd

    def log_message(self, *_: object) -> None:
        """Say nothing on stderr."""

    def answer(self) -> None:
        """Pass a request on; of a bulk only a share."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        bulk = "/_bulk" in self.path
        if bulk and self.server.chance():
            status, error = self.server.rng.choice(WHOLE)
            self.reply(status, orjson.dumps({"error": fault(error), "status": status}))
            return
        status, told = self.crowded(body) if bulk else self.forward(body)
        self.reply(status, told)

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = answer  # noqa: N815  (http.server's names)

    def crowded(self, body: bytes) -> tuple[int, bytes]:
        """Send the documents that are let through, and put the refusals between the answers."""
        pairs = list(lines_of(body))
        refused = [self.server.chance() for _ in pairs]
        through = [pair for pair, no in zip(pairs, refused, strict=True) if not no]
        items: list[dict[str, Any]] = []
        if through:
            status, told = self.forward(b"".join(a + s for a, s in through))
            if status != 200:
                return status, told
            items = orjson.loads(told)["items"]
            self.server.remember(through, items)
        real = iter(items)
        merged = [self.refusal() if no else next(real) for no in refused]
        return 200, orjson.dumps({"errors": any(refused), "items": merged, "took": 1})

    def refusal(self) -> dict[str, Any]:
        """Return the answer to a document that is not let through."""
        status, error = self.server.rng.choice(REFUSALS)
        return {"index": {"status": status, "error": fault(error)}}

    def forward(self, body: bytes) -> tuple[int, bytes]:
        """Ask the real node."""
        node = http.client.HTTPConnection(LOOPBACK, self.server.target, timeout=60)
        headers = {name: self.headers[name] for name in KEPT_HEADERS if self.headers[name]}
        try:
            node.request(self.command, self.path, body or None, headers)
            answer = node.getresponse()
            return answer.status, answer.read()
        finally:
            node.close()

    def reply(self, status: int, body: bytes) -> None:
        """Answer the client as the node would."""
        self.send_response(status)
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", "application/vnd.elasticsearch+json;compatible-with=9")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def fault(error: str) -> dict[str, Any]:
    """Return an error as Elasticsearch writes it."""
    return {"type": error, "reason": "too crowded", "root_cause": []}


def lines_of(body: bytes) -> Iterator[Pair]:
    """Yield the action and the document of each part of a bulk body; a delete has none."""
    lines = iter(body.splitlines(keepends=True))
    for action in lines:
        yield action, b"" if b'{"delete"' in action[:12] else next(lines)
