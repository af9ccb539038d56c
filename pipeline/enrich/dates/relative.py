"""Expressions that are counted from the day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipeline.enrich.dates.days import month_of, near
from pipeline.enrich.dates.meaning import UNITS, Found, nearest_weekday, shifted
from pipeline.enrich.dates.scene import Scene
from pipeline.enrich.dates.words import (
    DAY_PARTS,
    MONTH,
    NUMBERS,
    PART,
    SEASONS,
    SHIFTS,
    VAGUE,
    WEEKDAY,
    WEEKDAYS,
    either,
)

UNIT = either(UNITS)
PARTS = either(DAY_PARTS)
TODAY = re.compile(
    rf"(?i:the )?(?P<beyond>(?i:day (?:before|after)) )?(?P<word>(?i:yesterday|today|tomorrow))"
    rf"(?:\s(?P<part>{PARTS}))?\b"
)
PART_OF_DAY = re.compile(
    rf"(?i:(?P<which>this|last) (?P<part>{PARTS})|(?P<night>tonight|overnight))\b"
)
ON_WEEKDAY = re.compile(
    rf"(?:(?:(?i:early|earlier|late|later|(?P<shift>last|next|this|this coming|this past"
    rf"|the previous)))\s)?(?P<weekday>{WEEKDAY})(?:\s(?P<part>{PARTS}))?\b(?!-)"
)
SHIFTED = re.compile(
    rf"(?:{PART}|(?:(?i:earlier|later|sometime|some time|early|late)\s))(?i:the )?"
    rf"(?P<shift>{either(SHIFTS)})(?: (?i:fiscal|calendar|full|financial))? (?P<unit>{UNIT})\b"
)
NAMED = re.compile(
    rf"(?P<shift>(?i:last|next|this|this past|this coming))\s(?:(?i:early|late|mid)[- ])?"
    rf"(?:(?P<month>{MONTH})(?!\s\d)|(?P<season>{either(SEASONS)})\b)"
)
COUNTED = re.compile(
    rf"(?:(?i:about|almost|nearly|some|around|over|more than|less than|just|only)\s)?"
    rf"(?P<count>\d{{1,3}}|{either(NUMBERS)})[\s-](?P<unit>{UNIT})s?[\s-]"
    r"(?P<way>(?i:ago|from now))\b"
)
END_OF_YEAR = re.compile(r"(?i:year-end|(?:the )?year['\u2019]s end|the end of the year)\b")
WEEKEND = re.compile(r"(?i:over|at|during) (?P<it>the weekend)\b", re.IGNORECASE)
UNSURE = re.compile(rf"(?:{either(VAGUE)})\b")

LONG_AGO = re.compile(
    r"(?i:(?:(?:several|a few|a couple of|many|some)\s)?"
    r"(?:days|weeks|months|years|decades|centuries) ago)\b"
)
NO_DAY = re.compile(
    r"\b(?:black|good|bloody|super|ash|palm|cyber|holy|maundy|easter|giving|sheffield)\s$",
    re.IGNORECASE,
)
PAPER = re.compile(r"\s(?:Times|Mirror|Telegraph|Post|Mail|Express|Herald|Star|World|School)\b")
REACH = 10
"""Letters before a weekday that tell."""


def today_of(scene: Scene) -> date | None:
    """Return the day of publication."""
    return scene.published.date() if scene.published else None


def read_today(match: re.Match[str], scene: Scene) -> Iterator[Found]:
    """Yield a day next to that of publication."""
    count = {"yesterday": -1, "today": 0, "tomorrow": 1}[match["word"].lower()]
    if match["beyond"]:
        count *= 2
    if (day := today_of(scene)) and (found := shifted(day, "day", count)):
        yield with_part(match, found.value)


def with_part(match: re.Match[str], day: str) -> Found:
    """Return a day, or the part of it that is named."""
    if part := match["part"]:
        return Found(*match.span(), f"{day}T{DAY_PARTS[part.lower()]}", "time")
    return Found(*match.span(), day, "day")


def read_part_of_day(match: re.Match[str], scene: Scene) -> Iterator[Found]:
    """Yield this morning, last night, tonight."""
    if day := today_of(scene):
        part = DAY_PARTS[(match["part"] or "night").lower()]
        count = -1 if (match["which"] or "").lower() == "last" else 0
        if found := shifted(day, "day", count):
            yield Found(*match.span(), f"{found.value}T{part}", "time")


def read_weekday(match: re.Match[str], scene: Scene) -> Iterator[Found]:
    """Yield a weekday: the last before publication, or the next where that is spoken of."""
    start, wanted = match.start("weekday"), WEEKDAYS[match["weekday"].lower()]
    if NO_DAY.search(scene.text, max(0, start - REACH), start):
        return
    if PAPER.match(scene.text, match.end()):
        return
    if (day := today_of(scene)) is None:
        yield with_part(match, f"XXXX-WXX-{wanted}")
        return
    shift = (match["shift"] or "").lower()
    ahead = shift in {"next", "this coming"}
    if shift in {"", "this"}:
        ahead = scene.ahead(*match.span()) is True
    strictly = shift in {"next", "last", "the previous"}
    yield with_part(match, nearest_weekday(day, wanted, ahead=ahead, strictly=strictly).isoformat())


def read_shifted(match: re.Match[str], scene: Scene) -> Iterator[Found]:
    """Yield last month, this year, next week."""
    unit, count = match["unit"].lower(), SHIFTS[match["shift"].lower()]
    if (day := today_of(scene)) and unit != "day" and (found := shifted(day, unit, count)):
        yield Found(*match.span(), found.value, found.granularity)


def read_named(match: re.Match[str], scene: Scene) -> Iterator[Found]:
    """Yield last November, this summer."""
    if (day := today_of(scene)) is None:
        return
    shift = match["shift"].lower()
    if match["month"]:
        month = month_of(match["month"])
        yield Found(*match.span(), f"{shifted_year(day, month, shift):04}-{month:02}", "month")
    else:
        season = SEASONS[match["season"].lower()]
        yield Found(*match.span(), f"{season_year(day, season, shift):04}-{season}", "season")


def shifted_year(day: date, month: int, shift: str) -> int:
    """Return the year of last, this or next *month*.

    >>> shifted_year(date(2022, 2, 11), 2, "last"), shifted_year(date(2022, 2, 11), 11, "last")
    (2021, 2021)
    """
    if shift == "this":
        return day.year
    ahead = shift in {"next", "this coming"}
    year = near(day, month, 0, ahead=ahead)
    is_now = month == day.month and shift in {"next", "last"}
    return year + (1 if ahead else -1) * is_now


def season_year(day: date, season: str, shift: str) -> int:
    """Return the year of last, this or next *season*; a winter has that in which it begins.

    >>> season_year(date(1999, 5, 7), "FA", "last"), season_year(date(1999, 1, 7), "WI", "this")
    (1998, 1998)
    """
    begins = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season]
    if season == "WI" and day.month < 3:
        return day.year - 1 + SHIFTS.get(shift, 0)
    if shift in {"last", "this past"}:
        return day.year - (day.month < begins + 3)
    return day.year + (shift == "next" and day.month >= begins)


def read_counted(match: re.Match[str], scene: Scene) -> Iterator[Found]:
    """Yield two days ago."""
    word = match["count"].lower()
    count = NUMBERS.get(word) or int(word)
    sign = 1 if match["way"].lower() == "from now" else -1
    unit = match["unit"].lower()
    if (day := today_of(scene)) and (found := shifted(day, unit, sign * count)):
        yield Found(*match.span(), found.value, found.granularity)


def read_end_of_year(match: re.Match[str], scene: Scene) -> Iterator[Found]:
    """Yield the year that ends."""
    if day := today_of(scene):
        yield Found(*match.span(), f"{day.year:04}", "year")


def read_weekend(match: re.Match[str], scene: Scene) -> Iterator[Found]:
    """Yield the weekend last before publication, or the next where that is spoken of."""
    if day := today_of(scene):
        ahead = scene.ahead(*match.span()) is True or day.isoweekday() > 5
        if found := shifted(day, "weekend", 0 if ahead else -1):
            yield Found(*match.span("it"), found.value, "week")


def read_vague(match: re.Match[str], _scene: Scene) -> Iterator[Found]:
    """Yield now, recently, soon."""
    yield Found(*match.span(), VAGUE[match.group().lower()], "vague")


def read_long_ago(match: re.Match[str], _scene: Scene) -> Iterator[Found]:
    """Yield years ago."""
    yield Found(*match.span(), "PAST_REF", "vague")
