"""One walk over a text: the words that begin an expression of time, and the rules that read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.enrich.dates import anchored, clock, days, relative, years
from pipeline.enrich.dates.meaning import Found
from pipeline.enrich.dates.scene import Scene
from pipeline.enrich.dates.words import (
    CENTURIES,
    DECADES,
    HALVES,
    HOLIDAYS,
    MONTHS,
    NUMBERS,
    QUARTERS,
    SEASONS,
    SHIFTS,
    VAGUE,
    WEEKDAYS,
)

Read = Callable[[re.Match[str], Scene], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Rule:
    """What an expression looks like and how it is read."""

    pattern: re.Pattern[str]
    read: Read


RULES = (
    Rule(days.ISO, days.read_iso),
    Rule(days.FIGURES, days.read_figures),
    Rule(days.MONTH_DAY, days.read_day),
    Rule(days.DAY_MONTH, days.read_day),
    Rule(days.MONTH_ALONE, days.read_month),
    Rule(days.HOLIDAY, days.read_holiday),
    Rule(years.DECADE, years.read_decade),
    Rule(years.CENTURY, years.read_century),
    Rule(years.QUARTER, years.read_quarter),
    Rule(years.HALF, years.read_half),
    Rule(years.SEASON, years.read_season),
    Rule(years.YEARS, years.read_years),
    Rule(clock.TWELVE, clock.read_twelve),
    Rule(clock.TWENTY_FOUR, clock.read_twenty_four),
    Rule(clock.AT_CLOCK, clock.read_clock),
    Rule(clock.NAMED, clock.read_named),
    Rule(relative.TODAY, relative.read_today),
    Rule(relative.PART_OF_DAY, relative.read_part_of_day),
    Rule(relative.ON_WEEKDAY, relative.read_weekday),
    Rule(relative.SHIFTED, relative.read_shifted),
    Rule(relative.NAMED, relative.read_named),
    Rule(relative.COUNTED, relative.read_counted),
    Rule(relative.END_OF_YEAR, relative.read_end_of_year),
    Rule(relative.WEEKEND, relative.read_weekend),
    Rule(relative.UNSURE, relative.read_vague),
    Rule(relative.LONG_AGO, relative.read_long_ago),
    Rule(anchored.YEAR_AGO, anchored.read_year_ago),
    Rule(anchored.COUNTED, anchored.read_counted),
    Rule(anchored.THAT, anchored.read_that),
    Rule(anchored.QUARTER, anchored.read_quarter),
)
"""Of those that match at a place the longest is taken, of two alike the first."""

WORD = re.compile(r"(?<![A-Za-z\d])(?:[A-Za-z]+|\d+|['\u2018\u2019`](?=\d0s))")
LETTERS = re.compile(r"[a-z]+")
REPEATED = re.compile(r"\b(?:every|each)\s$", re.IGNORECASE)
REACH = 7
"""Letters before an expression that say it comes again and again."""
MORE = frozenset({
    "the", "very", "early", "earlier", "late", "later", "mid", "beginning", "start", "end",
    "middle", "day", "that", "this", "last", "next", "some", "sometime", "about", "almost",
    "nearly", "around", "over", "more", "less", "just", "only", "fiscal", "year", "weekend",
    "tonight", "overnight", "noon", "midday", "midnight", "yesterday", "today", "tomorrow",
    "several", "few", "many", "days", "weeks", "months", "years", "decades", "centuries",
    "opening", "comparable", "quarter", "one", "coming", "current", "previous", "q",
})  # fmt: skip


@cache
def first_words() -> frozenset[str]:
    """Return the words that an expression can begin with, in small letters."""
    listed = (MONTHS, WEEKDAYS, SEASONS, QUARTERS, HALVES, NUMBERS, DECADES, CENTURIES, HOLIDAYS,
              SHIFTS, VAGUE, MORE)  # fmt: skip
    begun = (LETTERS.match(phrase) for words in listed for phrase in words)
    return frozenset(word[0] for word in begun if word)


def scan(scene: Scene) -> list[Found]:
    """Return the expressions of a scene's text, in order, none over another."""
    done, starts = 0, first_words()
    for word in WORD.finditer(scene.text):
        if word.start() >= done and (not word[0].isalpha() or word[0].lower() in starts):
            found = longest(scene, word.start())
            scene.told.extend(found)
            done = found[-1].end if found else done
    return list(clock.with_days(scene.told, scene))


def longest(scene: Scene, start: int) -> list[Found]:
    """Return the longest that a rule reads at *start*, nothing where it comes again and again."""
    best: list[Found] = []
    if REPEATED.search(scene.text, max(0, start - REACH), start):
        return best
    for rule, match in matches(scene.text, start):
        found = list(rule.read(match, scene))
        if found and (not best or found[-1].end > best[-1].end):
            best = found
    return best


def matches(text: str, start: int) -> Iterable[tuple[Rule, re.Match[str]]]:
    """Yield the rules that match at *start*, and how."""
    for rule in RULES:
        if match := rule.pattern.match(text, start):
            yield rule, match
