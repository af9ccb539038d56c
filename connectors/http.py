"""The one polite client: everything that newsmill reads from the web is read through it.

It goes only where it may (connectors/addresses.py), keeps to robots.txt, waits between two
requests to a host, says who it is, and reads no more than it said it would.  It takes no proxy from
the environment, because a proxy would connect where we look away.
"""

from __future__ import annotations

import contextlib
import http.client
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from connectors.addresses import connect
from connectors.body import read_body
from connectors.errors import SourceRefused, SourceUnavailable
from connectors.response import REDIRECTS, Response, accepted, redirect, response, shown
from connectors.robots import Robots
from schemas.identity import DEFAULT_PORTS, host_name

TOTAL_SECS = 60.0
MAX_REDIRECTS = 5
MAX_CHARS = 2048
HOST = re.compile(r"[a-z0-9_.-]+|[0-9a-f:.]+")
SAFE = "/%:@!$&'()*+,;=~-._?"
"""Characters that stay as they are in a path or query; all else is escaped."""


@dataclass
class Host:
    """When a host was last asked; its lock lets one request through at a time."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0


@dataclass
class Http:
    """Reads addresses, politely; safe from as many threads.

    Args:
        contact: an address of a person, for the user agent.
        allow_private: hosts that may have any address and any port, as they stand in the URL.
        delay_secs: at least this long between the end of a request to a host and the next.
        total_secs: how long one request may take, from the first byte to the last.

    """

    contact: str = ""
    allow_private: Collection[str] = ()
    delay_secs: float = 1.0
    total_secs: float = TOTAL_SECS
    sleep: Callable[[float], None] = time.sleep
    robots: Robots = field(default_factory=Robots)
    _hosts: dict[str, Host] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def get(self, url: str, *, etag: str = "", modified: str = "") -> Response:
        """Return what is at *url*: status 200, or 304 where nothing changed since *etag*.

        Raises:
            SourceUnavailable: no answer, 429, 5xx, or the answer broke off; worth another try.
            SourceRefused: 4xx, robots.txt, a non-public address, too big; somebody must look.

        """
        asked = {"If-None-Match": etag, "If-Modified-Since": modified}
        for _ in range(MAX_REDIRECTS + 1):
            parts = self._parts(url)
            wait = self.robots.check(urlunsplit(parts), self._robots_txt)
            answer = self._polite(parts, {k: v for k, v in asked.items() if v}, wait)
            if answer.status not in REDIRECTS:
                return accepted(answer)
            url = redirect(answer)
        raise SourceRefused(
            f"{shown(url)}: more than {MAX_REDIRECTS} redirects; the fault is theirs"
        )

    def _robots_txt(self, url: str) -> tuple[int, bytes]:
        """Return status and body of a robots.txt, wherever on the web it was moved to."""
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._polite(self._parts(url), {}, 0.0)
            if answer.status not in REDIRECTS:
                return answer.status, answer.body
            url = redirect(answer)
        return 404, b""

    def _parts(self, url: str) -> SplitResult:
        """Return *url* in pieces that are safe to send.

        Raises:
            SourceRefused: it is not an address that we read.

        """
        try:
            parts = urlsplit(url.strip())
            port = parts.port
        except ValueError as error:
            raise SourceRefused(f"{shown(url)}: not an address ({error})") from error
        host = host_name(parts.hostname or "")
        if parts.scheme not in DEFAULT_PORTS or not HOST.fullmatch(host) or len(url) > MAX_CHARS:
            raise SourceRefused(f"{shown(url)}: only http and https addresses are read")
        if parts.username is not None:
            raise SourceRefused(f"{shown(url)}: an address with a password in it is not read")
        if port not in (None, *DEFAULT_PORTS.values()) and host not in self.allow_private:
            raise SourceRefused(f"{shown(url)}: only the ports 80 and 443 are read")
        netloc = f"[{host}]" if ":" in host else host
        netloc = f"{netloc}:{port}" if port else netloc
        return SplitResult(
            parts.scheme, netloc, quote(parts.path or "/", SAFE), quote(parts.query, SAFE), ""
        )

    def _polite(self, parts: SplitResult, asked: dict[str, str], wait: float) -> Response:
        """Ask once, when the host's turn has come."""
        with self._lock:
            host = self._hosts.setdefault(parts.netloc, Host())
        with host.lock:
            pause = host.free_at - time.monotonic()
            if pause > 0:
                self.sleep(pause)
            try:
                return self._ask(parts, asked)
            finally:
                host.free_at = time.monotonic() + max(self.delay_secs, wait)

    def _ask(self, parts: SplitResult, asked: dict[str, str]) -> Response:
        """Send one request and read its answer within `total_secs`."""
        url = shown(urlunsplit(parts))
        line = Line(self, parts)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        try:
            line.request("GET", target, headers=self._headers() | asked)
            with line.getresponse() as answer:
                body = read_body(answer, url) if answer.status == 200 else b""
                return response(answer, urlunsplit(parts), body)
        except (OSError, http.client.HTTPException, SourceUnavailable) as error:
            if isinstance(error, SourceUnavailable) and not line.late:
                raise
            why = f"no full answer within {self.total_secs:g} s" if line.late else told(error)
            raise SourceUnavailable(
                f"{url}: {why}. The fault is theirs or the network's"
            ) from error
        finally:
            line.end()

    def _headers(self) -> dict[str, str]:
        """Return who we are and what we read."""
        contact = f" (+{self.contact})" if self.contact else ""
        return {
            "User-Agent": f"newsmill/1{contact}",
            "Accept": "*/*",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        }


class Line(http.client.HTTPConnection):
    """A connection that goes to checked addresses only and ends when its time is up."""

    def __init__(self, client: Http, parts: SplitResult) -> None:
        super().__init__(parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme])
        self.client = client
        self.tls = parts.scheme == "https"
        self.late = False
        self.alarm: threading.Timer | None = None
        self.wire: socket.socket

    def connect(self) -> None:
        """Open the socket; http.client calls this."""
        opened = connect(self.host, self.port, self.client.allow_private)
        self.wire = opened.dup()
        self.alarm = threading.Timer(self.client.total_secs, self.cut)
        self.alarm.daemon = True
        self.alarm.start()
        opened.settimeout(self.client.total_secs)
        if self.tls:
            opened = self.client._tls.wrap_socket(opened, server_hostname=self.host)  # noqa: SLF001
        self.sock = opened

    def cut(self) -> None:
        """End the connection under whoever waits for it: its time is up."""
        self.late = True
        with contextlib.suppress(OSError):  # it has just ended by itself
            self.wire.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        """Close the connection and call the alarm off."""
        if self.alarm is not None:
            self.alarm.cancel()
            self.wire.close()
        self.close()


def told(error: Exception) -> str:
    """Return what an error says, or its name where it says nothing."""
    return str(error) or type(error).__name__
