"""An HTML page, reduced to its story: each paragraph a line, with what the page knows of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml import etree
from lxml.html import (
    HtmlComment,
    HtmlElement,
    HtmlEntity,
    HtmlProcessingInstruction,
    document_fromstring,
)
from trafilatura import bare_extraction

from pipeline.clean.marks import Mark
from pipeline.clean.scan import scanned
from pipeline.clean.segments import Segment, segments_of
from pipeline.clean.standing import Standing
from pipeline.clean.story import Picker, Story, plain_story
from pipeline.clean.told import told_body, told_shares
from schemas import RecordError

CLASSES = etree.ElementDefaultClassLookup(
    element=HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction, entity=HtmlEntity
)
"""One class for all elements: lxml's own table asks Python for each element, which takes long."""
FURNITURE = ("nav", "footer", "menu", "svg", "button", "select", "iframe")
MOST_PARAGRAPHS = 5
"""So many has a footer; what holds more is none, whatever it is called."""
FEW_LETTERS = 250
"""With less than this, the text in the linked data is taken where it has more."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page after the scan: the story's lines (none: no text), its tree and its linked data."""

    text: str
    tree: HtmlElement
    linked_data: tuple[Any, ...]
    marks: tuple[Mark | None, ...] = ()
    """Of each line of ``text`` what the tree knows of it; None where it was not found again."""


def read_page(html: str, picker: Picker | None = None) -> Page:
    """Return the page in *html*.

    Args:
        html: the page as it was served.
        picker: brings back what the extractor overlooks; without it the extractor decides alone.

    Raises:
        RecordError: ``too_deep``, ``too_big``, or ``no_text`` for what cannot be parsed.

    """
    html, linked_data = scanned(html)
    tree = parsed(html)
    segments = segments_of(tree)
    body = told_body(linked_data)
    if picker:
        story = picked(tree, segments, Standing(segments, told_shares(segments, body)), picker)
    else:
        story = plain_story(extracted(tree), segments)
    if sum(map(len, story.lines)) < min(FEW_LETTERS, len(body)):
        lines = tuple(body.split("\n"))  # a page that only scripts build holds its text there
        story = Story(lines, (None,) * len(lines), doubtful=False)
    return Page("\n".join(story.lines), tree, linked_data, story.marks)


def parsed(html: str) -> HtmlElement:
    """Return the tree of a page that was scanned, without the furniture that no story is in."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    parser.set_element_class_lookup(CLASSES)
    try:
        tree = document_fromstring(html.encode(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise RecordError("no_text", f"the page cannot be read as HTML: {error}") from error
    if any(fault.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for fault in parser.error_log):
        raise RecordError("too_deep", "the page nests deeper than the 255 levels that are read")
    for element in list(tree.iter(*FURNITURE)):
        if element.getparent() is not None and not holds_story(element):
            element.drop_tree()
    return tree


def holds_story(element: HtmlElement) -> bool:
    """Say whether a menu, footer or button holds what none should: many write no end of it."""
    return any(True for _ in islice(element.iter("p"), MOST_PARAGRAPHS, None))


def picked(
    tree: HtmlElement,
    segments: Sequence[Segment],
    standing: Standing,
    picker: Picker,
) -> Story:
    """Return the story by the quick extractor; by the thorough one where that leaves doubt."""
    story = picker.story(extracted(tree, fast=True), segments, standing)
    return picker.story(extracted(tree), segments, standing) if story.doubtful else story


def extracted(tree: HtmlElement, *, fast: bool = False) -> str:
    """Return what trafilatura takes for the story, one paragraph a line; nothing is fetched.

    *fast* leaves out the comparison with other extractors.
    """
    found = bare_extraction(tree, include_comments=False, with_metadata=False, fast=fast)
    return str(getattr(found, "text", None) or "")
