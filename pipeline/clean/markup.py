"""What a page says of itself to machines: linked data (schema.org) and meta tags.

Each thing is told with its origin, and in the order of trust: linked data, then meta tags, then
what the page shows.  Nothing is judged here; that is done in metadata.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
from courlan import extract_domain

from pipeline.clean.linked_data import Linked, linked, names, plain, words
from schemas.clean import Origin

Told = tuple[Origin, str]
"""A thing that was told, with where."""

PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "dcterms.created", "dc.date.issued", "dc.date", "pubdate", "publishdate",
    "publish-date", "publication_date", "date",
)  # fmt: skip
MODIFIED = ("article:modified_time", "og:article:modified_time", "og:updated_time",
            "datemodified", "dcterms.modified", "last-modified")  # fmt: skip
AUTHORS = ("author", "parsely-author", "sailthru.author", "dc.creator", "article:author", "byl")
SECTIONS = ("article:section", "parsely-section", "section")
KEYWORDS = ("news_keywords", "keywords", "article:tag", "parsely-tags")
LANGUAGES = ("og:locale", "content-language", "dc.language", "inlanguage")
SUPPLIERS = ("dc.source", "article:source", "syndication-source-name", "agency")
SITES = ("og:site_name", "application-name")
TITLES = ("og:title", "twitter:title")
SUMMARIES = ("og:description", "description")
IMAGES = ("og:image", "twitter:image")
READ = frozenset(
    (*PUBLISHED, *MODIFIED, *AUTHORS, *SECTIONS, *KEYWORDS, *LANGUAGES, *SUPPLIERS, *SITES,
     *TITLES, *SUMMARIES, *IMAGES, "og:type")
)  # fmt: skip
UPDATED = re.compile(r"updat|modif|aktualis", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Markup:
    """What a page tells, as written there; empty where it does not say."""

    titles: tuple[Told, ...] = ()
    """The headline by linked data, by meta tag, by the first h1 and by the title."""
    sites: tuple[str, ...] = ()
    published: tuple[Told, ...] = ()
    modified: tuple[Told, ...] = ()
    authors: tuple[Told, ...] = ()
    suppliers: tuple[Told, ...] = ()
    """Organisations that are named as writer or source."""
    summaries: tuple[Told, ...] = ()
    sections: tuple[Told, ...] = ()
    keywords: tuple[Told, ...] = ()
    languages: tuple[Told, ...] = ()
    canonical: tuple[Told, ...] = ()
    images: tuple[Told, ...] = ()
    types: tuple[str, ...] = ()
    """What schema.org calls the page, and ``og:type``."""
    free: bool | None = None
    """What isAccessibleForFree says."""
    words: int = 0
    """How many words linked data says the article has."""


def read_markup(tree: lxml.html.HtmlElement, linked_data: Sequence[Any], url: str) -> Markup:
    """Return what the page at *url* says of itself."""
    data = linked(linked_data)
    node = data.article
    metas = meta_tags(tree)
    return Markup(
        titles=(*of_data([plain(node.get("headline"))]), *titles(tree, metas)),
        sites=(*data.publishers, *of_site(metas)),
        published=tuple(published(tree, node, metas)),
        modified=(*of_data([plain(node.get("dateModified"))]), *modified(tree, metas)),
        authors=(*of_data(data.writers), *of_metas(metas, AUTHORS)),
        suppliers=(*of_data(data.suppliers), *of_metas(metas, SUPPLIERS)),
        summaries=(*of_data([plain(node.get("description"))]),
                   *of_metas(metas, SUMMARIES)),
        sections=(*of_data(words(node.get("articleSection"))), *of_metas(metas, SECTIONS),
                  *of_data(data.breadcrumbs)),
        keywords=(*of_data(words(node.get("keywords"))),
                  *(("meta", word) for word in words(all_of(metas, KEYWORDS)))),
        languages=(*of_data(names(node.get("inLanguage"))), *languages(tree, metas)),
        canonical=tuple(canonical(tree, url)),
        images=tuple(images(data, metas, url)),
        types=(*data.types, *metas.get("og:type", ())),
        free=accessible(node.get("isAccessibleForFree")),
        words=counted(node),
    )  # fmt: skip


def of_site(metas: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield the names of the site in the meta tags."""
    for key in SITES:
        yield from metas.get(key, ())


