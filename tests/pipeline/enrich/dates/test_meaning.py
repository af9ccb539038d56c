"""meaning: calendars are counted right at their edges."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.enrich.dates.meaning import nearest_weekday, shifted

NEW_YEAR = date(2022, 1, 1)


@pytest.mark.parametrize(
    ("unit", "count", "value"),
    [
        ("day", -1, "2021-12-31"),
        ("week", 0, "2021-W52"),
        ("weekend", 1, "2022-W01-WE"),
        ("month", -1, "2021-12"),
        ("month", 12, "2023-01"),
        ("quarter", -1, "2021-Q4"),
        ("year", -20, "2002"),
        ("decade", -1, "201X"),
        ("century", 0, "20XX"),
    ],
)
def test_units_are_counted(unit: str, count: int, value: str) -> None:
    """A unit is counted from the one that holds the day."""
    found = shifted(NEW_YEAR, unit, count)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("unit", ["day", "week", "month", "quarter", "year", "decade", "century"])
def test_no_calendar_has_it(unit: str) -> None:
    """Before the year 1 there is nothing."""
    assert shifted(date(1, 1, 1), unit, -1) is None


def test_the_same_weekday_is_today_unless_strict() -> None:
    """A Saturday counts itself, but not where last or next is said."""
    assert nearest_weekday(NEW_YEAR, 6, ahead=False) == NEW_YEAR
    assert nearest_weekday(NEW_YEAR, 6, ahead=False, strictly=True) == date(2021, 12, 25)
    assert nearest_weekday(NEW_YEAR, 6, ahead=True, strictly=True) == date(2022, 1, 8)
