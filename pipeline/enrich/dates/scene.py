"""Where an expression stands: its sentence, what was told before it, and the day of publication."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter

from pipeline.enrich.dates.meaning import Found
from pipeline.enrich.dates.tense import looks_ahead
from schemas.enriched import Granularity

YEAR = re.compile(r"\d{4}")
NEAR = 300
"""Letters on either side that are asked for a tense."""
FEW = 50
"""Expressions back that are asked for a year or a base."""


@dataclass(slots=True)
class Scene:
    """A field of an article while it is read from front to back."""

    text: str
    published: datetime | None
    """When, in the zone that it was given in; None: not known."""
    sentences: Sequence[tuple[int, int]] = ()
    told: list[Found] = field(default_factory=list)
    """What was found so far."""

    def sentence(self, place: int) -> tuple[int, int]:
        """Return start and end of the sentence at *place*."""
        at = bisect_right(self.sentences, place, key=itemgetter(0)) - 1
        if at >= 0 and place < self.sentences[at][1]:
            return self.sentences[at]
        return place, place

    def ahead(self, start: int, end: int) -> bool | None:
        """Tell whether the sentence speaks of what is to come; None: it does not say."""
        first, last = self.sentence(start)
        before = self.text[max(first, start - NEAR) : start]
        return looks_ahead(before, self.text[end : min(last, end + NEAR)])

    def year(self, start: int) -> int | None:
        """Return the year that the sentence has named in so many words before *start*."""
        first, _ = self.sentence(start)
        for found in reversed(self.told[-FEW:]):
            if found.start < first:
                return None
            if found.basis == "explicit" and (year := YEAR.match(found.value)):
                return int(year[0])
        return None

    def base(self, place: int) -> Found | None:
        """Return what was found last in the paragraph of *place* and lies in the calendar."""
        first = self.paragraph(place)
        told = (found for found in reversed(self.told[-FEW:]) if YEAR.match(found.value))
        return next((found for found in told if found.start >= first), None)

    def last(self, granularity: Granularity, place: int | None = None) -> Found | None:
        """Return the last of that *granularity*, in the paragraph of *place* if that is given."""
        first = 0 if place is None else self.paragraph(place)
        told = (found for found in reversed(self.told[-FEW:]) if found.granularity == granularity)
        return next((found for found in told if found.start >= first), None)

    def paragraph(self, place: int) -> int:
        """Return where the paragraph of *place* begins."""
        return self.text.rfind("\n\n", 0, place) + 1
