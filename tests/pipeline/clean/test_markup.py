"""markup: what a page says of itself, in the forms that are in use."""

from __future__ import annotations

import lxml.html
import pytest

from pipeline.clean.markup import Markup, article_node, read_markup

URL = "https://www.post.example.com/a"


def markup(head: str, *linked_data: object) -> Markup:
    """Return the markup of a page with *head*."""
    tree = lxml.html.document_fromstring(f"<html><head>{head}</head><body><h1>H</h1></body></html>")
    return read_markup(tree, linked_data, URL)


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("/b", "https://www.post.example.com/b"),
        ("https://post.example.com/b", "https://post.example.com/b"),
        ("http://169.254.169.254/latest", None),
        ("https://other.example.org/b", None),
        ("javascript:alert(1)", None),
    ],
)
def test_canonical(href: str, canonical: str | None) -> None:
    """rel=canonical counts only as an http address of the same site."""
    assert markup(f'<link rel="canonical" href="{href}">').canonical_url == canonical


def test_linked_data_comes_first() -> None:
    """Linked data is trusted before meta tags."""
    head = '<meta name="author" content="Desk"><meta property="og:title" content="M">'
    node = {"@type": "NewsArticle", "headline": "L &amp; K", "author": {"name": "Ana Lind"}}
    read = markup(head, node)

    assert (read.titles, read.authors) == (("L & K", "M", "H"), ("Ana Lind",))


def test_meta_tags_alone() -> None:
    """Without linked data the meta tags answer."""
    head = (
        '<meta name="author" content="Ana Lind"><meta name="keywords" content="cod, quotas">'
        '<meta property="article:section" content="World">'
        '<meta property="article:published_time" content="2026-03-05T10:00:00Z">'
    )
    read = markup(head)

    assert (read.authors, read.keywords, read.sections) == (
        ("Ana Lind",),
        ("cod", "quotas"),
        ("World",),
    )
    assert read.published == (("meta", "2026-03-05T10:00:00Z"),)


@pytest.mark.parametrize("value", [None, 3, [], {}, [[[]]], [{"@type": None}], {"@graph": "x"}])
def test_odd_linked_data(value: object) -> None:
    """Linked data of any shape is read without a fault."""
    assert article_node([value]) == {}


def test_linked_data_that_contains_itself_many_times() -> None:
    """Very wide linked data is read to a limit."""
    assert article_node([[{"@type": "Thing"}] * 100_000]) == {}
