"""dates: the rule of trust. A wrong date is worse than none."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from pipeline.clean.dates import best_date, changed, published
from pipeline.clean.markup import Markup, Told
from schemas import RawArticle

FETCHED = datetime(2026, 3, 6, tzinfo=UTC)


def raw(**fields: Any) -> RawArticle:
    """Return a raw record that was read on 6 March 2026."""
    given = {"id": "1", "source": "s", "content_type": "text/html", "body": "x"}
    return RawArticle.model_validate(given | {"fetched_at": FETCHED} | fields)


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
        ([("json-ld", "1970-01-01T00:00:00Z"), ("text", "5 March 2026")], "text", "day"),
        ([("json-ld", "2026-03-05T00:00:00+01:00")], "json-ld", "day"),
        ([("json-ld", "2026-03-05T10:00:00")], "json-ld", "day"),
    ],
)
def test_best_date(told: list[Told], origin: str, precision: str) -> None:
    """The first plausible date counts; a finer one of the same day replaces a bare day."""
    best = best_date(told, FETCHED)

    assert best is not None
    assert (best[1], best[0].precision) == (origin, precision)


@pytest.mark.parametrize(
    "told",
    [
        ("json-ld", "2026-03-06T00:00:12Z"),
        ("meta", "2026-03-05T23:59:45Z"),
        ("meta", "2026-03-09T10:00:00Z"),
        ("feed", "1989-12-31"),
        ("text", "03/04/2026"),
        ("text", "yesterday"),
    ],
)
def test_refused(told: Told) -> None:
    """A page built at its fetch, the future, the far past and an ambiguous date tell nothing."""
    assert best_date([told], FETCHED) is None


def test_midnight_is_that_day_in_its_own_zone() -> None:
    """Midnight with a zone is the day as it was written, not the one before in UTC."""
    best = best_date([("json-ld", "2026-03-05T00:00:00+01:00")], FETCHED)

    assert best is not None
    assert best[0].at == datetime(2026, 3, 5, tzinfo=UTC)


def test_change_taken_for_publication() -> None:
    """Linked data that gives the change as publication gives way to an older meta tag."""
    told = (("json-ld", "2026-03-05T10:00:00Z"), ("meta", "2025-08-08T04:00:00Z"))
    page = Markup(published=told, modified=(("json-ld", "2026-03-05T10:00:00Z"),))
    best = published(raw(), page, ())

    assert best is not None
    assert (best[0].at.year, best[1]) == (2025, "meta")


def test_day_in_the_address() -> None:
    """The address tells the day where page and feed do not, before what the page merely shows."""
    page = Markup(published=(("text", "2026-03-06T02:00:00Z"),))
    best = published(raw(url="https://post.test/2026/02/27/talks-fail"), page, ())

    assert best is not None
    assert (best[0].at, best[0].precision, best[1]) == (
        datetime(2026, 2, 27, tzinfo=UTC),
        "day",
        "meta",
    )


@pytest.mark.parametrize(
    ("stamp", "day", "change"),
    [
        ("Published 4 March 2026, 10:12 GMT. Updated 5 March 2026, 09:00 GMT", 4, 5),
        ("Updated 5 March 2026, 09:00 GMT", None, 5),
        ("Aktualisiert am 5. März 2026", None, None),
        ("Zuletzt aktualisiert 5. März 2026 – veröffentlicht 4. März 2026", 4, None),
        ("4 March 2026", 4, None),
        ("1 March 2026 | 4 March 2026", None, None),
    ],
)
def test_lines_of_dates(stamp: str, day: int | None, change: int | None) -> None:
    """A line that tells a change is no publication; a change counts only with its zone."""
    when = published(raw(), Markup(), [stamp])
    other = changed(raw(), Markup(), [stamp], when[0].at if when else None)

    assert (when[0].at.day if when else None) == day
    assert (other[0].day if other else None) == change


def test_a_shown_date_of_the_day_of_the_change() -> None:
    """A time without a mark that is of the day of the change tells no publication."""
    page = Markup(published=(("text", "2026-03-05"),), modified=(("meta", "2026-03-05T10:00:00Z"),))

    assert published(raw(), page, ()) is None


def test_a_change_before_the_publication_is_none() -> None:
    """Planned stories are changed before they are published; that is no change for readers."""
    page = Markup(modified=(("json-ld", "2026-03-04T10:00:00Z"),))

    assert changed(raw(), page, (), datetime(2026, 3, 5, tzinfo=UTC)) is None
    assert changed(raw(), page, (), datetime(2026, 3, 3, tzinfo=UTC)) == (
        datetime(2026, 3, 4, 10, tzinfo=UTC),
        "json-ld",
    )
