"""What a page says of itself to machines: linked data (schema.org) and meta tags."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
from courlan import extract_domain

ARTICLE = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report)$")
INSIDE = ("@graph", "mainEntity", "mainEntityOfPage")
MAX_NODES = 200
MAX_FIELD = 1000
MAX_LIST = 100
PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "dcterms.created", "dc.date.issued", "dc.date", "pubdate", "publishdate",
    "publish-date", "publication_date", "date",
)  # fmt: skip
MODIFIED = ("article:modified_time", "og:article:modified_time", "datemodified", "last-modified")
AUTHORS = ("author", "parsely-author", "sailthru.author", "dc.creator", "article:author", "byl")
KEYWORDS = ("news_keywords", "keywords", "article:tag", "parsely-tags")


@dataclass(frozen=True, slots=True)
class Markup:
    """The fields of a page, as written there; empty where it does not say."""

    titles: tuple[str, ...] = ()
    """The headline by linked data, by meta tag, by the first h1 and by the title."""
    sites: tuple[str, ...] = ()
    published: tuple[tuple[str, str], ...] = ()
    """Pairs of origin (json-ld, meta, text) and date as written."""
    modified: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    summary: str = ""
    sections: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    canonical_url: str | None = None
    image_url: str | None = None
    free: bool | None = None
    """What isAccessibleForFree says."""


def read_markup(tree: lxml.html.HtmlElement, linked_data: Sequence[Any], url: str) -> Markup:
    """Return what the page at *url* says of itself."""
    node = article_node(linked_data)
    metas = meta_tags(tree)
    told = [*names(node.get("publisher")), *metas.get("og:site_name", ())]
    return Markup(
        titles=tuple(filter(None, [plain(node.get("headline")), *titles(tree, metas)])),
        sites=tuple(filter(None, told)),
        published=tuple(published(tree, node, metas)),
        modified=tuple(filter(None, [plain(node.get("dateModified")), *first(metas, MODIFIED)])),
        authors=tuple(names(node.get("author")) or first(metas, AUTHORS)),
        summary=plain(node.get("description"))
        or "".join(first(metas, ("og:description", "description"))),
        sections=words(node.get("articleSection")) or tuple(first(metas, ("article:section",))),
        keywords=words(node.get("keywords")) or words([*all_of(metas, KEYWORDS)]),
        canonical_url=canonical(tree, url),
        image_url=image(node, metas, url),
        free=accessible(node.get("isAccessibleForFree")),
    )


def article_node(linked_data: Sequence[Any]) -> dict[str, Any]:
    """Return the node of the linked data that describes an article, else an empty one.

    >>> article_node([{"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle"], "x": 1}]}])["x"]
    1
    """
    for node in nodes(linked_data):
        types = node.get("@type")
        if any(ARTICLE.search(str(t)) for t in (types if isinstance(types, list) else [types])):
            return node
    return {}


def nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of linked data that stand for the page, the outer ones first."""
    waiting, seen = [data], 0
    while waiting and seen < MAX_NODES:
        item = waiting.pop(0)
        seen += 1
        if isinstance(item, list | tuple):
            waiting[:0] = item[:MAX_NODES]
        elif isinstance(item, dict):
            yield item
            waiting += [item[key] for key in INSIDE if key in item]


def plain(value: Any) -> str:
    r"""Return a text field with entities resolved and space folded; empty for anything else.

    >>> plain(" Talks &amp; tears\n in Oslo "), plain({"a": 1})
    ('Talks & tears in Oslo', '')
    """
    if isinstance(value, list) and value:
        value = value[0]
    return (
        " ".join(html.unescape(value[: 4 * MAX_FIELD]).split())[:MAX_FIELD]
        if isinstance(value, str)
        else ""
    )


def names(value: Any) -> list[str]:
    """Return the names of people or organisations, in any of the forms in use.

    >>> names([{"@type": "Person", "name": "Ana Lind"}, "Tom Ray"])
    ['Ana Lind', 'Tom Ray']
    """
    listed = value if isinstance(value, list) else [value]
    told = [
        plain(item.get("name") if isinstance(item, dict) else item) for item in listed[:MAX_LIST]
    ]
    return [name for name in told if name]


