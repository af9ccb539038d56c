"""article_kind: what was served. A story is never taken for a wall or an error."""

from __future__ import annotations

import pytest

from pipeline.clean.article_kind import article_kind, is_error
from pipeline.clean.lines import Cleaned
from pipeline.clean.markup import Markup
from schemas import ArticleKind, RemovedLine

SENTENCE = "The ministers of nine countries left the city on Monday without a deal on cod. "
URL = "https://post.test/world/talks-fail-in-oslo"
NAMED = ("NewsArticle",)


def kind(
    text: str = SENTENCE * 20, headline: str = "Talks fail", cut: str = "", url: str = URL,
    times: int = 1, **told: object,
) -> ArticleKind:  # fmt: skip
    """Return the kind of a page with *text* of which lines of the kind *cut* were taken."""
    removed = RemovedLine.model_validate(
        {"text": "w", "kind": cut or "other", "by": "r", "start": 0, "end": 1, "at": len(text)}
    )
    markup = Markup(titles=(("text", headline),), **told)
    return article_kind(url, markup, Cleaned(text, (removed,) * times if cut else (), headline))


@pytest.mark.parametrize(
    "title",
    [
        "404", "404 Not Found", "Error 404", "Page not found | Harbour Post", "Access Denied",
        "This page doesn’t exist", "Sorry, the page you are looking for was not found",
        "Oops! That page can’t be found.", "Just a moment...", "Are you a robot?", "403 Forbidden",
        "Attention Required! | CDN", "Seite nicht gefunden", "Page introuvable",
        "Página no encontrada", "Siden ble ikke funnet", "Internal Server Error",
    ],
)  # fmt: skip
def test_error_pages(title: str) -> None:
    """Few words under the title of an error are an error page; many, or an article, are not."""
    assert kind(SENTENCE, title) == "error-page"
    assert kind(SENTENCE * 20, title) == "article"
    assert kind(SENTENCE, title, types=NAMED) == "article"


@pytest.mark.parametrize(
    "title",
    [
        "404 people left the port", "Access to water denied to 500", "Forbidden city reopens",
        "Security checks tightened at airport", "Page was found guilty", "Just a moment in time",
        "500 jobs at risk", "",
    ],
)  # fmt: skip
def test_headlines_that_are_no_errors(title: str) -> None:
    """A headline that merely begins like an error is a headline."""
    assert not is_error(title)


def test_consent_walls() -> None:
    """A page that asks for consent by title, by several phrases, or by nothing else, is a wall."""
    asks = (
        "We and our 812 partners store and/or access information on a device. "
        "You can accept all or manage preferences. You may withdraw your consent at any time."
    )
    assert kind(SENTENCE, "Before you continue") == "consent-wall"
    assert kind(asks, "Harbour Post") == "consent-wall"
    assert kind("", "Harbour Post", "consent") == "consent-wall"
    assert kind(asks, "Harbour Post", types=NAMED) == "article"
    assert kind(f"{SENTENCE} A cookie policy was among the papers.") == "article"


@pytest.mark.parametrize(
    ("text", "cut", "told", "found"),
    [
        (SENTENCE * 3, "paywall", {}, "paywall-stub"),
        (SENTENCE * 3, "paywall", {"free": True}, "article"),
        (SENTENCE * 3, "", {"free": False}, "article"),
        (SENTENCE * 3 + "The talks…", "", {"free": False}, "paywall-stub"),
        (SENTENCE * 3, "", {"free": False, "words": 812}, "paywall-stub"),
        (SENTENCE * 3 + "The talks…", "", {}, "article"),
        (SENTENCE * 30, "paywall", {"free": False}, "article"),
    ],
)
def test_paywall_stubs(text: str, cut: str, told: dict[str, object], found: str) -> None:
    """A stub needs a wall and a sign that more was there; a brief that is not free is a story."""
    assert kind(text, cut=cut, types=NAMED, **told) == found


def test_shapes_of_a_story() -> None:
    """Live blogs, galleries and lists are told by linked data, address and what was cut."""
    assert kind(types=("LiveBlogPosting",)) == "live-blog"
    assert kind(headline="Oslo talks live", cut="stamp", times=4) == "live-blog"
    assert kind(headline="Oslo talks live") == "article"
    assert kind(url="https://post.test/gallery/oslo", cut="caption", times=5) == "gallery"
    assert kind(url="https://post.test/") == "listing"
    assert kind(types=("CollectionPage",)) == "listing"
    assert kind(types=("CollectionPage", "NewsArticle")) == "article"


def test_empty() -> None:
    """A page with hardly a word is empty; a short text that somebody sent is an article."""
    assert kind("Loading page") == "empty"
    assert article_kind("", Markup(), Cleaned("Rain fell.", (), "")) == "article"
    assert article_kind("", Markup(), Cleaned("", (), "")) == "empty"
