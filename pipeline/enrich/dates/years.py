"""Expressions that name a year, a part of one, or more than one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.enrich.dates.meaning import Found
from pipeline.enrich.dates.scene import Scene
from pipeline.enrich.dates.words import (
    CENTURIES,
    DECADES,
    HALVES,
    PART,
    QUARTERS,
    SEASONS,
    SHIFTS,
    YEAR,
    either,
)
from schemas.enriched import Basis

YEARS = re.compile(
    rf"{PART}(?:(?i:fiscal(?: year)?|the year) )?(?P<year>{YEAR})"
    r"(?:(?:[-\u2013/]|\sto\s)(?P<to>(?:1[5-9]|20)\d\d|\d\d)(?![\w%-]|[.,:]\d))?"
)
DECADE = re.compile(
    rf"(?:(?i:the )?{PART}(?:(?P<full>(?:1[5-9]|20)\d)0['\u2019]?s|['\u2019\u2018`](?P<short>\d)0s)"
    rf"|(?i:the ){PART}(?P<words>{either(DECADES)}))\b"
)
CENTURY = re.compile(
    rf"(?:the )?{PART}(?:(?P<digits>[12]?\d)(?:st|nd|rd|th)|(?P<words>{either(CENTURIES)}))"
    r"[ -]century\b"
)
OWNER = r"(?:(?P<before>(?i:last|this|next)) year['\u2019]s )?"
OF_YEAR = (
    rf"(?:,? (?:of )?(?:the )?(?:fiscal )?"
    rf"(?:(?P<year>{YEAR})|(?P<after>(?i:last|this|next)) year))?"
)
QUARTER = re.compile(
    rf"(?i:the )?{OWNER}(?:fiscal[- ])?"
    rf"(?:(?P<which>{either(QUARTERS)})[- ]quarter\b|Q(?P<digit>[1-4])\b){OF_YEAR}"
)
HALF = re.compile(rf"(?i:the )?{OWNER}(?P<which>{either(HALVES)})[- ]half{OF_YEAR}\b")
SEASON = re.compile(rf"(?i:the )?{PART}(?P<season>{either(SEASONS)})(?: of)? (?P<year>{YEAR})")

BEFORE_COUNT = re.compile(
    r"(?:[$\u00a3\u20ac#@/.,+-]|\b(?:No|Rs|flight|room|page|chapter|model) ?\.?)\s?$", re.IGNORECASE
)
AFTER_COUNT = re.compile(
    r"[-\s](?:people|men|women|children|troops|soldiers|workers|employees|jobs|miles|met(?:re|er)s"
    r"|feet|km|kilomet(?:re|er)s|ton(?:ne)?s|dollars|euros|pounds|points|shares|votes|homes|houses"
    r"|members|cases|deaths|hours|times|square|acres|hectares|students|civilians|pages|words|kg|mm"
    r"|lakh|crore|rupees|yen|barrels|units|seats|cars|others|percent|per cent)\b"
)
SOON = 6
"""Months in which a quarter or half that is to come begins; a later one has its year."""
REACH = 9
"""Letters before a number that tell what it counts."""


def read_years(match: re.Match[str], scene: Scene) -> Iterator[Found]:
    """Yield a year, or the first and the last of several."""
    if is_count(match, scene.text):
        return
    year = int(match["year"])
    end = match.end("year") if match["to"] else match.end()
    yield Found(match.start(), end, match["year"], "year", "explicit")
    if match["to"]:
        last = int(match["year"][: 4 - len(match["to"])] + match["to"])
        last += 100 * (last < year)
        yield Found(*match.span("to"), str(last), "year", "explicit")


def is_count(match: re.Match[str], text: str) -> bool:
    """Tell whether a number that looks like a year counts or numbers something."""
    start = match.start("year")
    return bool(
        BEFORE_COUNT.search(text, max(0, start - REACH), start)
        or AFTER_COUNT.match(text, match.end())
    )


def read_decade(match: re.Match[str], _scene: Scene) -> Iterator[Found]:
    """Yield a decade; one without a century is of the twentieth."""
    digits = match["full"] or f"19{match['short'] or DECADES[match['words'].lower()]}"
    yield Found(*match.span(), f"{digits}X", "decade", "explicit")


def read_century(match: re.Match[str], _scene: Scene) -> Iterator[Found]:
    """Yield a century."""
    count = int(match["digits"] or CENTURIES[match["words"].lower()])
    if 1 <= count <= 22:
        yield Found(*match.span(), f"{count - 1:02}XX", "century", "explicit")


def read_quarter(match: re.Match[str], scene: Scene) -> Iterator[Found]:
    """Yield a quarter."""
    which = int(match["digit"] or QUARTERS[match["which"].lower()])
    if part := part_of_year(match, scene, which, 4):
        year, basis = part
        yield Found(*match.span(), f"{year}-Q{which}", "quarter", basis)


def read_half(match: re.Match[str], scene: Scene) -> Iterator[Found]:
    """Yield half a year, if a year is named: a match and a century have halves too."""
    which = HALVES[match["which"].lower()]
    if match["year"] or match["before"] or match["after"]:
        year, basis = part_of_year(match, scene, which, 2)
        yield Found(*match.span(), f"{year}-H{which}", "year", basis)


def read_season(match: re.Match[str], _scene: Scene) -> Iterator[Found]:
    """Yield the season of a year that is named."""
    value = f"{match['year']}-{SEASONS[match['season'].lower()]}"
    yield Found(*match.span(), value, "season", "explicit")


def part_of_year(match: re.Match[str], scene: Scene, which: int, parts: int) -> tuple[str, Basis]:
    """Return the year of the quarter or half *which*, and whether the text gives it.

    Without a year it is the one that runs or ran last, or comes next where that is spoken of.
    """
    if match["year"]:
        return match["year"], "explicit"
    if scene.published is None:
        return "XXXX", "relative"
    year = scene.published.year
    if shift := match["before"] or match["after"]:
        return f"{year + SHIFTS[shift.lower()]:04}", "relative"
    running = (scene.published.month - 1) * parts // 12 + 1
    gap = (which - running) % parts
    comes = gap * 12 <= SOON * parts and scene.ahead(*match.span())
    return f"{year + (which < running) if comes else year - (which > running):04}", "relative"