def words(value: Any) -> tuple[str, ...]:
    """Return a list of keywords; one string is split at its commas.

    >>> words("ports, strikes"), words(["ports", "ports"])
    (('ports', 'strikes'), ('ports',))
    """
    listed = value if isinstance(value, list) else [value]
    split = [part.strip() for item in listed[:MAX_LIST] for part in plain(item).split(",")]
    return tuple(dict.fromkeys(filter(None, split)))[:MAX_LIST]


def meta_tags(tree: lxml.html.HtmlElement) -> dict[str, list[str]]:
    """Return the contents of the meta tags by their lower-case name."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = plain(element.get("content") or "")
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def first(metas: dict[str, list[str]], keys: Sequence[str]) -> list[str]:
    """Return the content of the first of *keys* that is there, in a list."""
    return next(([metas[key][0]] for key in keys if key in metas), [])


def all_of(metas: dict[str, list[str]], keys: Sequence[str]) -> list[str]:
    """Return all contents of the first of *keys* that is there."""
    return next((metas[key] for key in keys if key in metas), [])


def titles(tree: lxml.html.HtmlElement, metas: dict[str, list[str]]) -> list[str]:
    """Return the headlines that the page shows, the most trusted first."""
    shown = [
        plain("".join(e.itertext())) for tag in ("h1", "title") for e in list(tree.iter(tag))[:1]
    ]
    return first(metas, ("og:title", "twitter:title")) + shown


def published(
    tree: lxml.html.HtmlElement, node: dict[str, Any], metas: dict[str, list[str]]
) -> Iterator[tuple[str, str]]:
    """Yield the dates of publication with their origin, the most trusted first."""
    for key in ("datePublished", "dateCreated"):
        if date := plain(node.get(key)):
            yield "json-ld", date
    for key in PUBLISHED:
        for date in metas.get(key, [])[:1]:
            yield "meta", date
    times = [(e.get("itemprop"), plain(e.get("datetime") or "")) for e in tree.iter("time")]
    marked = [date for prop, date in times if prop == "datePublished" and date]
    yield from (("meta", date) for date in marked[:1])
    shown = {date for _, date in times if date}
    if len(shown) == 1:  # with several, nobody can tell which is the story's
        yield "text", shown.pop()


def canonical(tree: lxml.html.HtmlElement, url: str) -> str | None:
    """Return rel=canonical if it is an address of the same site as *url*."""
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            address = web_address(link.get("href") or "", url)
            return address if address and url and site_of(address) == site_of(url) else None
    return None


def site_of(url: str) -> str | None:
    """Return the registered domain of *url*; the host where it has none, as on a test network."""
    return extract_domain(url) or urlsplit(url).hostname


def image(node: dict[str, Any], metas: dict[str, list[str]], url: str) -> str | None:
    """Return the address of the lead picture."""
    told = node.get("image")
    told = told[0] if isinstance(told, list) and told else told
    told = told.get("url") if isinstance(told, dict) else told
    return web_address(plain(told) or "".join(first(metas, ("og:image", "twitter:image"))), url)


def web_address(href: str, url: str) -> str | None:
    """Return *href*, seen from *url*, if it is an http address of a sane length.

    >>> web_address("/a.jpg", "https://post.test/x"), web_address("javascript:1", "")
    ('https://post.test/a.jpg', None)
    """
    try:
        address = urljoin(url, href.strip())
        parts = urlsplit(address)
    except ValueError:
        return None
    valid = parts.scheme in {"http", "https"} and parts.hostname and len(address) <= 2048
    return address if href and valid else None


def accessible(value: Any) -> bool | None:
    """Return what isAccessibleForFree says; publishers write it as a word as often as not.

    >>> accessible("False"), accessible(True), accessible(None)
    (False, True, None)
    """
    return {"true": True, "false": False}.get(str(value).lower())
