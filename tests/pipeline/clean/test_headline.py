"""headline: what a site hangs on it goes, what belongs to it stays."""

from __future__ import annotations

import pytest

from pipeline.clean.headline import known_headline, page_headline, site_names
from pipeline.clean.markup import Markup
from schemas import RawArticle


def raw(**fields: str) -> RawArticle:
    """Return a raw record."""
    given = {"id": "1", "source": "s", "content_type": "text/html", "body": "x"}
    return RawArticle.model_validate(given | fields)


@pytest.mark.parametrize(
    ("titles", "sites", "headline"),
    [
        (("Talks fail - Harbour Post",), (), "Talks fail - Harbour Post"),
        (("Talks fail in Oslo - Harbour Post",), ("Harbour Post",), "Talks fail in Oslo"),
        (("Talks fail in Oslo | World news | The Harbour Post",), ("Harbour Post",),
         "Talks fail in Oslo | World news"),
        (("Talks fail in Oslo | HP", "Talks fail in Oslo"), (), "Talks fail in Oslo"),
        (("Talks fail in Oslo | HP | by Ana Lind", "Talks fail in Oslo"), (), "Talks fail in Oslo"),
        (("Oslo and Bergen - two cities at odds",), (), "Oslo and Bergen - two cities at odds"),
        (("Harbour Post | Talks fail in Oslo",), ("Harbour Post",), "Talks fail in Oslo"),
        (("Harbour Post", "Talks fail"), ("Harbour Post",), "Talks fail"),
        (("Talks fail in Oslo as min…", "Talks fail in Oslo as ministers leave"), (),
         "Talks fail in Oslo as ministers leave"),
        (("«Wir bleiben» sagt der Minister",), (), "«Wir bleiben» sagt der Minister"),
        ((), (), ""),
    ],
)  # fmt: skip
def test_headline(titles: tuple[str, ...], sites: tuple[str, ...], headline: str) -> None:
    """The site's name is taken off only where it is known to be one."""
    markup = Markup(titles=tuple(("meta", title) for title in titles), sites=sites)

    assert page_headline(markup, site_names(raw(), markup))[1] == headline


def test_name_in_the_address_and_sections() -> None:
    """The host names the site too, and a section before it goes with it."""
    page = Markup(
        titles=(("meta", "Talks fail in Oslo - Europe - HarbourPost"),),
        sections=(("meta", "Europe"),),
    )

    assert known_headline(raw(url="https://www.harbour-post.example/a"), page) == (
        "meta",
        "Talks fail in Oslo",
    )


def test_what_the_feed_gave_is_kept() -> None:
    """The words of the feed win; where the page has the same, its spelling and origin count."""
    page = Markup(titles=(("json-ld", "Talks Fail in Oslo"),), sites=("Harbour Post",))

    assert known_headline(raw(headline="TALKS FAIL IN OSLO"), page) == (
        "json-ld",
        "Talks Fail in Oslo",
    )
    assert known_headline(raw(headline="No deal on cod - Harbour Post"), page) == (
        "feed",
        "No deal on cod",
    )
