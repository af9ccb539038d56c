"""standing: a line is described by its words, its tags, its family and what was taken around it."""

from __future__ import annotations

from lxml.html import document_fromstring

from pipeline.clean.segments import segments_of
from pipeline.clean.standing import COLUMNS, Standing

HTML = """<div class="article-body"><p>The ferry left Harwich at noon on Monday.</p>
<p>It carried forty passengers and a dog.</p></div>
<div class="related-links"><a href=x>Five ferries that never came back to port</a></div>
<div class="article-body"><p>The captain said that the sea was calm.</p></div><p>Menu</p>"""


def numbers(taken: list[bool]) -> tuple[list[int], list[list[float]]]:
    """Return the places asked and the numbers of the lines of the page."""
    segments = segments_of(document_fromstring(HTML))
    return Standing(segments, [-1.0] * len(segments)).numbers(taken)


def test_who_is_asked() -> None:
    """Lines that were taken are asked, and of the others those long enough that are no link."""
    asked, rows = numbers([True, True, False, False, False])

    assert asked == [0, 1, 3]
    assert {len(row) for row in rows} == {COLUMNS}


def test_families_tell_what_was_taken() -> None:
    """The same line stands differently where its kin were taken."""
    _, near = numbers([True, True, False, False, False])
    _, far = numbers([False] * 5)

    assert near[2] != far[-1]


def test_asking_twice_is_asking_once() -> None:
    """What one extraction asks does not change what the next hears."""
    segments = segments_of(document_fromstring(HTML))
    standing = Standing(segments, [-1.0] * 5)
    first = standing.numbers([True] * 5)
    standing.numbers([False] * 5)

    assert standing.numbers([True] * 5) == first


def test_empty_page() -> None:
    """A page without a line has no numbers."""
    assert Standing([], []).numbers([]) == ([], [])
