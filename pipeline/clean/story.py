"""The story of a page: what the extractor took, and what it overlooked, in the page's order.

The extractor proposes, a forest of trees asks of every line of the page where it stands and which
lines of its kind were taken (`standing`).  It brings back what was overlooked: the second half of
a story that is cut into several boxes, posts of a live blog, the slides of a list.  What it
doubts stays, marked; the line cleaner decides about that, and every cut can be seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.classifier.forest import Forest, probability
from pipeline.clean.found import Taken, folded, found_again
from pipeline.clean.marks import Mark, marks_of
from pipeline.clean.segments import Segment
from pipeline.clean.standing import COLUMNS, Standing

LIKELY = 0.5
"""From here on a line is of the story."""
SAME = 40
"""So many letters make a line of which another holds every one a copy of it."""
DOUBT = 0.4
"""Share of the words taken that may be unlikely, or missing, before another extraction is asked."""
FEW_WORDS = 80
"""A story of fewer words is doubted too.  Stricter limits gain nothing and cost a tenth of time."""


@dataclass(frozen=True, slots=True)
class Story:
    """The lines of a story, the mark of each, and whether another extraction may do better."""

    lines: tuple[str, ...]
    marks: tuple[Mark | None, ...]
    doubtful: bool


class Picker:
    """The forest in ``page_lines.onnx`` and what it makes of an extraction."""

    def __init__(self, path: Path) -> None:
        """Read the forest in the file *path*."""
        self._forest = Forest(path)

    def story(self, text: str, segments: Sequence[Segment], standing: Standing) -> Story:
        """Return the story.

        Args:
            text: what the extractor took.
            segments: the visible lines of the page.
            standing: where they stand.

        """
        taken = found_again(text, segments)
        asked, rows = asked_of(taken, len(segments), standing)
        shares = probability(self._forest.log_odds(rows)).tolist()
        likely = dict(zip(asked, shares, strict=True))
        numbers = dict(zip(asked, rows, strict=True))
        lines = list(woven(taken, overlooked(taken, segments, likely), segments))
        return Story(
            tuple(line.text for line in lines),
            marks_of(lines, segments, likely, numbers),
            doubtful(taken, segments, likely),
        )


def plain_story(text: str, segments: Sequence[Segment]) -> Story:
    """Return what the extractor took as it is, marked."""
    taken = found_again(text, segments)
    lines = tuple(line.text for line in taken)
    return Story(lines, marks_of(taken, segments, {}, {}), doubtful=False)


def asked_of(
    taken: Sequence[Taken], count: int, standing: Standing
) -> tuple[list[int], NDArray[np.float32]]:
    """Return the places of the lines that may be story, and their numbers, a row for each."""
    flags = [False] * count
    for line in taken:
        for place in line.places:
            flags[place] = True
    asked, rows = standing.numbers(flags)
    return asked, np.array(rows, np.float32) if rows else np.zeros((0, COLUMNS), np.float32)


def overlooked(
    taken: Sequence[Taken], segments: Sequence[Segment], likely: dict[int, float]
) -> list[int]:
    """Return the places of the likely lines that the extractor left out, copies not among them."""
    used = {place for line in taken for place in line.places}
    seen = {folded(line.text) for line in taken}
    whole = "\n".join(seen)
    found: list[int] = []
    for place, share in likely.items():
        key = folded(segments[place].text)
        if place in used or share < LIKELY or key in seen or (len(key) > SAME and key in whole):
            continue
        seen.add(key)
        found.append(place)
    return found


def woven(
    taken: Sequence[Taken], recovered: Sequence[int], segments: Sequence[Segment]
) -> Iterator[Taken]:
    """Yield the lines taken, those recovered put where they stand in the page."""
    waiting = list(reversed(recovered))
    for line in taken:
        while line.places and waiting and waiting[-1] < line.places[0]:
            yield Taken(segments[waiting[-1]].text, (waiting.pop(),), recovered=True)
        yield line
    for place in reversed(waiting):
        yield Taken(segments[place].text, (place,), recovered=True)


def doubtful(taken: Sequence[Taken], segments: Sequence[Segment], likely: dict[int, float]) -> bool:
    """Say whether much of what was taken is unlikely, much likely was not, or little is there."""
    used = {place for line in taken for place in line.places}
    sizes = {place: segments[place].text.count(" ") + 1 for place in likely}
    whole = sum(sizes[place] for place in used)
    wrong = sum(sizes[place] for place in used if likely[place] < LIKELY)
    missed = sum(size for place, size in sizes.items()
                 if place not in used and likely[place] >= LIKELY)  # fmt: skip
    limit = DOUBT * max(whole, 1)
    return wrong > limit or missed > limit or whole - wrong + missed < FEW_WORDS
