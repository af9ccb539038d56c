"""Marks: what the tree of a page knows of each line of its story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.clean.found import Taken
from pipeline.clean.segments import Segment


@dataclass(frozen=True, slots=True)
class Mark:
    """What surrounds a line in the page."""

    tag: str
    """The block that holds it."""
    places: frozenset[str]
    """What it stands in: list, quote, table, figure, caption, aside, header, form, hidden."""
    linked: float
    """The share of its characters that are in a link."""
    strong: float
    """The share that is bold or italic."""
    story: float = 0.5
    """How likely it belongs to the story, by where it stands; a half: nobody asked."""
    recovered: bool = False
    """Whether the extractor had left it out."""
    numbers: Sequence[float] = ()
    """Where it stands, in numbers (`pipeline.clean.standing`); empty: nobody asked."""


def marks_of(
    lines: Sequence[Taken],
    segments: Sequence[Segment],
    likely: Mapping[int, float],
    numbers: Mapping[int, Sequence[float]],
) -> tuple[Mark | None, ...]:
    """Return the mark of each of *lines*; None for one that was not found again in the page.

    Args:
        lines: lines of the story.
        segments: the visible lines of the page.
        likely: how likely those at some places are story.
        numbers: where those stand.

    """

    def mark(line: Taken) -> Mark | None:
        if not line.places:
            return None
        place = max(line.places, key=lambda place: likely.get(place, 0.5))
        segment = segments[place]
        size = len(segment.text)
        return Mark(
            str(segment.block.tag), segment.places, segment.linked / size, segment.strong / size,
            likely.get(place, 0.5), line.recovered, numbers.get(place, ()),
        )  # fmt: skip

    return tuple(map(mark, lines))
