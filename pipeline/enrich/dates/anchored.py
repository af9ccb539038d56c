"""Expressions that are counted from what the paragraph told before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipeline.enrich.dates.meaning import Found, shifted
from pipeline.enrich.dates.scene import Scene
from pipeline.enrich.dates.words import NUMBERS, either

SHIFTS = {"that": 0, "the same": 0, "the following": 1, "the next": 1, "the previous": -1}
UNITS = ("day", "week", "month", "quarter", "year", "decade")
FINER = {"time": 0, "day": 0, "week": 1, "month": 2, "quarter": 3, "season": 3, "year": 4,
         "decade": 5, "century": 6}  # fmt: skip
THAT = re.compile(
    rf"(?:(?i:earlier|later) )?(?P<shift>{either(SHIFTS)}) (?P<unit>{either(UNITS)})\b"
)
COUNTED = re.compile(
    rf"(?P<count>\d{{1,3}}|{either(NUMBERS)})[\s-](?P<unit>{either(UNITS)})s?[\s-]"
    r"(?P<way>(?i:earlier|later|before))\b"
)
YEAR_AGO = re.compile(
    r"(?i:(?:the )?(?:quarter )?(?:comparable )?(?:a |one[ -])?year[ -](?:earlier|ago)"
    r"(?: (?:period|quarter))?)\b"
)
QUARTER = re.compile(r"(?i:(?:the|that|the latest) quarter)\b")
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
MONTH = re.compile(r"(\d{4})-(\d\d)$")
PART = re.compile(r"(\d{4})-Q(\d)$")
WEEK = re.compile(r"(\d{4})-W(\d\d)")
YEAR = re.compile(r"\d{4}")


def read_that(match: re.Match[str], scene: Scene) -> Iterator[Found]:
    """Yield that year, the following day."""
    count = SHIFTS[match["shift"].lower()]
    yield from counted(match, scene, count)


def read_counted(match: re.Match[str], scene: Scene) -> Iterator[Found]:
    """Yield two years later."""
    word = match["count"].lower()
    count = NUMBERS.get(word) or int(word)
    yield from counted(match, scene, count if match["way"].lower() == "later" else -count)


def counted(match: re.Match[str], scene: Scene, count: int) -> Iterator[Found]:
    """Yield the unit *count* units from what was told last, if that is as exact."""
    base, unit = scene.base(match.start()), match["unit"].lower()
    if base is None or FINER[base.granularity] > UNITS_FINER[unit]:
        return
    if found := shifted(first_day(base.value), unit, count):
        yield Found(*match.span(), found.value, found.granularity, base.basis)


UNITS_FINER = {unit: FINER[unit] for unit in UNITS}


def read_year_ago(match: re.Match[str], scene: Scene) -> Iterator[Found]:
    """Yield a year earlier: the same quarter, where figures of one are told."""
    base = scene.last("quarter", match.start())
    if base and (part := PART.match(base.value)):
        value = f"{int(part[1]) - 1:04}-Q{part[2]}"
        yield Found(*match.span(), value, "quarter", base.basis)
    elif scene.published:
        yield Found(*match.span(), f"{scene.published.year - 1:04}", "year")


def read_quarter(match: re.Match[str], scene: Scene) -> Iterator[Found]:
    """Yield the quarter that was told of last."""
    if base := scene.last("quarter"):
        yield Found(*match.span(), base.value, "quarter", base.basis)


def first_day(value: str) -> date:
    """Return the first day of a value.

    >>> first_day("1999-Q3"), first_day("1999-05-07TNI"), first_day("1999")
    (datetime.date(1999, 7, 1), datetime.date(1999, 5, 7), datetime.date(1999, 1, 1))
    """
    if day := DAY.match(value):
        return date(int(day[1]), int(day[2]), int(day[3]))
    if month := MONTH.match(value):
        return date(int(month[1]), int(month[2]), 1)
    if part := PART.match(value):
        return date(int(part[1]), int(part[2]) * 3 - 2, 1)
    if week := WEEK.match(value):
        return date.fromisocalendar(int(week[1]), int(week[2]), 1)
    year = YEAR.match(value)
    return date(int(year[0]) if year else 1, 1, 1)
