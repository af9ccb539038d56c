"""article: the stage as a whole, its three ways out, and what it carries over."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from pipeline.clean import clean, clean_stage
from pipeline.stage import Drop, GivenUp, LeftOut, run_through
from schemas import GENERATION, CleanArticle, RawArticle, RecordError

STORY = "Ministers from nine countries met in Oslo on Monday to talk about the price of cod."
FETCHED = datetime(2026, 3, 6, tzinfo=UTC)


def raw(body: str, **fields: Any) -> RawArticle:
    """Return a raw record with *body*."""
    given = {"id": "1", "source": "s", "content_type": "text/plain", "fetched_at": FETCHED}
    return RawArticle.model_validate(given | {"body": body} | fields)


def test_identity_is_carried_over() -> None:
    """Who the record is, and when it was read, comes through unchanged."""
    record = raw(
        STORY, url="https://post.test/a", revision=3, source_country="NOR", connector="rss"
    )
    cleaned = clean(record)

    for name in ("id", "url", "source", "fetched_at", "revision", "source_country", "connector"):
        assert getattr(cleaned, name) == getattr(record, name)
    assert cleaned.generation == GENERATION
    assert set(cleaned.models) == {"rules", "language_id"}


def test_only_boilerplate_is_left_out() -> None:
    """A body of nothing but noise is left out on purpose."""
    with pytest.raises(Drop) as caught:
        clean(raw("Advertisement\nShare on Facebook"))

    assert caught.value.reason == "only_boilerplate"


@pytest.mark.parametrize("body", ["", " \n\t", "\ufeff\n\x00"])
def test_empty_body(body: str) -> None:
    """An empty body is a dead letter."""
    with pytest.raises(RecordError) as caught:
        clean(raw(body))

    assert caught.value.reason == "no_text"


def test_stage() -> None:
    """The stage takes raw records, gives clean ones, and its neighbours survive a bad record."""
    stage = clean_stage("careful")
    done, left_out, given_up = run_through([stage], [raw(STORY), raw("Advertisement"), raw("")])

    assert (stage.takes, stage.gives) == (RawArticle, CleanArticle)
    assert isinstance(left_out, LeftOut)
    assert isinstance(given_up, GivenUp)
    assert not isinstance(done, LeftOut | GivenUp)


def test_record_survives_json() -> None:
    """A clean record with odd characters can be written and read back."""
    cleaned = clean(raw(STORY + "\ud800\x00 \N{ZERO WIDTH JOINER} end of the line."))

    assert CleanArticle.from_bytes(cleaned.to_bytes()) == cleaned


def test_page_without_a_zone_gives_a_day() -> None:
    """A page's time without a zone is trusted for its day only; a feed's finer date replaces it."""
    meta = '<meta property="article:published_time" content="2026-03-05T10:12:00">'
    body = f"<html><head>{meta}</head><body><article>{f'<p>{STORY}</p>' * 4}</article></body>"
    page = clean(raw(body, content_type="text/html"))
    fed = clean(raw(body, content_type="text/html", published_at="Thu, 05 Mar 2026 09:12:30 GMT"))

    assert (page.published_at, page.published_precision) == (
        datetime(2026, 3, 5, tzinfo=UTC),
        "day",
    )
    assert (fed.published_precision, fed.published_from) == ("second", "feed")


def test_implausible_dates_are_not_taken() -> None:
    """A date of the distant past or future is not taken; a word is not known."""
    told = ("1970-01-01T00:00:00Z", "2031-01-01", "yesterday")

    assert [clean(raw(STORY, published_at=date)).published_at for date in told] == [None] * 3


def test_damage_is_undone_in_what_is_kept() -> None:
    """The story is tidied; a cut keeps its raw words and points at them in the body."""
    body = (
        "Share on\u00a0Facebook\nThe mayorâ€™s of\u00adfice said on Monday that the port is shut."
    )
    cleaned = clean(raw(body))
    (cut,) = cleaned.removed

    assert cleaned.text == "The mayor’s office said on Monday that the port is shut."
    assert body[cut.start : cut.end] == cut.text == "Share on\u00a0Facebook"


def page(title: str, body: str) -> RawArticle:
    """Return a raw record of a page."""
    html = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return raw(html, content_type="text/html", url="https://post.test/a")


def test_what_is_no_story_is_kept_and_says_so() -> None:
    """An error page is a record of its kind, even if no text was found on it."""
    assert clean(page("404 Not Found", f"<p>{STORY}</p>")).article_kind == "error-page"
    assert clean(page("404 Not Found", "<hr>")).article_kind == "error-page"
    assert clean(page("Cod", f"<article>{f'<p>{STORY}</p>' * 20}</article>")).article_kind == (
        "article"
    )


@pytest.mark.parametrize("body", ["", "<p></p>", "<div id=app></div>"])
def test_page_without_text(body: str) -> None:
    """A page on which no story was found is a dead letter: perhaps it needs a browser."""
    with pytest.raises(RecordError) as caught:
        clean(page("Harbour Post", body))

    assert caught.value.reason == "no_text"
