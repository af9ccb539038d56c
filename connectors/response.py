"""An answer from the web: what it means, and what to tell people of it."""

from __future__ import annotations

import contextlib
import http.client
import re
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from connectors.errors import SourceRefused, SourceUnavailable

REDIRECTS = (301, 302, 303, 307, 308)
SECRET = re.compile(
    r"(?i)(?<![a-z0-9])((?:[a-z0-9]+[_-])*(?:token|secret|password|passwd|pwd|api_?key|auth|jwt|"
    r"signature|session_?id|phpsessid|jsessionid))=[^&#;]+"
)
"""A name in a query whose value lets in whoever knows it."""
REFUSALS = {
    401: "it wants a password",
    402: "it wants to be paid",
    403: "it does not let us in",
    404: "there is nothing at this address",
    410: "it is gone for good",
    451: "it may not be shown, for legal reasons",
}


@dataclass(frozen=True, slots=True)
class Response:
    """An answer: ``url`` is where it was found in the end, ``body`` is unpacked."""

    status: int
    url: str
    body: bytes
    content_type: str
    headers: dict[str, str]
    """By name, in lower case."""


def response(answer: http.client.HTTPResponse, url: str, body: bytes) -> Response:
    """Return what http.client read as a Response."""
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Response(answer.status, url, body, headers.get("content-type", ""), headers)


def accepted(answer: Response) -> Response:
    """Return *answer* if it is 200 or 304.

    Raises:
        SourceUnavailable: 429, 408, 5xx.
        SourceRefused: anything else.

    """
    if answer.status in (200, 304):
        return answer
    url = shown(answer.url)
    if answer.status in (408, 429) or answer.status >= 500:
        wait = retry_after(answer.headers.get("retry-after", ""), time.time())
        raise SourceUnavailable(
            f"{url}: the server answered {answer.status}. The fault is theirs", retry_secs=wait
        )
    why = REFUSALS.get(answer.status, "it does not serve this")
    raise SourceRefused(
        f"{url}: the server answered {answer.status}: {why}. Open it in a browser, mend the address"
    )


def redirect(answer: Response) -> str:
    """Return where *answer* leads.

    Raises:
        SourceRefused: nowhere.

    """
    target = answer.headers.get("location", "")
    if not target:
        raise SourceRefused(f"{shown(answer.url)}: a redirect to nowhere; the fault is theirs")
    with contextlib.suppress(UnicodeError):  # http.client reads headers as Latin-1
        target = target.encode("latin-1").decode()
    return urljoin(answer.url, target)


def retry_after(value: str, now: float) -> float:
    """Return the seconds that a Retry-After header asks for, 0.0 where it cannot be read.

    >>> retry_after("120", 0.0), retry_after("Thu, 01 Jan 1970 00:01:00 GMT", 0.0)
    (120.0, 60.0)
    >>> retry_after("soon", 0.0)
    0.0
    """
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(parsedate_to_datetime(value).timestamp() - now, 0.0)
    except (ValueError, TypeError, OverflowError):
        return 0.0


def shown(url: str) -> str:
    """Return *url* for people and logs: without its query and user, where secrets are.

    >>> shown("https://me:pw@news.test/feed?token=secret")
    'https://news.test/feed?…'
    """
    address, mark, _ = url.partition("?")
    scheme, slashes, rest = address.rpartition("//")
    host, slash, path = rest.partition("/")
    short = f"{scheme}{slashes}{host.rpartition('@')[2]}{slash}{path}"[:200]
    return f"{short}?…" if mark else short


def kept(url: str) -> str:
    """Return *url* as it may be stored: still an address, without what is like a password.

    >>> kept("https://me:pw@news.test/a?id=7&access_token=s3cret&page=2#top")
    'https://news.test/a?id=7&access_token=hidden&page=2#top'
    >>> kept("https://news.test/a?author=ann&keyword=oslo")
    'https://news.test/a?author=ann&keyword=oslo'
    """
    address, mark, query = url.partition("?")
    scheme, slashes, rest = address.partition("//")
    host, slash, path = rest.partition("/")
    bare = f"{scheme}{slashes}{host.rpartition('@')[2]}{slash}{path}" if slashes else address
    return bare + mark + SECRET.sub(r"\1=hidden", query)
