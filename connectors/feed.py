"""A feed: RSS, Atom or JSON Feed, read into entries; one bad entry never costs the others."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import feedparser
import orjson

from connectors.errors import SourceRefused
from connectors.feed_text import decode, feed_text

MAX_JSON_ITEMS = 2000
ITEMS = re.compile(r"<(item|entry)[\s>].*?</\1\s*>", re.DOTALL)
TAG = re.compile(r"<[^<>]*>")
EMAIL = re.compile(r"[\w.+-]+@[\w.-]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a feed, as the feed tells of it; empty: the feed does not say."""

    guid: str = ""
    link: str = ""
    headline: str = ""
    summary: str = ""
    content: str = ""
    """The whole story as HTML, where the feed carries it."""
    authors: tuple[str, ...] = ()
    published_at: str = ""
    updated_at: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """The entries of a feed, and how many of them could not be read."""

    entries: tuple[Entry, ...]
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class FeedReader:
    """Reads feeds in a process that is killed when one of them hangs it.

    ``call`` hands work to such a process and returns its answers (pipeline.pool); the process
    was made with `prepare`.
    """

    call: Callable[[Sequence[tuple[bytes, str]]], list[Any]]

    def __call__(self, body: bytes, content_type: str) -> Feed:
        """Return the feed in *body*.

        Raises:
            SourceRefused: it is no feed, or reading it took too much.

        """
        (answer,) = self.call([(body, content_type)])
        if isinstance(answer, Feed):
            return answer
        if isinstance(answer, str):
            raise SourceRefused(answer)
        raise SourceRefused(f"the feed cannot be read: {answer.message}")


def prepare() -> Callable[[tuple[bytes, str]], Feed | str]:
    """Return what a worker does; called once in its process."""
    return feed_or_reason


def feed_or_reason(given: tuple[bytes, str]) -> Feed | str:
    """Return the feed, or the words of the refusal: an exception would not cross the pipe."""
    try:
        return read_feed(*given)
    except SourceRefused as refusal:
        return str(refusal)


def read_feed(body: bytes, content_type: str = "") -> Feed:
    """Return the feed in *body*.

    Raises:
        SourceRefused: it is no feed.

    >>> read_feed(b"<rss version='2.0'><channel><item><title>A</title></item></channel></rss>")
    Feed(entries=(Entry(guid='', link='', headline='A', summary='', content='', authors=(), \
published_at='', updated_at='', language=''),), unreadable=0)
    """
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return json_feed(body)
    text = feed_text(body, content_type)
    try:
        parsed = parse(text)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  (whatever the parser chokes on, the neighbours are tried)
        return item_by_item(text)
    if not parsed.entries and not parsed.version:
        raise SourceRefused(
            "this is no feed. Open the address in a browser and look for the feed's"
        )
    return Feed(tuple(map(entry, parsed.entries)))


def parse(text: str) -> Any:
    """Return what feedparser makes of *text*; it never sees a name that it could open."""
    return feedparser.parse(
        BytesIO(text.encode()),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def item_by_item(text: str) -> Feed:
    """Return the entries that can be read when each stands alone in the feed."""
    items = list(ITEMS.finditer(text))
    if not items:
        raise SourceRefused("the feed cannot be read, nor any item of it; the fault is theirs")
    head, tail = text[: items[0].start()], text[items[-1].end() :]
    entries: list[Entry] = []
    for item in items:
        try:
            entries.extend(map(entry, parse(head + item[0] + tail).entries))
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001, S112  (counted below: what is missing was unreadable)
            continue
    return Feed(tuple(entries), max(len(items) - len(entries), 0))


def entry(found: dict[str, Any]) -> Entry:
    """Return an entry of feedparser as ours."""
    contents = [str(part.get("value") or "") for part in found.get("content") or ()]
    return Entry(
        guid=text_of(found.get("id")),
        link=text_of(found.get("link")),
        headline=plain(found.get("title")),
        summary=text_of(found.get("summary")),
        content=max(contents, key=len, default="").strip(),
        authors=writers(found),
        published_at=text_of(found.get("published")),
        updated_at=text_of(dict.get(found, "updated")),  # .get() would give the published time
        language=text_of(found.get("language")),
    )


def writers(found: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of an entry's writers.

    feedparser cuts an address such as ann@paper.london in the middle; a lone one is read here.

    >>> writers({"author": "ann@paper.london (Ann Lee)", "authors": [{"name": "on (Ann Lee"}]})
    ('Ann Lee',)
    """
    listed = found.get("authors") or ()
    if len(listed) == 1 and "@" in text_of(found.get("author")):
        listed = [{"name": EMAIL.sub("", text_of(found["author"])).strip(" <>()")}]
    return names(listed)


def json_feed(body: bytes) -> Feed:
    """Return a JSON Feed (jsonfeed.org, 1.0 and 1.1)."""
    try:
        document = orjson.loads(decode(body))
    except orjson.JSONDecodeError as error:
        raise SourceRefused(f"the feed is broken JSON ({error}); the fault is theirs") from error
    items = document.get("items")
    if not isinstance(items, list):
        raise SourceRefused("this JSON is no feed: it has no list of items")
    known = [item for item in items[:MAX_JSON_ITEMS] if isinstance(item, dict)]
    return Feed(tuple(map(json_entry, known)), min(len(items), MAX_JSON_ITEMS) - len(known))


def json_entry(item: dict[str, Any]) -> Entry:
    """Return an item of a JSON Feed as an entry."""
    authors = item.get("authors") or [item.get("author")]
    return Entry(
        guid=text_of(item.get("id")),
        link=text_of(item.get("url")),
        headline=plain(item.get("title")),
        summary=text_of(item.get("summary")),
        content=text_of(item.get("content_html")) or html.escape(text_of(item.get("content_text"))),
        authors=names(authors if isinstance(authors, list) else ()),
        published_at=text_of(item.get("date_published")),
        updated_at=text_of(item.get("date_modified")),
        language=text_of(item.get("language")),
    )


def text_of(value: object) -> str:
    """Return *value* if it is text or a number, without the space around it; else nothing."""
    return str(value).strip() if isinstance(value, (str, int)) else ""


def plain(value: object) -> str:
    r"""Return a headline as words: no tags, no entities, one line.

    >>> plain("Rain &amp; <b>storms</b>\n hit coast")
    'Rain & storms hit coast'
    """
    return " ".join(html.unescape(TAG.sub("", text_of(value))).split())[:1000]


def names(authors: Iterable[Any]) -> tuple[str, ...]:
    """Return the names in a list of authors, each once, at most fifty."""
    found = (plain(author.get("name")) for author in authors if isinstance(author, Mapping))
    return tuple(dict.fromkeys(name for name in found if name))[:50]