def of_data(values: Iterable[str]) -> Iterator[Told]:
    """Yield *values* that are not empty as told by linked data."""
    return (("json-ld", value) for value in values if value)


def meta_tags(tree: lxml.html.HtmlElement) -> dict[str, list[str]]:
    """Return the contents of the meta tags that are of use, by their lower-case name."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        of = element.get
        name = of("property") or of("name") or of("itemprop") or of("http-equiv") or ""
        known = name.strip().lower() in READ
        if known and (content := plain(of("content") or "")):
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def of_metas(metas: Mapping[str, list[str]], keys: Sequence[str]) -> Iterator[Told]:
    """Yield the first content of each of *keys* that is there."""
    return (("meta", metas[key][0]) for key in keys if key in metas)


def all_of(metas: Mapping[str, list[str]], keys: Sequence[str]) -> list[str]:
    """Return all contents of the first of *keys* that is there."""
    return next((metas[key] for key in keys if key in metas), [])


def titles(tree: lxml.html.HtmlElement, metas: Mapping[str, list[str]]) -> Iterator[Told]:
    """Yield the headlines that the page shows, the most trusted first."""
    yield from of_metas(metas, TITLES)
    for tag in ("h1", "title"):
        for element in list(tree.iter(tag))[:1]:
            if shown := plain("".join(element.itertext())):
                yield "text", shown


def published(
    tree: lxml.html.HtmlElement, node: Mapping[str, Any], metas: Mapping[str, list[str]]
) -> Iterator[Told]:
    """Yield the dates of publication, the most trusted first."""
    yield from of_data(plain(node.get(key)) for key in ("datePublished", "dateCreated"))
    yield from of_metas(metas, PUBLISHED)
    times = [(element, plain(element.get("datetime") or "")) for element in tree.iter("time")]
    for element, date in times:
        if date and element.get("itemprop") == "datePublished":
            yield "meta", date
            break
    shown = {date for element, date in times if date and not is_update(element)}
    if len(shown) == 1:  # with several, nobody can tell which is the story's
        yield "text", shown.pop()


def modified(tree: lxml.html.HtmlElement, metas: Mapping[str, list[str]]) -> Iterator[Told]:
    """Yield the dates of change, the most trusted first."""
    yield from of_metas(metas, MODIFIED)
    for element in tree.iter("time"):
        if is_update(element) and (date := plain(element.get("datetime") or "")):
            yield "text", date
            break


def is_update(element: lxml.html.HtmlElement) -> bool:
    """Say whether a ``time`` is that of a change: by its name, or the words in or before it."""
    before = element.getprevious()
    above = element.getparent()
    told = (
        element.get("itemprop"), element.get("class"), element.text,
        before.tail if before is not None else above.text if above is not None else "",
        before.text if before is not None else "",
        above.get("class") if above is not None else "",
    )  # fmt: skip
    return any(UPDATED.search(one[-200:]) for one in told if one)


def languages(tree: lxml.html.HtmlElement, metas: Mapping[str, list[str]]) -> Iterator[Told]:
    """Yield the languages that the page declares."""
    if declared := tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"):
        yield "meta", declared
    yield from of_metas(metas, LANGUAGES)


def canonical(tree: lxml.html.HtmlElement, url: str) -> Iterator[Told]:
    """Yield rel=canonical if it is an address of the same site as *url*, and not its front page."""
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            address = web_address(link.get("href") or "", url)
            front = address and urlsplit(address).path in {"", "/"} and urlsplit(url).path > "/"
            if address and url and not front and site_of(address) == site_of(url):
                yield "meta", address
            return


def site_of(url: str) -> str | None:
    """Return the registered domain of *url*; the host where it has none, as on a test network."""
    return extract_domain(url) or urlsplit(url).hostname


def images(data: Linked, metas: Mapping[str, list[str]], url: str) -> Iterator[Told]:
    """Yield the addresses of the lead picture."""
    told = [*of_data(data.images), *of_metas(metas, IMAGES)]
    for origin, href in told:
        if (address := web_address(href, url)) is not None:
            yield origin, address


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


def counted(node: Mapping[str, Any]) -> int:
    """Return the number of words that an article is said to have; 0 where nothing is said.

    >>> counted({"wordCount": "812"}), counted({"wordCount": "many"}), counted({})
    (812, 0, 0)
    """
    told = str(node.get("wordCount", ""))
    return int(told) if told.isascii() and told.isdigit() and len(told) < 7 else 0
