"""when: dates as newspapers write them, and those that are not to be trusted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.clean.when import plausible, read_date


@pytest.mark.parametrize(
    ("text", "at", "precision", "zoned"),
    [
        ("2024-03-05T10:12:09Z", "2024-03-05T10:12:09", "second", True),
        ("2024-03-05T10:12:09.123+01:00", "2024-03-05T09:12:09.123", "second", True),
        ("2024-03-05T10:12+0100", "2024-03-05T09:12:00", "minute", True),
        ("2024-03-05 10:12:09 +0000", "2024-03-05T10:12:09", "second", True),
        ("2024-03-05T10:12:09", "2024-03-05T10:12:09", "second", False),
        ("2024-03-05", "2024-03-05T00:00:00", "day", False),
        ("Tue, 05 Mar 2024 10:12:09 EST", "2024-03-05T15:12:09", "second", True),
        ("5 Mar 2024 10:12 +0530", "2024-03-05T04:42:00", "minute", True),
        ("March 5, 2024 at 6:30 p.m. EDT", "2024-03-05T22:30:00", "minute", True),
        ("5. März 2024, 18:30 Uhr", "2024-03-05T18:30:00", "minute", False),
        ("Publié le 4 mars 2026 à 18h20", "2026-03-04T00:00:00", "day", False),
        ("15 de febrero de 2026", "2026-02-15T00:00:00", "day", False),
    ],
)
def test_read(text: str, at: str, precision: str, zoned: bool) -> None:
    """A date comes out in UTC with its precision, and says whether it had a zone."""
    when = read_date(text)

    assert when is not None
    assert when.at == datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert (when.precision, when.zoned) == (precision, zoned)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "03/04/2024", "31 February 2024", "2024-13-01", "2024", "1709633529", "0000-00-00",
     "5 Smarch 2024", "2024-03-05T99:00:00Z"],
)  # fmt: skip
def test_no_date(text: str) -> None:
    """What is no date, or could be two, is none."""
    assert read_date(text) is None


def test_zone_that_means_two_things() -> None:
    """IST is India, Israel or Ireland: the time is taken without a zone."""
    when = read_date("5 March 2024, 10:12 IST")

    assert when is not None
    assert not when.zoned


def test_the_last_day_there_is_can_be_that_of_a_fetch() -> None:
    """A clock that is far off costs no record."""
    when = read_date("2024-03-05")
    assert when is not None
    assert plausible(when, datetime(9999, 12, 31, tzinfo=UTC))


def test_plausible() -> None:
    """A story is from 1990 on and at most two days from the future of its fetch."""
    fetched = datetime(2024, 3, 5, tzinfo=UTC)
    told = ["1989-12-31", "1990-01-01", "2024-03-07", "2024-03-08"]

    assert [plausible(when, fetched) for when in map(read_date, told) if when] == [
        False, True, True, False,
    ]  # fmt: skip
    assert fetched + timedelta(hours=48) == datetime(2024, 3, 7, tzinfo=UTC)
