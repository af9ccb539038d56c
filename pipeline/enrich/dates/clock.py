"""Times of day, and the day that one belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.enrich.dates.meaning import Found
from pipeline.enrich.dates.scene import Scene

ZONE = r"(?:\s?\(?(?P<zone>GMT|UTC|[A-Z][SD]?T|CES?T|EES?T|BST|IST|JST|MSK|local time)\b\)?)"
TWELVE = re.compile(
    rf"(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])(?:m\b|\.m\.?){ZONE}?",
    re.IGNORECASE,
)
TWENTY_FOUR = re.compile(rf"(?P<hour>[01]?\d|2[0-3])[:.h]?(?P<minute>[0-5]\d)(?::[0-5]\d)?{ZONE}")
AT_CLOCK = re.compile(
    r"(?P<hour>[01]?\d|2[0-3])(?::(?P<minute>[0-5]\d)(?![\d:])|(?<=\d\d)(?P<last>[0-5]\d) hours\b)"
)
AT = re.compile(r"\b(?:at|by|until|till|from|around|about|before|after|since)\s$", re.IGNORECASE)
WORDS = {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}
NAMED = re.compile(r"(?i:noon|midday|midnight)\b")
WORLD = frozenset({"GMT", "UTC"})
REACH = 8
"""Letters before a time that tell."""
NEXT_TO = re.compile(r",?\s(?:on\s|at\s|of\s)?")
UNKNOWN_DAY = "XXXX-XX-XX"


def read_twelve(match: re.Match[str], _scene: Scene) -> Iterator[Found]:
    """Yield 8 p.m."""
    hour = int(match["hour"]) % 12 + 12 * (match["half"].lower() == "p")
    yield at(match, hour, match["minute"] or "00", match["zone"])


def read_twenty_four(match: re.Match[str], _scene: Scene) -> Iterator[Found]:
    """Yield 1430 GMT."""
    yield at(match, int(match["hour"]), match["minute"], match["zone"])


def read_clock(match: re.Match[str], scene: Scene) -> Iterator[Found]:
    """Yield 14:30 after a word that a time follows: without one it may be a score."""
    if AT.search(scene.text, max(0, match.start() - REACH), match.start()):
        yield at(match, int(match["hour"]), match["minute"] or match["last"], None)


def read_named(match: re.Match[str], _scene: Scene) -> Iterator[Found]:
    """Yield noon."""
    yield Found(*match.span(), f"T{WORDS[match.group().lower()]}", "time")


def at(match: re.Match[str], hour: int, minute: str, zone: str | None) -> Found:
    """Return a time that waits for its day; of the zones only the world's own is written."""
    sign = "Z" if (zone or "").upper() in WORLD else ""
    return Found(*match.span(), f"T{hour:02}:{minute}{sign}", "time", "explicit")


def with_days(found: Iterable[Found], scene: Scene) -> Iterator[Found]:
    """Yield what was *found*, each time of day joined to the day beside it.

    A time with no day beside it has that which its paragraph named last, else none that is known.
    """
    kept: list[Found] = []
    for one in found:
        before = kept[-1] if kept else None
        if before and is_pair(scene.text, before, one):
            kept[-1] = joined(before, one)
        else:
            kept.append(one)
    yield from with_days_named(kept, scene)


def with_days_named(found: Iterable[Found], scene: Scene) -> Iterator[Found]:
    """Yield what was *found*, a time that still waits with the day its paragraph named last."""
    day = Found(-1, -1, UNKNOWN_DAY, "day")
    for one in found:
        if one.granularity == "day":
            day = one
        if one.value.startswith("T"):
            known = day.start >= scene.paragraph(one.start)
            yield replace(one, value=(day.value if known else UNKNOWN_DAY) + one.value)
        else:
            yield one


def is_pair(text: str, one: Found, two: Found) -> bool:
    """Tell whether two expressions that follow each other are a day and its time."""
    day, time = (two, one) if one.value.startswith("T") else (one, two)
    is_one = day.granularity == "day" and time.value.startswith("T")
    return is_one and bool(NEXT_TO.fullmatch(text, one.end, two.start))


def joined(one: Found, two: Found) -> Found:
    """Return a day and its time as one expression."""
    day, time = (two, one) if one.value.startswith("T") else (one, two)
    return Found(one.start, two.end, day.value + time.value, "time", day.basis)
