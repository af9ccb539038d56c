"""Marks: what the tree of a page knows of each line of its story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.clean.found import Taken
from pipeline.clean.segments import Segment, ancestors
from pipeline.clean.standing import HINTS, class_words

NEAR = 4
"""So many of the elements that a block stands in lend it their class names."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What surrounds a line in the page."""

    tag: str
    """The block that holds it."""
    own: tuple[str, ...]
    """The words of the block's class and id."""
    near: tuple[str, ...]
    """The words of the classes and ids around it, the nearest first."""
    linked: float
    """The share of its characters that are in a link."""
    strong: float
    """The share that is bold or italic."""
    places: frozenset[str]
    """What it stands in: list, quote, table, figure, caption, aside, header, footer, nav, form."""
    depth: int
    around: int
    """How many words the block's parent holds."""
    story: float = 0.5
    """How likely it belongs to the story, by all that the page tells; a half: nobody asked."""
    recovered: bool = False
    """Whether the extractor had left it out."""
    numbers: tuple[float, ...] = ()
    """Where it stands, in numbers (`standing`); empty if nobody asked."""

    @property
    def all_link(self) -> bool:
        """Say whether the whole line is a link."""
        return self.linked > 0.95

    @property
    def hints(self) -> tuple[str, ...]:
        """Return what the class words around it hint at, the nearest first."""
        told = (HINTS.get(word) for word in (*self.own, *self.near))
        return tuple(dict.fromkeys(hint for hint in told if hint and hint != "story"))


class Marker:
    """Makes the marks of one page; what many lines share is read once."""

    def __init__(
        self,
        segments: Sequence[Segment],
        likely: Mapping[int, float],
        numbers: Mapping[int, Sequence[float]],
    ) -> None:
        """Take the visible lines of a page, and what was found out about some by their place."""
        self._segments, self._likely, self._numbers = segments, likely, numbers
        self._around: dict[object, int] = {}
        for segment in segments:
            parent = segment.block.getparent()
            words = self._around.get(parent, 0)
            self._around[parent] = words + segment.text.count(" ") + 1

    def mark(self, line: Taken) -> Mark | None:
        """Return the mark of *line*: of its likeliest part, None if it was not found again."""
        if not line.places:
            return None
        place = max(line.places, key=lambda place: self._likely.get(place, 0.5))
        segment = self._segments[place]
        block, size = segment.block, len(segment.text)
        near = [
            word
            for element in list(ancestors(block, NEAR))[1:]
            for word in class_words(element.get("class"), element.get("id"))
        ]
        return Mark(
            tag=str(block.tag),
            own=tuple(class_words(block.get("class"), block.get("id"))),
            near=tuple(dict.fromkeys(near)),
            linked=segment.linked / size,
            strong=segment.strong / size,
            places=segment.places,
            depth=segment.depth,
            around=self._around[block.getparent()],
            story=self._likely.get(place, 0.5),
            recovered=line.recovered,
            numbers=tuple(self._numbers.get(place, ())),
        )
