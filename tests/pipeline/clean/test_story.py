"""story: what an extractor overlooked comes back in its place, what it took stays."""

from __future__ import annotations

from lxml.html import document_fromstring

from pipeline.clean.found import Taken, found_again
from pipeline.clean.segments import Segment, segments_of
from pipeline.clean.story import doubtful, overlooked, plain_story, woven

HTML = "<p>One came.</p><p>Two left.</p><p>Three stayed.</p><p>Two left.</p>"


def page() -> list[Segment]:
    """Return the lines of the page."""
    return segments_of(document_fromstring(f"<html><body>{HTML}</body></html>"))


def taken(text: str) -> list[Taken]:
    """Return what an extractor took of the page."""
    return found_again(text, page())


def test_recovered_in_place() -> None:
    """A line that was overlooked comes back between those around it, and says so."""
    some = taken("One came.\nThree stayed.")
    missed = overlooked(some, page(), {0: 0.9, 1: 0.9, 2: 0.9, 3: 0.9})
    lines = list(woven(some, missed, page()))

    assert [(line.text, line.recovered) for line in lines] == [
        ("One came.", False), ("Two left.", True), ("Three stayed.", False),
    ]  # fmt: skip


def test_unlikely_lines_stay_out() -> None:
    """What the forest does not take for story does not come back."""
    assert overlooked(taken("One came."), page(), {0: 0.9, 1: 0.4, 2: 0.1}) == []


def test_unlikely_lines_that_were_taken_stay() -> None:
    """What the extractor took stays, for the line cleaner to judge in the open."""
    some = taken("One came.")

    assert list(woven(some, overlooked(some, page(), {0: 0.0}), page())) == some


def test_doubt() -> None:
    """An extraction of which much is unlikely, or that missed much, is doubtful."""
    long = [Segment("word " * 200, page()[0].block, frozenset(), 1)] * 2
    both = [Taken("", (0,)), Taken("", (1,))]

    assert [
        doubtful(both, long, {0: 0.9, 1: 0.9}),
        doubtful(both, long, {0: 0.9, 1: 0.1}),
        doubtful(both[:1], long, {0: 0.9, 1: 0.9}),
        doubtful(taken("One came."), page(), {0: 0.9}),
    ] == [False, True, True, True]


def test_plain_story() -> None:
    """Without a forest the story is what the extractor took, marked."""
    story = plain_story("One came.\nNobody knows.", page())

    assert story.lines == ("One came.", "Nobody knows.")
    assert [mark and mark.tag for mark in story.marks] == ["p", None]
