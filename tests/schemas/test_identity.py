from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import article_id, document_version, normal_form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.test/a", "HTTPS://NEWS.TEST:443/a#top"),
        ("https://news.test/a?x=1&y=2", "https://news.test/a?y=2&x=1&utm_campaign=z"),
        ("https://news.test/b", "https://news.test/a/../b"),
        ("https://news.test/%7Eann", "https://news.test/~ann"),
        ("https://m\u00fcnchen.test/a", "https://xn--mnchen-3ya.test/a"),
    ],
)
def test_two_spellings_of_an_address_are_one_article(one, other):
    """What does not name the page does not change the id."""
    assert article_id("s", one) == article_id("s", other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.test/a", "https://news.test/a/"),
        ("https://news.test/a?id=1", "https://news.test/a?id=2"),
        ("https://news.test/a", "http://news.test/a"),
        ("https://news.test/A", "https://news.test/a"),
    ],
)
def test_two_addresses_are_two_articles(one, other):
    """What may name another page gives another id."""
    assert article_id("s", one) != article_id("s", other)


def test_two_sources_never_share_an_id():
    """The same address read by two sources is two records."""
    assert article_id("a", "https://news.test/x") != article_id("b", "https://news.test/x")


def test_an_id_never_changes():
    """Ids are pinned: a new form of them would give every article a second record."""
    assert article_id("gazette", "https://gazette.test/2026/rain") == (
        "b0427fe30ae3a4d0b86c5a036aae939f"
    )


@given(st.text(max_size=80))
def test_any_text_has_a_normal_form_that_is_stable(text):
    """The normal form of a normal form is itself."""
    assert normal_form(normal_form(text)) == normal_form(text)


NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ((NOON + timedelta(milliseconds=1), 0), (NOON, 999)),
        ((NOON, 2), (NOON, 1)),
        ((NOON, 0), (None, 999)),
    ],
)
def test_a_later_fetch_wins_and_then_the_newer_pipeline(newer, older):
    """Versions order documents by fetch first and by generation second."""
    assert document_version(*newer) > document_version(*older)
