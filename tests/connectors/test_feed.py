"""Feeds read into entries."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.errors import SourceRefused
from connectors.feed import Entry, FeedReader, prepare, read_feed
from pipeline.pool import Lost, Workers

GOOD = (
    "<item><title>Rain &amp; <![CDATA[<b>storms</b>]]></title><link>https://g.example/a</link>"
    "<guid>g1</guid><pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate>"
    "<description>It rained.</description><author>ann@g.example (Ann Lee)</author></item>"
)
GEO = (
    "<item xmlns:g='http://www.georss.org/georss' xmlns:m='http://www.opengis.net/gml'>"
    "<g:where><m:Point srsName='urn:ogc:def:crs:EPSG:6.6:x'><m:pos>1 2</m:pos></m:Point>"
    "</g:where></item>"
)


def rss(*items: str) -> bytes:
    """Return a feed of *items*."""
    return f"<rss version='2.0'><channel><title>G</title>{''.join(items)}</channel></rss>".encode()


def test_rss() -> None:
    """An RSS item is read in full."""
    assert read_feed(rss(GOOD)).entries == (
        Entry(
            guid="g1",
            link="https://g.example/a",
            headline="Rain & storms",
            summary="It rained.",
            authors=("Ann Lee",),
            published_at="Tue, 03 Mar 2026 10:00:00 GMT",
        ),
    )


def test_atom() -> None:
    """An Atom entry is read in full."""
    feed = b"""<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='fr'><entry>
      <id>tag:1</id><title type='html'>Pluie &amp;eacute;norme</title>
      <link href='https://g.example/b'/><updated>2026-03-03T10:00:00Z</updated>
      <author><name>Ann</name></author><content type='html'>&lt;p&gt;Il pleut.&lt;/p&gt;</content>
    </entry></feed>"""
    (entry,) = read_feed(feed).entries
    assert (entry.guid, entry.link, entry.authors) == ("tag:1", "https://g.example/b", ("Ann",))
    assert (entry.headline, entry.content) == ("Pluie énorme", "<p>Il pleut.</p>")
    assert entry.updated_at == "2026-03-03T10:00:00Z"


def test_json_feed() -> None:
    """A JSON Feed is read in full, and an item that is none is counted."""
    items = [
        {"id": 7, "url": "https://g.example/c", "title": "C", "content_html": "<p>c</p>",
         "date_published": "2026-03-03T10:00:00Z", "authors": [{"name": "Ann"}, "odd"]},
        "odd",
    ]  # fmt: skip
    feed = read_feed(json.dumps({"version": "1.1", "items": items}).encode())
    assert feed.unreadable == 1
    assert feed.entries == (
        Entry(
            guid="7",
            link="https://g.example/c",
            headline="C",
            content="<p>c</p>",
            authors=("Ann",),
            published_at="2026-03-03T10:00:00Z",
        ),
    )


@pytest.mark.parametrize(
    "bad",
    [
        "<item><description>&#xD800;</description></item>",
        "<item><description>&#xFFFFFFFFFF;</description></item>",
        "<item><description>a & b < c &nbsp; &undefined;</description></item>",
        "<item><description>\x00\x01</description></item>",
        "<item><title>half",
        GEO,
        "<item><author>" + "a." * 30_000 + "</author></item>",
        "<item><description>&lt;p style='" + "a" * 30_000 + "'&gt;</description></item>",
    ],
)
def test_a_bad_item_costs_nobody(bad: str) -> None:
    """Whatever is wrong with an item, the one before it comes through."""
    assert read_feed(rss(GOOD, bad)).entries[0].guid == "g1"


def test_parser_chokes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the parser throws the whole feed away, its items are read one by one."""
    real = feedparser.parse

    def choking(stream, **options):  # type: ignore[no-untyped-def]
        if b"poison" in stream.getvalue():
            raise ValueError("poison")
        return real(stream, **options)

    monkeypatch.setattr(feedparser, "parse", choking)
    feed = read_feed(rss(GOOD, "<item>poison</item>", GOOD.replace("g1", "g2")))
    assert [entry.guid for entry in feed.entries] == ["g1", "g2"]
    assert feed.unreadable == 1


@pytest.mark.parametrize(
    "body",
    [b"<html><body><p>Not found</p></body></html>", b"/etc/hostname", b"{}", b'{"items": 1}',
     b"{" + b'"a":{' * 5000, b"\x89PNG\r\n", b"{'a'"],
)  # fmt: skip
def test_no_feed(body: bytes) -> None:
    """What is no feed is refused in words."""
    with pytest.raises(SourceRefused):
        read_feed(body)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"<rss><channel><item>", b"{"]))
def test_any_bytes(body: bytes, start: bytes) -> None:
    """Any bytes at all give a feed or a refusal, and no other error."""
    with contextlib.suppress(SourceRefused):
        assert read_feed(start + body).unreadable >= 0


@pytest.fixture(scope="module")
def reader() -> Iterator[FeedReader]:
    """Return the reader with a process of its own."""
    workers = Workers(prepare, count=1, cpu_secs=1.0)
    workers.start()
    yield FeedReader(workers.call)
    workers.close()


def test_process(reader: FeedReader) -> None:
    """A feed comes back whole from the process that read it."""
    assert reader(rss(GOOD), "application/rss+xml") == read_feed(rss(GOOD))


def test_refusal_crosses_the_process(reader: FeedReader) -> None:
    """A refusal keeps its words on the way back."""
    with pytest.raises(SourceRefused, match="no feed"):
        reader(b"<html/>", "text/html")


def test_killed_in_the_process() -> None:
    """A feed that hung its process is refused with the reason."""
    reader = FeedReader(
        lambda given: [Lost("timeout", "took more than 10 CPU seconds")] * len(given)
    )
    with pytest.raises(SourceRefused, match="10 CPU seconds"):
        reader(b"", "")
