"""scan: each expression of time is found whole and read as it was meant that day."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.enrich.dates.scan import scan
from pipeline.enrich.dates.scene import Scene

FRIDAY = datetime(2022, 2, 11, 9, 30, tzinfo=UTC)


def read(text: str, published: datetime | None = FRIDAY) -> list[tuple[str, str]]:
    """Return the expressions of a text of one sentence, with their values."""
    found = scan(Scene(text, published, [(0, len(text))]))
    return [(text[one.start : one.end], one.value) for one in found]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It opened on 4 March 2019.", "4 March 2019", "2019-03-04"),
        ("It opened on Monday, March 4th, 2019.", "Monday, March 4th, 2019", "2019-03-04"),
        ("It opened on the 4th of March 2019.", "the 4th of March 2019", "2019-03-04"),
        ("Filed 2019-03-04 at the court.", "2019-03-04", "2019-03-04"),
        ("Filed 24/03/2019 at the court.", "24/03/2019", "2019-03-24"),
        ("It opened in March 2019.", "March 2019", "2019-03"),
        ("It opened in early March 2019.", "early March 2019", "2019-03"),
        ("It opened in 1987.", "1987", "1987"),
        ("It failed at the end of 1987.", "the end of 1987", "1987"),
        ("Built in the 1990s.", "the 1990s", "199X"),
        ("Built in the late '80s.", "the late '80s", "198X"),
        ("Built in the nineties.", "the nineties", "199X"),
        ("Built in the nineteenth century.", "the nineteenth century", "18XX"),
        ("Sales in the third quarter of 2021 fell.", "the third quarter of 2021", "2021-Q3"),
        ("Sales in Q3 2021 fell.", "Q3 2021", "2021-Q3"),
        ("It grew in the first half of 2021.", "the first half of 2021", "2021-H1"),
        ("It rained in the summer of 2021.", "the summer of 2021", "2021-SU"),
    ],
)
def test_a_date_of_the_calendar_means_the_same_whenever_it_is_read(
    text: str, words: str, value: str
) -> None:
    """What gives its year needs no day of publication."""
    assert read(text) == read(text, None) == [(words, value)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("He spoke on Monday.", "Monday", "2022-02-07"),
        ("He spoke on Friday.", "Friday", "2022-02-11"),
        ("He spoke last Friday.", "last Friday", "2022-02-04"),
        ("He will speak on Monday.", "Monday", "2022-02-14"),
        ("On Monday, the board is to meet.", "Monday", "2022-02-14"),
        ("They meet next Friday.", "next Friday", "2022-02-18"),
        ("Shots were heard on Wednesday night.", "Wednesday night", "2022-02-09TNI"),
        ("He spoke today.", "today", "2022-02-11"),
        ("He spoke yesterday evening.", "yesterday evening", "2022-02-10TEV"),
        ("The day before yesterday he left.", "The day before yesterday", "2022-02-09"),
        ("It rained last night.", "last night", "2022-02-10TNI"),
        ("It fell last week.", "last week", "2022-W05"),
        ("It falls this month.", "this month", "2022-02"),
        ("It fell last month.", "last month", "2022-01"),
        ("It opens next year.", "next year", "2023"),
        ("It fell earlier this year.", "earlier this year", "2022"),
        ("It fell last quarter.", "last quarter", "2021-Q4"),
        ("It was quiet over the weekend.", "the weekend", "2022-W05-WE"),
        ("It began last summer.", "last summer", "2021-SU"),
        ("It began this winter.", "this winter", "2021-WI"),
        ("It began last November.", "last November", "2021-11"),
        ("It began in November.", "November", "2021-11"),
        ("It will begin in November.", "November", "2022-11"),
        ("It began on Jan. 30.", "Jan. 30", "2022-01-30"),
        ("It begins on 3 March.", "3 March", "2022-03-03"),
        ("He left two days ago.", "two days ago", "2022-02-09"),
        ("He left two weeks ago.", "two weeks ago", "2022-W04"),
        ("He left about ten months ago.", "about ten months ago", "2021-04"),
        ("He left 20 years ago.", "20 years ago", "2002"),
        ("Third-quarter sales fell.", "Third-quarter", "2021-Q3"),
        ("It happened on Christmas Eve.", "Christmas Eve", "2021-12-24"),
    ],
)
def test_an_expression_is_counted_from_publication(text: str, words: str, value: str) -> None:
    """The tense says on which side of the day it lies, and it is never finer than the words."""
    assert read(text) == [(words, value)]


def test_a_weekday_tells_the_year() -> None:
    """A day of a month that names its weekday lies in the year in which it is that one."""
    assert read("He was born on Friday, April 9.") == [("Friday, April 9", "2021-04-09")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It ran from May 3 to 5, 2021.", [("May 3", "2021-05-03"), ("5", "2021-05-05")]),
        ("It ran 3-5 May 2021.", [("3", "2021-05-03"), ("5 May 2021", "2021-05-05")]),
        (
            "It ran from May 30 to June 5, 2019.",
            [("May 30", "2019-05-30"), ("June 5, 2019", "2019-06-05")],
        ),
        ("He led it 1999-2003.", [("1999", "1999"), ("2003", "2003")]),
        ("He led it 1999-03.", [("1999", "1999"), ("03", "2003")]),
        ("Shut December to January 2021.",
         [("December", "2020-12"), ("January 2021", "2021-01")]),
        ("It was open Monday to Wednesday.",
         [("Monday", "2022-02-07"), ("Wednesday", "2022-02-09")]),
    ],
)  # fmt: skip
def test_a_span_of_time_gives_its_two_ends(text: str, found: list[tuple[str, str]]) -> None:
    """Each end has a record, and the year that stands at the second holds for the first."""
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In 2019 it grew; that year it paid.", ["2019", "2019"]),
        ("He won in 2019 and lost the following year.", ["2019", "2020"]),
        ("It opened on 4 March 2019 and closed two days later.", ["2019-03-04", "2019-03-06"]),
        ("It opened in 2019 and closed two days later.", ["2019"]),
        ("Profit in the third quarter was up from a year earlier.", ["2021-Q3", "2020-Q3"]),
        ("Profit was up from a year earlier.", ["2021"]),
    ],
)
def test_an_expression_may_be_counted_from_the_one_before(text: str, found: list[str]) -> None:
    """What is told of last is the base, unless it is coarser than the unit that is counted."""
    assert [value for _, value in read(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They met at 8 p.m. on Monday.", [("8 p.m. on Monday", "2022-02-07T20:00")]),
        ("They met on Monday at 14:30.", [("Monday at 14:30", "2022-02-07T14:30")]),
        ("It struck at 1430 GMT.", [("1430 GMT", "XXXX-XX-XXT14:30Z")]),
        ("They met on Monday. At noon it rained.",
         [("Monday", "2022-02-07"), ("noon", "2022-02-07T12:00")]),
        ("They met on Monday at 1430 hours.", [("Monday at 1430 hours", "2022-02-07T14:30")]),
        ("They won 3:45 to 2:10.", []),
    ],
)  # fmt: skip
def test_a_time_belongs_to_the_day_beside_it(text: str, found: list[tuple[str, str]]) -> None:
    """Without one it has the day that the paragraph named last, else none that is known."""
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It is now closed.", "PRESENT_REF"),
        ("It was recently closed.", "PAST_REF"),
        ("It may close in the future.", "FUTURE_REF"),
        ("It closed years ago.", "PAST_REF"),
    ],
)
def test_a_vague_word_says_only_which_side(text: str, value: str) -> None:
    """Nothing is guessed where the words give no figure."""
    assert [found for _, found in read(text)] == [value]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He spoke on Monday.", ["XXXX-WXX-1"]),
        ("It began on May 3.", ["XXXX-05-03"]),
        ("It began in November.", ["XXXX-11"]),
        ("It began last month.", []),
        ("It began today.", []),
        ("It is now closed.", ["PRESENT_REF"]),
    ],
)
def test_without_a_day_of_publication_nothing_is_counted(text: str, found: list[str]) -> None:
    """What is not in the words stays unknown."""
    assert [value for _, value in read(text, None)] == found


@pytest.mark.parametrize(
    "text",
    [
        "He may march with them.",
        "April Reed and June Moor won.",
        "Some 2000 people came.",
        "It cost $1999.",
        "It is a 2020p coin.",
        "Read it in the Sunday Times.",
        "Shops opened for Black Friday.",
        "They meet every Monday.",
        "It lasted three days.",
        "It was dated 03/04/2024.",
        "He was born on February 30.",
        "The second half of the match was dull.",
        "Stones fall from the wall; spring water runs.",
        "It took a year.",
        "It was closed for 1200 hours.",
        "She is in her mid-twenties.",
        "A last resort, the next man, this one.",
    ],
)
def test_what_only_looks_alike_is_left(text: str) -> None:
    """Names, counts, lengths, what comes again and again, and what can be read in two ways."""
    assert read(text) == []


PIECES = (
    "Monday", "last", "week", " ", ", ", ".", "\n\n", "3", "May", "1999", "-", "a year earlier",
    "at", "8 p.m.", "the", "quarter", "that day", "9999", "0001", "next century", "\u00e9",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES)).map("".join), st.datetimes(timezones=st.just(UTC)))
def test_expressions_are_in_order_and_apart(text: str, published: datetime) -> None:
    """Whatever the text and the day, offsets lie in the text and none over another."""
    found = scan(Scene(text, published, [(0, len(text))]))
    places = [place for one in found for place in (one.start, one.end)]
    assert places == sorted(places)
    assert all(one.start < one.end <= len(text) for one in found)
