"""The body of an answer, read with a limit on everything a server may get wrong on purpose."""

from __future__ import annotations

import http.client
import zlib

from connectors.errors import SourceRefused, SourceUnavailable

MAX_WIRE_BYTES = 5 << 20
MAX_BYTES = 20 << 20
MAX_RATIO = 100
FREE_BYTES = 1 << 20
"""Below this size no ratio is asked for: a short page of spaces packs very well."""
CHUNK = 64 << 10
WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 47}
"""What zlib must be told for each coding: 31 is gzip, 47 finds out by itself."""


def read_body(answer: http.client.HTTPResponse, url: str) -> bytes:
    """Return the body of *answer*, decompressed.

    Raises:
        SourceRefused: it is too big, packed beyond reason, or packed in a way we do not read.
        SourceUnavailable: it broke off in the middle.

    """
    coding = (answer.headers.get("Content-Encoding") or "identity").strip().lower()
    if coding in ("identity", ""):
        return read_wire(answer, url)
    if coding not in WINDOWS:
        raise SourceRefused(f"{url}: packed as {coding!r}, which we did not ask for; their fault")
    return unpack(read_wire(answer, url), coding, url)


def read_wire(answer: http.client.HTTPResponse, url: str) -> bytes:
    """Return the bytes as they were sent."""
    parts: list[bytes] = []
    size = 0
    while chunk := answer.read1(CHUNK):
        size += len(chunk)
        if size > MAX_WIRE_BYTES:
            raise SourceRefused(f"{url}: more than {MAX_WIRE_BYTES >> 20} MB; it is no article")
        parts.append(chunk)
    if answer.length:
        raise SourceUnavailable(
            f"{url}: the answer broke off {answer.length} bytes early. The fault is theirs"
        )
    return b"".join(parts)


def unpack(packed: bytes, coding: str, url: str = "the body") -> bytes:
    """Return *packed* in full; a bomb is refused before it has grown.

    >>> unpack(zlib.compress(b"news"), "deflate")
    b'news'
    """
    limit = min(MAX_BYTES, max(FREE_BYTES, len(packed) * MAX_RATIO))
    try:
        return inflate(packed, WINDOWS[coding], limit, url)
    except zlib.error as error:
        if coding == "deflate":  # some servers send it without the zlib header
            try:
                return inflate(packed, -zlib.MAX_WBITS, limit, url)
            except zlib.error:
                pass  # the first complaint is the one to tell
        raise SourceUnavailable(f"{url}: broken {coding} ({error}). The fault is theirs") from error


def inflate(packed: bytes, window: int, limit: int, url: str) -> bytes:
    """Return at most *limit* bytes that *packed* holds, all members of it."""
    out = b""
    while packed:
        machine = zlib.decompressobj(window)
        out += machine.decompress(packed, limit + 1 - len(out))
        if len(out) > limit:
            raise SourceRefused(
                f"{url}: a small body unpacks to more than {limit >> 20} MB: it is a bomb"
            )
        if not machine.eof:
            raise SourceUnavailable(f"{url}: the packed answer broke off early; their fault")
        packed = machine.unused_data.lstrip(b"\0")
    return out
