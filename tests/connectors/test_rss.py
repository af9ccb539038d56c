"""Feeds on a site, and the pages that they lead to."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from connectors import Cursor, Cursors, ItemMalformed, Note, Rss, SourceRefused, Tools
from connectors.feed import Entry
from connectors.rss import address
from schemas import RawArticle, article_id
from tests.connectors.conftest import Site
from tests.contracts.connector_contract import NOW, ConnectorContract, Kafka

STORY = "<p>" + "The harbour stayed closed. " * 100 + "</p>"


def item(path: str = "", title: str = "Rain", more: str = "") -> str:
    """Return an item of a feed."""
    link = f"<link>{path}</link>" if path else ""
    return f"<item><title>{title}</title>{link}<description>Teaser.</description>{more}</item>"


def feed(*items: str) -> str:
    """Return a feed."""
    return (
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
        f"<title>G</title><language>en</language>{''.join(items)}</channel></rss>"
    )


@pytest.fixture
def connector(site: Site) -> Rss:
    """Return a connector to a feed with two articles and an item that is none."""
    site.page("/feed", feed(item("/a"), "<item/>", item("/b")), content_type="text/xml")
    site.page("/a", "<p>A, as served</p>", last_modified="Tue, 03 Mar 2026 10:00:00 GMT")
    site.page("/b", "<p>B</p>")
    return Rss(id="gazette", type="rss", url=site.url("/feed"), name="G", country="NOR")


class TestRss(ConnectorContract):
    """A feed keeps what every connector promises."""


def offered(connector: Rss, cursor: Cursor, tools: Tools) -> list[object]:
    """Return what is offered, and remember its notes as a round would."""
    everything = list(connector.fetch(tools, cursor))
    cursor.save([], [x for x in everything if isinstance(x, Note)], NOW)
    return [x for x in everything if not isinstance(x, Note)]


def articles(connector: Rss, cursor: Cursor, tools: Tools) -> list[RawArticle]:
    """Return the articles that are offered."""
    return [x for x in offered(connector, cursor, tools) if isinstance(x, RawArticle)]


def test_page_of_a_teaser(connector: Rss, cursor: Cursor, tools: Tools, site: Site) -> None:
    """An entry with a teaser is read from its page, with what the feed tells of it."""
    first = articles(connector, cursor, tools)[0]
    assert first.url == site.url("/a")
    assert first.id == article_id("gazette", site.url("/a"))
    assert first.body == "<p>A, as served</p>"
    assert (first.headline, first.summary, first.source_name) == ("Rain", "Teaser.", "G")
    assert first.headers == {"last-modified": "Tue, 03 Mar 2026 10:00:00 GMT"}


def test_whole_story_in_the_feed(cursor: Cursor, tools: Tools, site: Site) -> None:
    """A feed that carries the story is enough: the page is not asked for."""
    content = f"<content:encoded><![CDATA[{STORY}]]></content:encoded>"
    site.page("/feed", feed(item("/a", more=content)))
    (one,) = articles(Rss(id="g", type="rss", url=site.url("/feed")), cursor, tools)
    assert one.body == STORY
    assert "/a" not in site.asked


def test_teasers_only(cursor: Cursor, tools: Tools, site: Site) -> None:
    """With full_text off the words of the feed are the article."""
    site.page("/feed", feed(item("/a")))
    rss = Rss(id="g", type="rss", url=site.url("/feed"), full_text=False)
    assert [a.body for a in articles(rss, cursor, tools)] == ["Teaser."]


def test_known_pages_are_left_alone(
    connector: Rss, cursor: Cursor, tools: Tools, site: Site
) -> None:
    """A page is asked for once, while its entry stays as it is."""
    articles(connector, cursor, tools)
    assert articles(connector, cursor, tools) == []
    assert site.asked.count("/a") == 1


def test_changed_entry(connector: Rss, tools: Tools, site: Site, cursors: Cursors) -> None:
    """An entry that changed is read again, as the next revision."""
    contract, kafka = ConnectorContract(), Kafka()
    contract.ask(connector, tools, cursors, kafka)
    site.page("/feed", feed(item("/a", "Rain, updated"), item("/b")))
    contract.ask(connector, tools, cursors, kafka)
    assert [(a.url[-1], a.revision) for a in kafka.arrived] == [("a", 1), ("b", 1), ("a", 2)]


def test_conditional(connector: Rss, cursor: Cursor, tools: Tools, site: Site) -> None:
    """The second request for a feed asks only for changes."""
    site.page("/feed", site.pages["/feed"][2], etag='"1"')
    articles(connector, cursor, tools)
    assert offered(connector, cursor, tools) == []
    assert site.headers[-1]["if-none-match"] == '"1"'


def test_lying_validator(connector: Rss, cursor: Cursor, tools: Tools, site: Site) -> None:
    """A feed whose content changed under the same ETag is read in full from then on."""
    site.page("/feed", site.pages["/feed"][2], etag='"1"')
    articles(connector, cursor, tools)
    site.page("/feed", feed(item("/a", "new")), etag='"1"')
    cursor.save([], [Note("feed:full", "")], NOW)  # a day later
    assert [a.headline for a in articles(connector, cursor, tools)] == ["new"]
    articles(connector, cursor, tools)
    assert "if-none-match" not in site.headers[-1]


def test_page_that_is_away(connector: Rss, cursor: Cursor, tools: Tools, site: Site) -> None:
    """An article whose page is away comes later; the feed is not conditional until then."""
    site.page("/feed", site.pages["/feed"][2], etag='"1"')
    site.page("/a", status=503)
    assert [a.url[-1] for a in articles(connector, cursor, tools)] == ["b"]
    site.page("/a", "<p>back</p>")
    assert [a.body for a in articles(connector, cursor, tools)] == ["<p>back</p>"]


@pytest.mark.parametrize("status", [403, 404])
def test_page_that_is_refused(
    connector: Rss, cursor: Cursor, tools: Tools, site: Site, status: int
) -> None:
    """A page that is refused is counted once, not at every poll."""
    site.page("/a", status=status)
    assert len([x for x in offered(connector, cursor, tools) if isinstance(x, ItemMalformed)]) == 2
    offered(connector, cursor, tools)
    assert site.asked.count("/a") == 1


@pytest.mark.parametrize(
    ("body", "kind"),
    [(b"\0" * 99, "video/mp4"), (b"%PDF-1.7", "text/html"), (b"\x1f\x8b\x08", "text/html"),
     (b" \n", "text/html")],
)  # fmt: skip
def test_no_page(
    connector: Rss, cursor: Cursor, tools: Tools, site: Site, body: bytes, kind: str
) -> None:
    """What is no page is no article, whatever its header says."""
    site.page("/a", body, Content_Type=kind)
    assert [a.url[-1] for a in articles(connector, cursor, tools)] == ["b"]


def test_links_inwards(cursor: Cursor, tools: Tools, site: Site) -> None:
    """A link to an address that is not public costs its entry and connects nowhere."""
    links = ["http://169.254.169.254/x", "http://localhost:9200/", "http://0x7f000002/", "/a"]
    site.page("/feed", feed(*map(item, links)))
    site.page("/a", "<p>A</p>")
    rss = Rss(id="g", type="rss", url=site.url("/feed"))
    assert [a.url[-2:] for a in articles(rss, cursor, tools)] == ["/a"]


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "file:///etc/hostname", "data:text/html,x", "http://[", "ftp://x/",
     "http://me:pw@g.example/"],
)  # fmt: skip
def test_no_address(link: str) -> None:
    """What cannot be read from the web is no address of an entry."""
    assert address(Entry(link=link), "https://g.example/rss") == ""


def test_permanent_guid() -> None:
    """A guid that is an address serves where there is no link."""
    entry = Entry(guid="https://g.example/7")
    assert address(entry, "https://g.example/rss") == "https://g.example/7"


def test_two_entries_of_one_page(cursor: Cursor, tools: Tools, site: Site) -> None:
    """Two entries that lead to one page are one article: else they would chase each other."""
    site.page("/feed", feed(item("/a", "one"), item("/a#live", "two")))
    site.page("/a", "<p>A</p>")
    rss = Rss(id="g", type="rss", url=site.url("/feed"))
    assert [a.headline for a in articles(rss, cursor, tools)] == ["one"]
    assert articles(rss, cursor, tools) == []


def test_no_feed(cursor: Cursor, tools: Tools, site: Site) -> None:
    """A page in place of a feed is told in words."""
    site.page("/feed", "<html><body>Sign in</body></html>")
    with pytest.raises(SourceRefused, match="no feed"):
        offered(Rss(id="g", type="rss", url=site.url("/feed")), cursor, tools)


@pytest.mark.parametrize("url", ["", "gazette", "ftp://g.example/", "https://me:pw@g.example/"])
def test_option_url(url: str) -> None:
    """The address of a feed is a web address without a password."""
    with pytest.raises(ValidationError):
        Rss(id="g", type="rss", url=url)


def test_starter_files() -> None:
    """The source files that newsmill ships have no faults."""
    from connectors.source_file import load

    folder = Path(__file__).parents[2] / "seeds" / "sources"
    assert {connector.type for connector in load([folder])} == {"files", "rss"}
