"""The visible lines of a page, in its order, each with where it stands in the tree.

A segment is what a reader sees as one line: the text of a block between two others, inline tags
melted into it.  One walk over the tree finds them all; nothing is changed in the tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark meter "  # noqa: SIM905  (words read better than quoted ones)
    "nobr q ruby rb rt rp s samp small span strike strong sub sup time tt u var wbr "
    "amp-img img picture source".split()
)
"""Tags that stand in a line; every other one begins a line of its own."""
SILENT = frozenset(
    "script style noscript template head select option datalist svg math iframe object embed "  # noqa: SIM905
    "canvas audio video map textarea input meta link title progress".split()
)
"""Tags whose text nobody sees."""
STRONG = frozenset({"b", "strong", "em", "i", "h1", "h2", "h3", "h4", "h5", "h6"})
PLACES = {
    "li": "list", "dd": "list", "dt": "list", "blockquote": "quote", "td": "table", "th": "table",
    "figure": "figure", "figcaption": "caption", "aside": "aside", "header": "header",
    "footer": "footer", "nav": "nav", "form": "form", "button": "form",
}  # fmt: skip
"""Tags that say what a line inside of them is part of."""


@dataclass(slots=True)
class Segment:
    """A visible line: its words, the block that holds it, and what surrounds it."""

    text: str
    block: _Element
    """The nearest element that is not inline."""
    places: frozenset[str]
    """What it stands in: list, quote, table, figure, aside, header, footer, nav, form, hidden."""
    depth: int
    linked: int = 0
    """How many of its characters are in a link."""
    strong: int = 0
    """How many of its characters are bold or italic."""


@dataclass(slots=True)
class Walk:
    """The state of one walk over a tree."""

    found: list[Segment] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    strong: int = 0

    def say(self, text: str, *, link: bool, strong: bool) -> None:
        """Take the next piece of the line; no line begins with white space."""
        if not self.pieces and text.isspace():
            return
        self.pieces.append(text)
        if link or strong:
            size = len(text)
            self.linked += size if link else 0
            self.strong += size if strong else 0

    def end(self, block: _Element, places: frozenset[str], depth: int) -> None:
        """End the line, which *block* holds."""
        text = " ".join("".join(self.pieces).split())
        if text:
            size = len(text)
            line = Segment(
                text, block, places, depth, min(self.linked, size), min(self.strong, size)
            )
            self.found.append(line)
        self.pieces, self.linked, self.strong = [], 0, 0


def segments_of(tree: _Element) -> list[Segment]:
    """Return the visible lines below *tree*, in its order."""
    walk = Walk()
    visit(tree, walk, tree, frozenset(), 0, link=False, strong=False)
    if walk.pieces:
        walk.end(tree, frozenset(), 0)
    return walk.found


def visit(
    element: _Element,
    walk: Walk,
    block: _Element,
    places: frozenset[str],
    depth: int,
    *,
    link: bool,
    strong: bool,
) -> None:
    """Walk over *element*, without its tail; *block* is the block it stands in.

    Most elements end no line: `Walk.end` is only called where one was begun.
    """
    tag = element.tag
    if tag in INLINE:
        link, strong = link or tag == "a", strong or tag in STRONG
    else:
        if walk.pieces:
            walk.end(block, places, depth)
        block, depth, strong = element, depth + 1, strong or tag in STRONG
        places = placed(element, tag, places)
    if text := element.text:
        walk.say(text, link=link, strong=strong)
    for child in element:
        name = child.tag
        if isinstance(name, str) and name not in SILENT:
            visit(child, walk, block, places, depth, link=link, strong=strong)
        if text := child.tail:
            walk.say(text, link=link, strong=strong)
    if block is element and walk.pieces:
        walk.end(block, places, depth)


def placed(element: _Element, tag: str, places: frozenset[str]) -> frozenset[str]:
    """Return *places* with what *element* adds to them."""
    if (place := PLACES.get(tag)) and place not in places:
        places |= {place}
    if hidden(element):
        places |= {"hidden"}
    return places


def hidden(element: _Element) -> bool:
    """Return whether a page asks that nobody sees *element*."""
    if "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    return bool(style) and "display:none" in style.replace(" ", "").lower()


def ancestors(element: _Element, most: int) -> Iterator[_Element]:
    """Yield *element* and up to *most* of the elements it stands in, the nearest first."""
    for _ in range(most + 1):
        yield element
        element = element.getparent()
        if element is None:
            return
