"""Feeds that would cost a parser everything, mended or refused in linear time."""

from __future__ import annotations

import pytest

from connectors.errors import SourceRefused
from connectors.feed_text import MAX_CHARS, MAX_ITEMS, decode, feed_text

UMLAUT = "<rss>Zürich</rss>"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le"])
def test_unicode(codec: str) -> None:
    """Each form of Unicode is found out, with and without its mark."""
    text = f"<?xml version='1.0'?>{UMLAUT}"
    assert feed_text(text.encode(codec)) == UMLAUT


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (UMLAUT.encode("latin-1"), "text/xml; charset=latin1"),
        (b"<?xml version='1.0' encoding='iso-8859-1'?>" + UMLAUT.encode("latin-1"), ""),
        (b"<?xml version='1.0' encoding='x-nope'?>" + UMLAUT.encode(), ""),
        (b"<?xml version='1.0' encoding='zlib_codec'?>" + UMLAUT.encode(), ""),
        (UMLAUT.encode("cp1252"), "text/xml; charset=utf-8"),
    ],
    ids=["header", "declaration", "unknown codec", "codec that is none", "a lie"],
)
def test_charset(body: bytes, content_type: str) -> None:
    """The header is asked, then the declaration, then the bytes themselves."""
    assert feed_text(body, content_type) == UMLAUT


def test_markup_cannot_hide() -> None:
    """UTF-7 is not decoded: it would make tags out of what we have checked as text."""
    assert decode(b"+ADw-script+AD4-", "text/xml; charset=utf-7") == "+ADw-script+AD4-"


@pytest.mark.parametrize(
    "bad", ["&#xD800;", "&#x110000;", "&#xFFFFFFFFFFFF;", "&#0;", "&#99999999999;", "\x00", "\x0b"]
)
def test_characters_of_no_language(bad: str) -> None:
    """A reference or a character that XML does not know becomes U+FFFD."""
    assert feed_text(f"<rss>a{bad}b</rss>".encode()) == "<rss>a\ufffdb</rss>"


def test_good_references_stay() -> None:
    """References to real characters are left to the parser."""
    assert feed_text(b"<rss>&#233;&#x1F30D;&amp;</rss>") == "<rss>&#233;&#x1F30D;&amp;</rss>"


def test_document_type() -> None:
    """Entities that a feed defines are not: billions of laughs, files, other sites."""
    subset = '<!DOCTYPE rss [<!ENTITY a "C:\\data"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
    assert feed_text(f"<?xml version='1.0'?>{subset}<rss>&a;</rss>".encode()) == "<rss>&a;</rss>"


@pytest.mark.parametrize(
    ("feed", "why"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"<!DOCTYPE rss [ <!ENTITY", "no end"),
        (b"<rss><item " + b'a="1" ' * 201 + b"/></rss>", "attributes"),
        (b"<rss><item " + b"a='>' " * 201 + b"/></rss>", "attributes"),
        (b"<rss>" + b"<a>" * 600, "deeper"),
        (b"x" * (MAX_CHARS + 1), "longer"),
    ],
)
def test_refused(feed: bytes, why: str) -> None:
    """What is built to hang a parser is refused, with the reason."""
    with pytest.raises(SourceRefused, match=why):
        feed_text(feed)


def test_text_is_not_counted() -> None:
    """Tags inside CDATA and comments are words, however many."""
    story = "<p class='a'>" * 600
    feed = f"<rss><![CDATA[{story}]]><!--{story}--></rss>"
    assert feed_text(feed.encode()) == feed


def test_long_words_are_cut() -> None:
    """A run of letters that no language has is cut: parsers are quadratic in it."""
    assert feed_text(b"<author>" + b"a." * 50_000 + b"</author>") == (
        "<author>" + "a." * 250 + "</author>"
    )


def test_many_items() -> None:
    """Only the first 2,000 items of a feed are taken, and its end stays."""
    items = "<item>x</item>" * (MAX_ITEMS + 5)
    text = feed_text(f"<rss><channel>{items}</channel></rss>".encode())
    assert text.count("<item>") == MAX_ITEMS
    assert text.endswith("</item></channel></rss>")
