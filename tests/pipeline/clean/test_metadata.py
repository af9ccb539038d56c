"""metadata: which of several answers is trusted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.clean.markup import Markup
from pipeline.clean.metadata import agency_in, author_names, best_date, page_headline

FETCHED = datetime(2026, 3, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "origin", "precision"),
    [
        (
            [("json-ld", "2026-03-05T10:00:00Z"), ("feed", "2026-03-05T11:00:00Z")],
            "json-ld",
            "second",
        ),
        ([("json-ld", "2019-13-01"), ("meta", "2026-03-05T10:00Z")], "meta", "minute"),
        ([("json-ld", "2027-01-01T00:00:00Z"), ("feed", "2026-03-05")], "feed", "day"),
        ([("meta", "2026-03-05"), ("feed", "2026-03-05T22:00:00Z")], "feed", "second"),
        ([("meta", "2026-03-01"), ("feed", "2026-03-05T22:00:00Z")], "meta", "day"),
    ],
)
def test_best_date(told: list[tuple[str, str]], origin: str, precision: str) -> None:
    """The first plausible date counts; a finer one of the same day replaces a bare day."""
    best = best_date(told, FETCHED)

    assert best is not None
    assert (best[1], best[0].precision) == (origin, precision)


@pytest.mark.parametrize(
    ("titles", "sites", "headline"),
    [
        (("Talks fail - Harbour Post",), (), "Talks fail - Harbour Post"),
        (("Talks fail in Oslo - Harbour Post",), ("Harbour Post",), "Talks fail in Oslo"),
        (("Talks fail in Oslo | HP", "Talks fail in Oslo"), (), "Talks fail in Oslo"),
        (("Oslo and Bergen - two cities at odds",), (), "Oslo and Bergen - two cities at odds"),
    ],
)
def test_headline(titles: tuple[str, ...], sites: tuple[str, ...], headline: str) -> None:
    """The site's name is taken off only where it is known to be one."""
    assert page_headline(Markup(titles=titles, sites=sites), None) == headline


def test_authors() -> None:
    """Names come without "By"; addresses and empty marks are no names."""
    told = ["By Ana Lind, Tom Ray & Jo Bell", "https://post.test/by/ana", "ana@post.test", "-"]

    assert author_names(told) == ("Ana Lind", "Tom Ray", "Jo Bell")


@pytest.mark.parametrize(
    ("text", "agency"),
    [("PARIS (AFP)", "AFP"), ("Oslo (dpa)", "dpa"), ("The Associated Press", "AP"), ("a pa", None)],
)
def test_agency(text: str, agency: str | None) -> None:
    """An agency is known by its name as agencies write it."""
    assert agency_in([text]) == agency
