"""Who a record is: its id, and the version that decides which copy of it wins.

Ids must never change, so the normal form of an address is written here and not borrowed: a library
that learns a new tracking parameter would give every article of a newspaper a second id.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from datetime import datetime
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

GENERATION = 3
"""Generation of the pipeline, 0-999: raised whenever the same raw record gives another document."""

DEFAULT_PORTS = {"http": 80, "https": 443}
TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_[ce]id|_ga|_gl|ns_\w+|"
    r"cmpid|icid|ito|ftag|smid|at_(?:medium|campaign|link_\w+|bbc_team|format))",
    re.IGNORECASE,
)


def article_id(source: str, url: str = "", guid: str = "") -> str:
    """Return the id of an article: 32 hex digits from its source and its address, else its guid.

    Args:
        source: the id of the source as configured.
        url: the address that was asked for, before redirects.
        guid: what the source itself calls the item; used only where there is no address.

    >>> article_id("gazette", "https://Gazette.test:443/a/../b?utm_source=x#top") == (
    ...     article_id("gazette", "https://gazette.test/b"))
    True

    """
    key = normal_form(url) if url else f"guid:{guid}"
    return hashlib.sha256(f"{source}\n{key}".encode(errors="replace")).hexdigest()[:32]


def address_id(url: str) -> str:
    """Return the id of an address whatever source lists it: how a takedown names it.

    >>> address_id("https://gazette.test/b?utm_source=x") == address_id("https://gazette.test/b")
    True
    """
    return article_id("", url)


def normal_form(url: str) -> str:
    """Return *url* without what does not name the page: case of the host, port, tracking, fragment.

    Anything that cannot be read as an http address comes back stripped, otherwise untouched.

    >>> normal_form("HTTP://News.test:80/a//b/./c/?b=2&a=1&fbclid=x#y")
    'http://news.test/a/b/c/?a=1&b=2'
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        return url
    host = host_name(parts.hostname)
    if port and port != DEFAULT_PORTS[parts.scheme]:
        host = f"{host}:{port}"
    query = f"?{kept}" if (kept := kept_query(parts)) else ""
    return f"{parts.scheme}://{host}{path(parts.path)}{query}"


def host_name(host: str) -> str:
    """Return *host* in lower case, in its ASCII form where it has one."""
    try:
        return host.rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        return host.rstrip(".").lower()


def path(raw: str) -> str:
    """Return a path with its dots resolved and its escapes in one form; a last slash is kept."""
    resolved = posixpath.normpath("/" + unquote(raw, errors="surrogateescape").lstrip("/"))
    if raw.endswith("/") and resolved != "/":
        resolved += "/"
    return quote(resolved.encode(errors="surrogateescape"), safe="/:@!$&'()*+,;=~-._")


def kept_query(parts: SplitResult) -> str:
    """Return the query without tracking parameters, sorted."""
    pairs = parse_qsl(parts.query, keep_blank_values=True, errors="replace")
    return urlencode(sorted(pair for pair in pairs if not TRACKING.fullmatch(pair[0])))


def document_version(fetched_at: datetime | None, generation: int = GENERATION) -> int:
    """Return the external version of a document: milliseconds of the fetch x 1000 + generation.

    A later fetch wins over an earlier one, the same fetch reprocessed by a newer pipeline wins over
    its older self, and a late replay never overwrites what is newer.
    """
    millis = round(fetched_at.timestamp() * 1000) if fetched_at else 0
    return max(millis, 0) * 1000 + generation
