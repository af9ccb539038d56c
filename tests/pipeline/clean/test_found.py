"""found: the lines of an extractor are found again in the page, whole, joined or in cells."""

from __future__ import annotations

from lxml.html import document_fromstring

from pipeline.clean.found import found_again
from pipeline.clean.segments import segments_of


def places(html: str, text: str) -> list[tuple[int, ...]]:
    """Return the places of the lines of *text* in the page *html*."""
    segments = segments_of(document_fromstring(f"<html><body>{html}</body></html>"))
    return [line.places for line in found_again(text, segments)]


def test_each_copy_is_found_once() -> None:
    """A line that stands twice is found twice, in order."""
    assert places("<p>Rain today</p><p>Sun</p><p>Rain today</p>", "Rain today\nRain today") == [
        (0,), (2,),
    ]  # fmt: skip


def test_list_marks_and_space_do_not_matter() -> None:
    """The mark before the item of a list and the white space within are the extractor's own."""
    assert places("<ul><li>Bring  water</li></ul>", "- Bring water") == [(0,)]


def test_joined_lines() -> None:
    """A line that the extractor put together of several is found as all of them."""
    html = "<li><b>Harwich</b><p>The port is closed until Monday.</p></li>"

    assert places(html, "- Harwich The port is closed until Monday.") == [(0, 1)]


def test_rows_of_tables() -> None:
    """The row of a table is found as its cells."""
    table = "<table><tr><td>Town</td><td>Votes</td></tr></table>"

    assert places(table, "| Town | Votes |") == [(0, 1)]


def test_what_is_not_there() -> None:
    """A line that the page does not show is kept without a place."""
    assert places("<p>Rain</p>", "Snow is coming") == [()]
