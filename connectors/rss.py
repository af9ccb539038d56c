"""A feed of a newspaper, RSS, Atom or JSON Feed, and the pages that it leads to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Literal
from urllib.parse import urljoin, urlsplit

from pydantic import Field, field_validator

from connectors.connector import Connector, Found, Tools
from connectors.content import body_fields
from connectors.cursors import Cursor, Note
from connectors.errors import ItemMalformed, SourceRefused, SourceUnavailable
from connectors.feed import Entry
from connectors.http import Http
from connectors.response import Response, shown
from schemas import RawArticle, article_id

FULL_EVERY = timedelta(days=1)
"""A feed is read in full this often whatever its validators say: an ETag can lie."""
WHOLE_STORY_CHARS = 1500
"""Content of a feed from this length on is the story and no teaser."""
PAGE_TYPES = {"text/html", "application/xhtml+xml", "text/plain", ""}
NO_PAGES = (b"\x1f\x8b", b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")
"""How archives, documents and pictures begin, whatever their header says."""
KEPT_HEADERS = ("content-language", "etag", "last-modified", "tdm-reservation", "x-robots-tag")


class Rss(Connector):
    """A feed; each of its entries is an article, read from its page where the feed has a teaser."""

    type: Literal["rss"] = Field(description="An RSS, Atom or JSON feed.", examples=["rss"])
    url: str = Field(
        max_length=2048,
        description="Address of the feed, http or https.",
        examples=["https://gazette.example/world/rss.xml"],
    )
    full_text: bool = Field(
        default=True,
        description="Read the page of each entry that carries a teaser only; false: take the feed.",
        examples=[True],
    )

    @field_validator("url")
    @classmethod
    def readable(cls, url: str) -> str:
        """Refuse what is no web address, or has a password in it."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("an address begins with https:// or http:// and a host")
        if parts.username is not None:
            raise ValueError("no user and password in an address: it is shown in logs")
        return url

    def fetch(self, tools: Tools, since: Cursor) -> Iterator[Found]:
        """Yield the entries that are new or changed, in the order of the feed."""
        answer = ask(tools.http, self.url, since)
        if answer.status == 304:
            return
        feed = tools.read_feed(answer.body, answer.content_type)
        for _ in range(feed.unreadable):
            yield ItemMalformed(shown(self.url), "an entry that the feed parser chokes on")
        done, seen = True, set[str]()
        for entry in feed.entries:
            for found in self._entry(entry, answer.url, tools.http, since, seen):
                done = done and not isinstance(found, Later)
                yield found
        if done:  # else the next answer must not be 304, or the missing pages are never read
            yield from validators(answer, since)

    def _entry(
        self, entry: Entry, base: str, http: Http, since: Cursor, seen: set[str]
    ) -> Iterator[Found]:
        """Yield the article of *entry*, and the note that it was read as it is."""
        link = address(entry, base)
        where = shown(link) if link else f"{shown(base)}: entry {shown(entry.guid)[:100]!r}"
        name = link or entry.guid or entry.headline + entry.summary
        if not name:
            yield ItemMalformed(where, "it has neither an address nor a name nor words")
            return
        note = Note(article_id(self.id, link, name), fingerprint(entry))
        if note.key in seen:  # of two entries for one page, the first counts
            return
        seen.add(note.key)
        if since.noted(note):
            return
        try:
            yield self._article(entry, link, note.key, http)
        except SourceUnavailable as error:
            yield Later(where, f"{bare(error, where)}. It is tried again in the next round")
            return
        except SourceRefused as error:
            yield ItemMalformed(where, bare(error, where))
        except ItemMalformed as malformed:
            yield malformed
        yield note

    def _article(self, entry: Entry, link: str, key: str, http: Http) -> RawArticle:
        """Return the article of *entry*, from its page or from the feed."""
        headers: dict[str, str] = {}
        if self.full_text and link and len(entry.content) < WHOLE_STORY_CHARS:
            body, headers = page(http.get(link))
        else:
            body = from_feed(entry, link)
        told = {
            "headline": entry.headline,
            "summary": entry.summary[:10_000],
            "authors": entry.authors,
            "published_at": (entry.published_at or entry.updated_at)[:100],
            "language": self.language or entry.language[:35],
        }
        return RawArticle.model_validate(
            self.described() | told | body | {"id": key, "url": link, "headers": headers}
        )


