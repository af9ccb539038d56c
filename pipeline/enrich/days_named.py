"""Which mentions of days and years stand among the entities, and how much of their words.

The model takes prepositions along, joins two days into one, and takes words that only say "not
now".  What such words mean is told in ``dates``; an entity is a date that a reader would look up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.enrich.dates.words import WEEKDAY

BEFORE = re.compile(
    r"(?:(?:since|until|till|by|from|in|on|of|to|before|after|during|between|around|about|and|or|"
    r"for|over|within|(?:the )?(?:end|start|beginning|middle|close|quarter|half) of)\s+)+",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"(?:\s+(?:and|or|to|until|in|of|when|at|by)|[\s,;:]|(?<!\b[ap]\.m)\.)+$", re.IGNORECASE
)
UNIT = re.compile(r"(?<=\d)[\s-](?:minute|hour|day|week|month|year|decade)s?\b", re.IGNORECASE)
"""What a number of them counts; the model at times stops before it."""
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
TELLS = re.compile(
    rf"\d|\b(?:{MONTHS}|{WEEKDAY}|day|week|month|quarter|year|decade|centur|morning|afternoon|"
    r"evening|night|noon|spring|summer|autumn|fall\b|winter|eve\b|christmas|easter|ramadan|season|"
    r"era\b|age\b)",
    re.IGNORECASE,
)
JOINED = re.compile(
    rf"\s(?:and|or|to)\s(?=(?:the )?(?:\d{{1,2}} )?(?:{MONTHS}|{WEEKDAY}|\d{{4}}\b))",
    re.IGNORECASE,
)
"""What stands between two dates that each can be looked up: not in "May 3 to 5"."""
SAID_DAILY = frozenset({"today", "yesterday", "tomorrow", "tonight", "now", "day", "days", "year"})


def days_named(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where each date in a mention begins and ends, with the unit that it counts.

    >>> text = "since March 2019 and 2021 and"
    >>> [text[slice(*one)] for one in days_named(text, 0, len(text))]
    ['March 2019', '2021']
    >>> list(days_named("since", 0, 5)), list(days_named("today", 0, 5))
    ([], [])
    >>> list(days_named("past 24 hours", 0, 7)), list(days_named("10 a.m.", 0, 7))
    ([(0, 13)], [(0, 7)])
    """
    if found := UNIT.match(text, end):
        end = found.end()
    bounds = [start, *(found.end() for found in JOINED.finditer(text, start, end)), end]
    for first, last in pairwise(bounds):
        begin, words = first, text[first:last]
        if found := BEFORE.match(words):
            begin, words = first + found.end(), words[found.end() :]
        words = AFTER.sub("", words)
        if TELLS.search(words) and words.casefold() not in SAID_DAILY:
            yield begin, begin + len(words)
