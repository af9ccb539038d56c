"""Dates as newspapers write them: an instant in UTC, and how exactly it is known.

A wrong date is worse than none, so a form that can be read in two ways (03/04/2024) is not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Literal

Precision = Literal["second", "minute", "day"]

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""News on the web begins here; what claims to be older is a default of some machine."""
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
SLACK = timedelta(hours=48)
"""How far after its fetch a story may be dated: clocks differ, and zones are mistaken."""

MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "january jan januar janvier enero",
            "february feb februar février febrero",
            "march mar märz mars marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet julio",
            "august aug août agosto",
            "september sep sept septembre septiembre",
            "october oct oktober octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember décembre diciembre",
        ),
        1,
    )
    for word in words.split()
}
ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "cet": 1, "cest": 2, "eet": 2, "eest": 3,
    "est": -5, "edt": -4, "cdt": -5, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
"""Zone names that mean one thing: IST, BST and CST do not."""
ISO = re.compile(r"\d{4}-?\d{2}-?\d{2}(?:[T ]\d{2}:?\d{2}.*)?")
CLOCK = re.compile(
    r"\b(\d{1,2})[:.](\d{2})(?::(\d{2}))?\s*([ap])?\.?m?\.?(?:\s*\(?([A-Za-z]{1,4}|"
    r"[+-]\d{2}:?\d{2})\b)?",
    re.IGNORECASE,
)
DAY_FIRST = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:de\s+)?([^\W\d_]{3,10})\.?,?\s+(?:de\s+)?(\d{4})\b"
)
MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
MAX_LENGTH = 100


@dataclass(frozen=True, slots=True)
class When:
    """An instant in UTC and how exactly it is known; ``zoned`` says whether a zone was given."""

    at: datetime
    precision: Precision
    zoned: bool


def read_date(text: str) -> When | None:
    """Return the date that *text* holds: ISO 8601, RFC 822, or words in four languages.

    >>> read_date("2024-03-05T10:12:00+01:00").at.isoformat()
    '2024-03-05T09:12:00+00:00'
    >>> read_date("Published 5 March 2024, 10:12 GMT").precision
    'minute'
    >>> read_date("Tue, 05 Mar 2024 10:12:09 GMT").precision, read_date("2024-03-05").precision
    ('second', 'day')
    >>> read_date("03/04/2024")
    """
    text = text.strip()[:MAX_LENGTH]
    for reader in (iso, rfc822, worded):
        try:
            if (found := reader(text)) is not None:
                return found
        except (ValueError, TypeError, OverflowError, IndexError):
            continue  # not a date in this form
    return None


def iso(text: str) -> When | None:
    """Read ISO 8601."""
    if not ISO.fullmatch(text):
        return None
    at = datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d|Z)", "", re.sub(r"\s*UTC$", "Z", text)))
    if len(text) <= 10:
        return When(at.replace(tzinfo=UTC), "day", zoned=False)
    seconds = re.search(r"\d{2}:?\d{2}:?\d{2}", text[11:])
    return in_utc(
        at, "second" if seconds and not re.match(r"\d{2}:?\d{2}[+-]", text[11:]) else "minute"
    )


def rfc822(text: str) -> When | None:
    """Read the date of a feed; there, no zone means UTC."""
    if not re.match(
        r"(?:[A-Za-z]{3,9},\s*)?\d{1,2}\s+[A-Za-z]{3,9}\s+\d{2,4}\s+\d{1,2}:\d{2}", text
    ):
        return None
    at = parsedate_to_datetime(text)
    seconds = re.search(r"\d{1,2}:\d{2}:\d{2}", text)
    return in_utc(at.replace(tzinfo=at.tzinfo or UTC), "second" if seconds else "minute")


def worded(text: str) -> When | None:
    """Read a date whose month is a word, with the time of day if one stands beside it."""
    if (found := DAY_FIRST.search(text)) is not None:
        day, month, year = int(found[1]), found[2], int(found[3])
    elif (found := MONTH_FIRST.search(text)) is not None:
        month, day, year = found[1], int(found[2]), int(found[3])
    else:
        return None
    if month.casefold() not in MONTHS:
        return None
    date = datetime(year, MONTHS[month.casefold()], day, tzinfo=UTC)
    return with_clock(date, text[: found.start()] + " " + text[found.end() :])


def with_clock(date: datetime, rest: str) -> When:
    """Return *date* with the time of day that *rest* holds."""
    clock = CLOCK.search(rest)
    if clock is None:
        return When(date, "day", zoned=False)
    hour = int(clock[1]) % 12 + 12 * (clock[4].lower() == "p") if clock[4] else int(clock[1])
    at = date.replace(hour=hour, minute=int(clock[2]), second=int(clock[3] or 0))
    return in_utc(at.replace(tzinfo=zone(clock[5] or "")), "second" if clock[3] else "minute")


def zone(name: str) -> timezone | None:
    """Return the zone that *name* or an offset stands for, None where it is not certain.

    >>> zone("CET"), zone("IST")
    (datetime.timezone(datetime.timedelta(seconds=3600)), None)
    """
    if name[:1] in {"+", "-"}:
        offset = timedelta(hours=int(name[1:3]), minutes=int(name[-2:]))
        return timezone(-offset if name[0] == "-" else offset)
    hours = ZONES.get(name.lower())
    return None if hours is None else timezone(timedelta(hours=hours))


def in_utc(at: datetime, precision: Precision) -> When:
    """Return *at* in UTC; a time without a zone keeps its clock and says so.

    Midnight to the second is what a machine writes that knows the day alone.
    """
    if at.time() == time.min:
        return When(at.replace(tzinfo=UTC), "day", zoned=False)
    if at.tzinfo is None:
        return When(at.replace(tzinfo=UTC), precision, zoned=False)
    return When(at.astimezone(UTC), precision, zoned=True)


def plausible(when: When, fetched_at: datetime | None) -> bool:
    """Say whether a story read at *fetched_at* can be of that date."""
    if not EARLIEST <= when.at <= LATEST:
        return False
    return fetched_at is None or when.at - SLACK <= fetched_at


def day_of(when: When) -> When:
    """Return the day of *when*, which is all that a time without a zone can tell."""
    return When(when.at.replace(hour=0, minute=0, second=0, microsecond=0), "day", zoned=False)
