"""What an expression of time means: a value of TIMEX3, and the arithmetic of calendars behind it.

Values follow ISO 8601 where it has a form (2022-02-11, 2022-02, 2022-W06, 2022) and TimeML where it
has none (2022-Q1, 2022-H1, 2022-FA, 2022-W06-WE, 199X, 18XX, PAST_REF).
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from schemas.enriched import Basis, Granularity


@dataclass(frozen=True, slots=True)
class Found:
    """An expression in its field, with its meaning; ``T20:00`` as a value waits for its day."""

    start: int
    end: int
    value: str
    granularity: Granularity
    basis: Basis = "relative"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A value and how exact it is."""

    value: str
    granularity: Granularity


UNITS: dict[str, Granularity] = {
    "day": "day", "week": "week", "weekend": "week", "month": "month", "quarter": "quarter",
    "year": "year", "decade": "decade", "century": "century",
}  # fmt: skip

PARTS = {"month": (12, "{:02}"), "quarter": (4, "Q{}")}
"""How many a year has, and how they are written."""
YEARS = {"year": (1, 4), "decade": (10, 3), "century": (100, 2)}
"""How many years they have, and how many digits tell which."""


def shifted(day: date, unit: str, count: int) -> Meaning | None:
    """Return the *unit* that lies *count* units from that of *day*; None: no calendar has it.

    >>> shifted(date(2022, 2, 11), "month", -2)
    Meaning(value='2021-12', granularity='month')
    >>> shifted(date(2022, 1, 1), "week", 0).value
    '2021-W52'
    """
    try:
        return Meaning(value_of(day, unit, count), UNITS[unit])
    except (ValueError, OverflowError):  # before the year 1 or after 9999
        return None


def value_of(day: date, unit: str, count: int) -> str:
    """Return the value of that unit.

    Raises:
        ValueError, OverflowError: no calendar has it.

    """
    if unit == "day":
        return (day + timedelta(days=count)).isoformat()
    if unit in {"week", "weekend"}:
        year, week, _ = (day + timedelta(weeks=count)).isocalendar()
        return f"{year:04}-W{week:02}" + ("-WE" if unit == "weekend" else "")
    if unit in PARTS:
        parts, form = PARTS[unit]
        at = day.year * parts + (day.month - 1) * parts // 12 + count
        return f"{valid(at // parts)}-{form.format(at % parts + 1)}"
    years, kept = YEARS[unit]
    return valid(day.year + years * count)[:kept] + "X" * (4 - kept)


def valid(year: int) -> str:
    """Return *year* in four digits.

    Raises:
        ValueError: no calendar has it.

    """
    return f"{date(year, 1, 1).year:04}"


def is_day(year: int, month: int, day: int) -> bool:
    """Tell whether the calendar has that day.

    >>> is_day(2023, 2, 29), is_day(2024, 2, 29)
    (False, True)
    """
    return 1 <= day <= calendar.monthrange(year, month)[1]


def nearest_weekday(day: date, wanted: int, *, ahead: bool, strictly: bool = False) -> date:
    """Return the *wanted* weekday last before *day*, or *ahead* of it.

    Args:
        day: what is counted from; itself where it is that weekday, unless *strictly*.
        wanted: 1 (Monday) to 7.
        ahead: whether to count forward.
        strictly: whether the day itself is left out.

    >>> nearest_weekday(date(2022, 2, 11), 1, ahead=False)
    datetime.date(2022, 2, 7)
    >>> nearest_weekday(date.max, 7, ahead=True)  # where the calendar ends: the last there is
    datetime.date(9999, 12, 26)

    """
    steps = (wanted - day.isoweekday()) * (1 if ahead else -1) % 7
    steps = 7 if strictly and steps == 0 else steps
    number = day.toordinal() + (steps if ahead else -steps)
    if number > date.max.toordinal():
        number -= 7
    return date.fromordinal(number if number >= 1 else number + 7)
