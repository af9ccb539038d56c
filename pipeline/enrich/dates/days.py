"""Expressions that name a day or a month of the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipeline.enrich.dates.meaning import Found, is_day
from pipeline.enrich.dates.scene import Scene
from pipeline.enrich.dates.words import (
    DAY,
    HOLIDAYS,
    LINK,
    MONTH,
    MONTHS,
    PART,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    either,
)
from schemas.enriched import Basis

DAY_MONTH = re.compile(
    rf"(?:{WEEKDAY},? )?(?:the )?(?:(?P<other>{DAY})(?:{LINK}|\sand\s))?"
    rf"(?P<one>(?P<day>{DAY})(?: of)? (?P<month>{MONTH})(?:,? (?P<year>{YEAR}))?)"
)
MONTH_DAY = re.compile(
    rf"(?P<one>(?:{WEEKDAY},? )?(?P<month>{MONTH}) (?:the )?(?P<day>{DAY}))"
    rf"(?:{LINK}(?P<other>{DAY})(?!\s?(?:{MONTH}|a\.?m|p\.?m|percent|million)))?"
    rf"(?:,? (?P<year>{YEAR}))?"
)
MONTH_ALONE = re.compile(
    rf"{PART}(?P<month>{MONTH})(?:,?(?: of)? (?P<year>{YEAR}))?(?! ?\d|\w|-[a-z])"
)
ISO = re.compile(r"(?P<year>(?:1[5-9]|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>\d\d)(?![\w-])")
FIGURES = re.compile(
    r"(?P<one>\d\d?)(?P<sign>[/.])(?P<two>\d\d?)(?P=sign)(?P<year>(?:1[5-9]|20)\d\d)(?![\w/])"
)
HOLIDAY = re.compile(rf"(?P<name>{either(HOLIDAYS)})(?:,? (?P<year>{YEAR}))?\b")

SPAN_END = re.compile(
    rf"(?:{LINK}|\sand\s)(?:{DAY} (?P<first>{MONTH})|(?P<second>{MONTH})(?: {DAY})?),?"
    rf" (?P<year>{YEAR})"
)
BEFORE_MONTH = re.compile(
    r"\b(?:in|of|since|by|until|till|from|during|through|to|before|after|and|or|between|for"
    r"|late|early|mid)[ -](?:the )?$",
    re.IGNORECASE,
)
VERBS = frozenset({"may", "march"})
"""Months that are also verbs: alone they are taken only after a word that a date follows."""
FIRST_NAMES = frozenset({"april", "june", "august", "may"})
PERSON = re.compile(r"\s[A-Z][a-z]")
REACH = 12
"""Letters before a month that tell."""
SOME_LEAP_YEAR = 2024


def read_day(match: re.Match[str], scene: Scene) -> Iterator[Found]:
    """Yield a day of a month, or the two ends of a span of days."""
    month = month_of(match["month"])
    year, basis = year_of(match, scene, month, number(match["day"]))
    spans = [(match.span("one"), match["day"]), (match.span("other"), match["other"])]
    if not match["other"]:
        spans = [(match.span(), match["day"])]
    for (start, end), words in sorted(spans):
        if is_day(year or SOME_LEAP_YEAR, month, number(words)):
            value = f"{told(year)}-{month:02}-{number(words):02}"
            yield Found(start, end, value, "day", basis)


def read_month(match: re.Match[str], scene: Scene) -> Iterator[Found]:
    """Yield a month."""
    if match["year"] or is_month(match, scene.text):
        month = month_of(match["month"])
        year, basis = year_of(match, scene, month)
        yield Found(*match.span(), f"{told(year)}-{month:02}", "month", basis)


def read_holiday(match: re.Match[str], scene: Scene) -> Iterator[Found]:
    """Yield a feast that has its day."""
    month, day = HOLIDAYS[match["name"].lower().replace("\u2019", "'")]
    year, basis = year_of(match, scene, month, day)
    yield Found(*match.span(), f"{told(year)}-{month:02}-{day:02}", "day", basis)


def read_iso(match: re.Match[str], _scene: Scene) -> Iterator[Found]:
    """Yield a date as ISO 8601 writes it."""
    if is_day(int(match["year"]), int(match["month"]), int(match["day"])):
        yield Found(*match.span(), match.group(), "day", "explicit")


def read_figures(match: re.Match[str], _scene: Scene) -> Iterator[Found]:
    """Yield a date in figures, unless it can be read in two ways."""
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    day, month = (two, one) if two > 12 and match["sign"] == "/" else (one, two)
    is_sure = match["sign"] == "." or day > 12 or day == month
    if is_sure and 1 <= month <= 12 and is_day(year, month, day):
        yield Found(*match.span(), f"{year}-{month:02}-{day:02}", "day", "explicit")


def month_of(name: str) -> int:
    """Return the number of a month.

    >>> month_of("Sept."), month_of("May")
    (9, 5)
    """
    return MONTHS[name.rstrip(".").lower()]


def number(words: str) -> int:
    """Return the digits of *words*.

    >>> number("21st")
    21
    """
    return int(re.sub(r"\D", "", words))


def told(year: int | None) -> str:
    """Return the year of a value.

    >>> told(1999), told(None)
    ('1999', 'XXXX')
    """
    return f"{year:04}" if year else "XXXX"


def is_month(match: re.Match[str], text: str) -> bool:
    """Tell whether what is called like a month, alone, is one."""
    name, start = match["month"], match.start("month")
    if name.endswith("."):
        return False  # the end of a sentence, or an abbreviation that wants a day
    if name.lower() not in MONTHS or (len(name) < 4 and name != "May"):
        return False
    if name.lower() in VERBS and not BEFORE_MONTH.search(text, max(0, start - REACH), start):
        return False
    return not (name.lower() in FIRST_NAMES and PERSON.match(text, match.end()))


def year_of(
    match: re.Match[str], scene: Scene, month: int, day: int = 0
) -> tuple[int | None, Basis]:
    """Return the year of a day or month, and whether the text gives it."""
    if match["year"]:
        return int(match["year"]), "explicit"
    if year := scene.year(match.start()) or year_after(match, month):
        return year, "explicit"
    if scene.published is None:
        return None, "relative"
    today = scene.published.date()
    if year := year_by_weekday(match, today, month, day):
        return year, "relative"
    return near(today, month, day, ahead=scene.ahead(*match.span())), "relative"


def year_after(match: re.Match[str], month: int) -> int | None:
    """Return the year that the end of a span gives its begin: May 3 to June 5, 2021."""
    if end := SPAN_END.match(match.string, match.end()):
        last = month_of(end["first"] or end["second"])
        return int(end["year"]) - (month > last)
    return None


def year_by_weekday(match: re.Match[str], today: date, month: int, day: int) -> int | None:
    """Return the one year about *today* in which that day is the weekday that stands before it."""
    said = WEEKDAYS.get(match.group().split(maxsplit=1)[0].rstrip(",").lower())
    fit = [
        year for year in (today.year, today.year - 1, today.year + 1)
        if said and is_day(year, month, day) and date(year, month, day).isoweekday() == said
    ]  # fmt: skip
    return fit[0] if fit else None


def near(today: date, month: int, day: int, *, ahead: bool | None) -> int:
    """Return the year in which that month, or *day* of it, is nearest *today*.

    What is to come is looked for up to nine months ahead, what was up to a year back.

    Args:
        today: the day of publication.
        month: 1 to 12.
        day: 1 to 31; 0: the whole month.
        ahead: whether it is to come; None: it may be on either side.

    >>> today = date(1999, 5, 7)
    >>> near(today, 11, 3, ahead=False), near(today, 11, 3, ahead=True)
    (1998, 1999)

    """
    gap = (month - today.month) * LONGEST_MONTH + (day - today.day if day else 0)
    forward = {True: 9, None: 6, False: 0}[ahead] * LONGEST_MONTH
    backward = forward - 12 * LONGEST_MONTH
    return today.year - (gap > forward) + (gap <= backward)


LONGEST_MONTH = 31
