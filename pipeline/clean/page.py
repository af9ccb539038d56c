"""An HTML page, reduced to its story: each paragraph a line, with what the page knows of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import lxml.html
from lxml.etree import LxmlError
from trafilatura import bare_extraction

from pipeline.clean.found import found_again
from pipeline.clean.marks import Mark, Marker
from pipeline.clean.scan import scanned
from pipeline.clean.segments import segments_of
from schemas import RecordError


@dataclass(frozen=True, slots=True)
class Page:
    """A page after the scan: the story's lines, the parsed tree and its linked data."""

    text: str
    tree: lxml.html.HtmlElement
    linked_data: tuple[Any, ...]
    marks: tuple[Mark | None, ...] = ()
    """Of each line of ``text`` what the tree knows of it; None where it was not found again."""


def read_page(html: str) -> Page:
    """Return the page in *html*.

    Raises:
        RecordError: ``too_deep``, ``too_big`` or ``no_text``.

    """
    html, linked_data = scanned(html)
    tree = parsed(html)
    lines, marks = marked(story_of(tree), tree)
    return Page("\n".join(lines), tree, linked_data, marks)


def parsed(html: str) -> lxml.html.HtmlElement:
    """Return the tree of a page that was scanned."""
    try:
        parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
        return lxml.html.document_fromstring(html.encode(), parser=parser)
    except (LxmlError, ValueError) as error:
        raise RecordError("no_text", f"the page cannot be read as HTML: {error}") from error


def story_of(tree: lxml.html.HtmlElement) -> str:
    """Return the paragraphs of the page's story, one a line; nothing is fetched."""
    found = bare_extraction(tree, include_comments=False, with_metadata=False)
    text = getattr(found, "text", None) or ""
    if not text.strip():
        raise RecordError("no_text", "no story was found on the page")
    return str(text)


def marked(text: str, tree: lxml.html.HtmlElement) -> tuple[Sequence[str], tuple[Mark | None, ...]]:
    """Return the lines of *text* and the mark of each."""
    segments = segments_of(tree)
    marker = Marker(segments)
    lines = found_again(text, segments)
    marks = tuple(marker.mark(segments[line.places[0]]) if line.places else None for line in lines)
    return [line.text for line in lines], marks