class Later(ItemMalformed):
    """An entry whose page could not be read now; it is not noted, so it is tried again."""


def bare(error: Exception, where: str) -> str:
    """Return the words of *error*, without the address that will stand before them."""
    return str(error).removeprefix(f"{where}: ")


def ask(http: Http, url: str, since: Cursor) -> Response:
    """Return the answer of the feed: only if it changed, or in full once a day."""
    read_at = since.note("feed:full")
    recent = read_at and datetime.now(UTC) - datetime.fromisoformat(read_at) < FULL_EVERY
    if not recent or since.note("feed:lies"):
        return http.get(url)
    return http.get(url, etag=since.note("feed:etag"), modified=since.note("feed:modified"))


def validators(answer: Response, since: Cursor) -> Iterator[Note]:
    """Yield what makes the next request conditional, and whether the validators can be trusted.

    They lie if the content is another and they are the same.
    """
    etag, modified = answer.headers.get("etag", ""), answer.headers.get("last-modified", "")
    now = hashlib.sha256(answer.body).hexdigest()[:32]
    same = (etag or modified) and (since.note("feed:etag"), since.note("feed:modified")) == (
        etag,
        modified,
    )
    if same and since.note("feed:digest") not in ("", now):
        yield Note("feed:lies", "yes")
    yield Note("feed:etag", etag)
    yield Note("feed:modified", modified)
    yield Note("feed:digest", now)
    yield Note("feed:full", datetime.now(UTC).isoformat())


def address(entry: Entry, base: str) -> str:
    """Return the address of an entry's page; empty where it names none that can be read.

    >>> address(Entry(link="/a?b=1"), "https://gazette.example/rss")
    'https://gazette.example/a?b=1'
    >>> address(Entry(link="javascript:alert(1)"), "https://gazette.example/rss")
    ''
    """
    for candidate in (entry.link, entry.guid if entry.guid.startswith("http") else ""):
        try:
            parts = urlsplit(urljoin(base, candidate)) if candidate else urlsplit("")
        except ValueError:
            continue  # such as http://[; the next one may do
        if parts.scheme in ("http", "https") and parts.hostname and parts.username is None:
            return parts.geturl()
    return ""


def page(answer: Response) -> tuple[dict[str, str | bytes], dict[str, str]]:
    """Return the body fields and the headers worth keeping of an article's page.

    Raises:
        ItemMalformed: it is no page, but a film, a picture or a document.

    """
    kind = answer.content_type.partition(";")[0].strip().lower()
    if kind not in PAGE_TYPES or not answer.body.strip() or answer.body.startswith(NO_PAGES):
        raise ItemMalformed(shown(answer.url), f"not a page: {kind}, {len(answer.body):,} bytes")
    kept = {name: answer.headers[name][:500] for name in KEPT_HEADERS if name in answer.headers}
    return body_fields(answer.body, answer.content_type or "text/html"), kept


def from_feed(entry: Entry, link: str) -> dict[str, str | bytes]:
    """Return the words that the feed itself carries.

    Raises:
        ItemMalformed: there are none.

    """
    words = entry.content or entry.summary
    if not words:
        raise ItemMalformed(shown(link or entry.guid)[:100], "the feed has no words for it")
    return {"content_type": "text/html; charset=utf-8", "body": words}


def fingerprint(entry: Entry) -> str:
    """Return a hash of all that the feed tells of an entry: while it stays, so does the page."""
    return hashlib.sha256(repr(entry).encode(errors="replace")).hexdigest()[:32]
