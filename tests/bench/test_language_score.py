"""The figures of language: what counts as right, wrong and missed."""

from __future__ import annotations

import doctest

import pytest

from bench import (
    cost,
    labelled_texts,
    language,
    language_score,
    language_tables,
    readers,
    regex_quotes,
    speakers,
    trees,
)
from bench.labelled_texts import Marked, Said, Timex
from bench.language_score import KINDS, LOOSE, Tally, dates, entities, matched, quotes, together

ALL = frozenset({"PER", "ORG", "LOC"})
TEXT = "President Moor's plan for the Gazette in Oslo"


@pytest.mark.parametrize(
    "module",
    [cost, labelled_texts, language, language_score, language_tables, readers, regex_quotes,
     speakers, trees],
)  # fmt: skip
def test_examples_hold(module: object) -> None:
    """The benchmarks lie outside the packages, so their doctests are run here."""
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_borders_are_those_of_the_name() -> None:
    """Titles, possessives and articles count on neither side; nor does which kind of place."""
    gold = Marked(((10, 14, "PERSON"), (26, 37, "ORG"), (41, 45, "GPE")), (), ALL)
    found = [(0, 16, "PERSON"), (30, 37, "ORG"), (41, 45, "LOC")]
    assert together(entities(gold, found, TEXT).values()) == Tally(3, 0, 0)


def test_a_wrong_label_is_wrong_and_missed() -> None:
    """A class that nobody marked in this text is not looked at."""
    gold = Marked(((41, 45, "GPE"),), (), ALL)
    found = entities(gold, [(41, 45, "ORG"), (17, 21, "MONEY")], TEXT)
    assert (found["ORG"], found["LOC"]) == (Tally(0, 1, 0), Tally(0, 0, 1))
    assert together(found.values()).f1 == 0


def test_what_is_doubtful_counts_neither_way() -> None:
    """What touches an ignored span is no false alarm."""
    gold = Marked((), ((26, 37),), ALL)
    assert together(entities(gold, [(30, 37, "ORG")], TEXT).values()) == Tally()


def said(start: int, end: int, kind: str = "direct", *speakers: str) -> Said:
    """Return a quotation."""
    return Said(kind, frozenset(range(start, end)), speakers)


def test_a_quote_is_found_if_it_is_alike() -> None:
    """A half is enough for .3 and too little for .8; of what is found speakers are counted."""
    gold = [said(0, 100, "direct", "Ada Moor"), said(200, 300, "direct", "a minister")]
    found = quotes(gold, [said(0, 50, "direct", "Moor"), said(200, 300, "direct", "he")], KINDS)
    assert (found.loose, found.strict) == (Tally(2, 0, 0), Tally(1, 0, 1))
    assert (found.asked, found.named, found.speaker) == (2, 1, 0.5)


def test_fragments_and_other_kinds_are_no_false_alarms() -> None:
    """A second piece of a quote, and an indirect one where direct ones are asked, do no harm."""
    gold = [said(0, 100), said(200, 300, "indirect")]
    found = [said(0, 90), said(92, 99), said(210, 260), said(400, 450)]
    assert quotes(gold, found, ("direct",)).loose == Tally(1, 1, 0)


def test_each_find_is_used_once() -> None:
    """Two quotes cannot both be found by one find."""
    tally, pairs = matched([said(0, 10), said(0, 12)], [], [said(0, 12)], LOOSE)
    assert (tally, len(pairs)) == (Tally(1, 0, 1), 1)


def test_dates() -> None:
    """A place is right if it touches, a value if it is the same to the day."""
    gold = [Timex(0, 10, "2022-03-04T10:00"), Timex(20, 30, "2022-W05"),
            Timex(40, 50, "P3Y", counts=False)]  # fmt: skip
    found = [Timex(3, 10, "2022-03-04"), Timex(20, 30, "2022-02"), Timex(41, 45, "2019"),
             Timex(60, 64, "2020")]  # fmt: skip
    places, values = dates(gold, found)
    assert (places, values) == (Tally(2, 1, 0), Tally(1, 2, 1))
    assert values.f1 == pytest.approx(0.4)
