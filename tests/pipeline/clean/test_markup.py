"""markup: what a page says of itself, in the forms that are in use, in the order of trust."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest

from pipeline.clean.markup import Markup, read_markup

BOTH = (
    '<time itemprop="datePublished" datetime="2026-03-05">a</time>'
    '<time itemprop="dateModified" datetime="2026-03-06">b</time>'
)
URL = "https://www.post.example.com/a"


def markup(head: str, *linked_data: object, body: str = "<h1>H</h1>", lang: str = "") -> Markup:
    """Return the markup of a page with *head*."""
    page = f'<html lang="{lang}"><head>{head}</head><body>{body}</body></html>'
    return read_markup(lxml.html.document_fromstring(page), linked_data, URL)


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("/b", "https://www.post.example.com/b"),
        ("https://post.example.com/b", "https://post.example.com/b"),
        ("http://169.254.169.254/latest", None),
        ("https://other.example.org/b", None),
        ("javascript:alert(1)", None),
        ("https://www.post.example.com/", None),
    ],
)
def test_canonical(href: str, canonical: str | None) -> None:
    """rel=canonical counts as an http address of the same site that is not its front page."""
    told = markup(f'<link rel="canonical" href="{href}">').canonical

    assert [address for _, address in told] == ([canonical] if canonical else [])


def test_linked_data_comes_first() -> None:
    """Linked data is told before meta tags, and each with its origin."""
    head = '<meta name="author" content="Desk"><meta property="og:title" content="M">'
    node = {"@type": "NewsArticle", "headline": "L &amp; K", "author": {"name": "Ana Lind"}}
    read = markup(head, node)

    assert read.titles == (("json-ld", "L & K"), ("meta", "M"), ("text", "H"))
    assert read.authors == (("json-ld", "Ana Lind"), ("meta", "Desk"))


def test_meta_tags_alone() -> None:
    """Without linked data the meta tags answer."""
    head = (
        '<meta name="author" content="Ana Lind"><meta name="keywords" content="cod, quotas">'
        '<meta property="article:section" content="World">'
        '<meta property="article:published_time" content="2026-03-05T10:00:00Z">'
    )
    read = markup(head, lang="nb-NO")

    assert read.authors == (("meta", "Ana Lind"),)
    assert read.keywords == (("meta", "cod"), ("meta", "quotas"))
    assert read.sections == (("meta", "World"),)
    assert read.published == (("meta", "2026-03-05T10:00:00Z"),)
    assert read.languages == (("meta", "nb-NO"),)


@pytest.mark.parametrize(
    ("body", "published", "modified"),
    [
        ('<time datetime="2026-03-05">5 March</time>', ["2026-03-05"], []),
        ('<p>Updated: <time datetime="2026-03-06">6 March</time></p>', [], ["2026-03-06"]),
        ('<time class="last-modified" datetime="2026-03-06">6 March</time>', [], ["2026-03-06"]),
        ('<time datetime="2026-03-05">a</time><time datetime="2026-03-06">b</time>', [], []),
        (BOTH, ["2026-03-05", "2026-03-05"], ["2026-03-06"]),
    ],
)
def test_times(body: str, published: list[str], modified: list[str]) -> None:
    """A time that the page shows counts where it is the only one; a change is no publication."""
    read = markup("", body=body)

    assert [date for _, date in read.published] == published
    assert [date for _, date in read.modified] == modified


@pytest.mark.parametrize("value", [None, 3, [], {}, [[[]]], [{"@type": None}], {"@graph": "x"}])
def test_odd_linked_data(value: Any) -> None:
    """Linked data of any shape is read without a fault."""
    assert markup("", value) == markup("")
