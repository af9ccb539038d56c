"""page: parsers never see what makes them hang, and what is repaired keeps its story."""

from __future__ import annotations

import json

import pytest

from pipeline.clean.page import read_page
from pipeline.clean.scan import MAX_ATTRIBUTES, MAX_TAGS
from schemas import RecordError

STORY = "".join(
    f"<p>The minister said on {day} that the talks in Oslo would go on for another week.</p>"
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday")
)


def page(inside: str, head: str = "") -> str:
    """Return a page with a story and *inside* after it."""
    return (
        f"<html><head><title>T</title>{head}</head><body><article>{STORY}{inside}</article></body>"
    )


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("<p " + " ".join(f"a{n}=1" for n in range(MAX_ATTRIBUTES + 1)) + ">x</p>", "too_big"),
        ("<p " + " ".join(f"a{n}" for n in range(50_000)) + ">x</p>", "too_big"),
        ("<div>" * 255, "too_deep"),
        ("<b><i>" * 255, "too_deep"),
        ("x<br>" * (MAX_TAGS + 1), "too_big"),
    ],
)
def test_refused(inside: str, reason: str) -> None:
    """Attributes, levels and tags beyond any real page are a dead letter."""
    with pytest.raises(RecordError) as caught:
        read_page(page(inside))

    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "inside",
    [
        "<p>one" * 300,
        '<p class="' + "a " * 400 + '">x</p>',
        "<li>one" * 300,
        '<img src="data:image/png;base64,' + "A" * 900_000 + '">',
        "<!-- never closed",
        "<script>if (a < b) { " + "<div>" * 500,
        "<![CDATA[",
    ],
)
def test_repaired(inside: str) -> None:
    """Unclosed paragraphs, long classes, pictures in the address and open scripts lose no story."""
    assert "talks in Oslo" in read_page(page(inside)).text


@pytest.mark.parametrize(
    "block",
    ['{"@type": "NewsArticle", "headline": ', '{"a": "' + '\\"a' * 40_000 + '"}', "[" * 5000],
)
def test_bad_linked_data_is_ignored(block: str) -> None:
    """Linked data that is broken, huge or deep is left out, and the page is read."""
    read = read_page(page("", f'<script type="application/ld+json">{block}</script>'))

    assert read.linked_data == ()
    assert "talks in Oslo" in read.text


def test_linked_data() -> None:
    """Each well-formed block of linked data comes out as data."""
    block = json.dumps({"@type": "NewsArticle"})
    head = f'<SCRIPT TYPE="application/ld+json">{block};</SCRIPT>' * 2

    assert read_page(page("", head)).linked_data == ({"@type": "NewsArticle"},) * 2


@pytest.mark.parametrize("html", ["<html></html>", "<p></p>", "<frameset><frame src=a></frameset>"])
def test_no_text(html: str) -> None:
    """A page without a story has no text."""
    assert read_page(html).text == ""


def test_paragraphs_are_lines() -> None:
    """Each paragraph of the page is one line of its text."""
    assert len(read_page(page("")).text.split("\n")) == 4


def test_each_line_has_a_mark() -> None:
    """What the tree knows of a line stands beside it."""
    read = read_page(page(""))

    assert [mark and mark.tag for mark in read.marks] == ["p"] * 4


def test_text_in_the_linked_data() -> None:
    """A page that only scripts build has its story from its linked data."""
    body = "The ferry left Harwich at noon with forty passengers.\n" * 8
    block = json.dumps({"@type": "NewsArticle", "articleBody": body})
    html = f'<html><head><script type="application/ld+json">{block}</script></head><body></body>'

    assert read_page(html).text.count("Harwich") == 8


def test_menus_are_not_read() -> None:
    """Menus and footers of the page are no story, however long."""
    menu = "<nav><p>" + "All the news of the harbour and of the town. " * 20 + "</p></nav>"

    assert "All the news" not in read_page(page(menu)).text
