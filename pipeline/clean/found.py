"""The lines that the extractor returned, found again among the visible lines of the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.clean.segments import Segment

HEAD = 8
"""Lines are looked up by so many of their first letters; shorter ones by all they have."""
MOST_JOINED = 40
MOST_TRIED = 20


@dataclass(frozen=True, slots=True)
class Taken:
    """A line of the extractor, and the places of the visible lines it is made of."""

    text: str
    places: tuple[int, ...]
    recovered: bool = False
    """Whether the extractor had left it out."""


def found_again(text: str, segments: Sequence[Segment]) -> list[Taken]:
    """Return the lines of *text*, each with the places of the *segments* that it is made of.

    They are searched behind the line before, then from the start: extractors move a line seldom.
    """
    keys = [folded(segment.text) for segment in segments]
    starts: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        starts.setdefault(key[:HEAD], []).append(place)
    used: set[int] = set()
    last = -1
    lines: list[Taken] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        places = cells(line, keys, starts, used, last)
        lines.append(Taken(line, places))
        used.update(places)
        last = max(places, default=last)
    return lines


def cells(
    line: str, keys: Sequence[str], starts: dict[str, list[int]], used: set[int], last: int
) -> tuple[int, ...]:
    """Return the places of the cells of a table's row, or of the one line that it is."""
    if not line.startswith("| "):
        return place_of(folded(line.removeprefix("- ")), keys, starts, used, last)
    places: list[int] = []
    for cell in filter(None, map(folded, line.split("|"))):
        places += place_of(cell, keys, starts, used, max(places, default=last))
    return tuple(sorted(set(places)))


def place_of(
    key: str, keys: Sequence[str], starts: dict[str, list[int]], used: set[int], last: int
) -> tuple[int, ...]:
    """Return the places of the visible lines that *key* joins, none if it is not found."""
    heads = [key[:size] for size in range(min(HEAD, len(key)), 0, -1)]
    known = [place for head in heads for place in next_of(starts.get(head, ()), used, last)]
    for place in sorted(known, key=lambda place: (keys[place] != key, place < last, place)):
        if joined := joined_from(place, key, keys):
            return joined
    return ()


def next_of(places: Sequence[int], used: set[int], last: int) -> list[int]:
    """Return the unused among the next `MOST_TRIED` of *places* behind *last* and the first ones.

    Bounded, for a page may say the same a thousand times.
    """
    here = bisect_right(places, last)
    tried = (*places[here : here + MOST_TRIED], *places[: min(here, MOST_TRIED)])
    return [place for place in tried if place not in used]


def joined_from(place: int, key: str, keys: Sequence[str]) -> tuple[int, ...]:
    """Return the places from *place* on whose lines give *key* when put together, else none.

    >>> joined_from(1, "abcd", ["x", "ab", "cd", "e"]), joined_from(0, "xy", ["x", "ab"])
    ((1, 2), ())
    """
    done = len(keys[place])
    if not key.startswith(keys[place]):
        return (place,) if keys[place].startswith(key) else ()
    end = place + 1
    while done < len(key) and end < min(len(keys), place + MOST_JOINED):
        if not key.startswith(keys[end], done):
            break
        done += len(keys[end])
        end += 1
    return tuple(range(place, end)) if done >= 0.6 * len(key) else ()


def folded(text: str) -> str:
    """Return *text* without white space, for comparing."""
    return "".join(text.split())
