"""marks: a line of a story says which block held it and how much of it was a link."""

from __future__ import annotations

from lxml.html import document_fromstring

from pipeline.clean.found import Taken
from pipeline.clean.marks import marks_of
from pipeline.clean.segments import segments_of

PAGE = "<html><body><blockquote><p>See <a href=x>this</a></p></blockquote><p>Oslo</p></body></html>"


def test_mark() -> None:
    """Tag, places and the share of links come from the tree; the rest from who asked."""
    segments = segments_of(document_fromstring(PAGE))
    (mark,) = marks_of([Taken("See this", (0,), recovered=True)], segments, {0: 0.8}, {0: [1.0]})

    assert mark
    assert (mark.tag, set(mark.places), mark.linked) == ("p", {"quote"}, 0.5)
    assert (mark.story, mark.recovered, list(mark.numbers)) == (0.8, True, [1.0])


def test_likeliest_part() -> None:
    """A line of several parts has the mark of the one that is likeliest story."""
    segments = segments_of(document_fromstring(PAGE))
    (mark,) = marks_of([Taken("both", (0, 1))], segments, {0: 0.2, 1: 0.7}, {})

    assert mark
    assert mark.story == 0.7


def test_no_mark() -> None:
    """A line that the page does not show has no mark."""
    assert marks_of([Taken("elsewhere", ())], [], {}, {}) == (None,)
