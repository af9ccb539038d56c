"""segments: what a reader sees as a line is a line, with what it stands in."""

from __future__ import annotations

from lxml.html import document_fromstring

from pipeline.clean.segments import Segment, segments_of


def lines(html: str) -> list[Segment]:
    """Return the visible lines of *html*."""
    return segments_of(document_fromstring(f"<html><body>{html}</body></html>"))


def test_inline_tags_melt() -> None:
    """Inline tags are part of a line, blocks and breaks end it."""
    found = lines("<div>The <b>port</b> of <a href=x>Harwich</a><p>closed.</p>At noon<br>it rained")

    assert [line.text for line in found] == [
        "The port of Harwich", "closed.", "At noon", "it rained",
    ]  # fmt: skip


def test_links_and_bold_are_counted() -> None:
    """A line knows how many of its characters are in links and how many are bold."""
    (line,) = lines("<p>ab <a href=x>cde</a> <strong>f</strong></p>")

    assert (line.linked, line.strong, len(line.text)) == (3, 1, 8)


def test_places() -> None:
    """A line knows the list, quote, figure or hidden box it stands in."""
    found = lines(
        "<ul><li>one</li></ul><blockquote><p>two</p></blockquote>"
        "<figure><figcaption>three</figcaption></figure><div style='display: none'>four</div>"
    )

    assert [set(line.places) for line in found] == [
        {"list"}, {"quote"}, {"figure", "caption"}, {"hidden"},
    ]  # fmt: skip


def test_nobody_sees_scripts() -> None:
    """Scripts, choices and templates say nothing; what follows them in the line does."""
    (line,) = lines("<p>Before<script>x</script> and after<!-- no --> it</p>")

    assert line.text == "Before and after it"


def test_deep_nesting() -> None:
    """A line at the bottom of two hundred boxes is a line like any other."""
    (line,) = lines("<div>" * 200 + "At the bottom")

    assert line.text == "At the bottom"
    assert line.depth > 200
