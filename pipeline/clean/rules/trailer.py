"""Trailers: copyright, source and reprint lines under the story."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

ADDRESS = re.compile(r"^(?:e-?mail\s*:? ?)?\S+@\S+\.\w+\.?$", re.IGNORECASE)
SOURCE = re.compile(
    r"^(?:sources?|quellen?|fuentes?|fontes?|bron(?:nen)?|kilder?|källa|źródło)\s*: ?.{2,60}$",
    re.IGNORECASE,
)
OWNED = re.compile(r"^\W{0,3}(?:©|\(c\)|copyright\b).{0,12}\d{4}", re.IGNORECASE)
NEAR_END = 2
"""How many paragraphs may follow a trailer: a note about the writer, say."""
MAX_CHARS = 240


def is_trailer(line: Line) -> bool:
    """Say whether the line, under the story, is a copyright, source or reprint note.

    A correction and a disclosure are facts about the article: they stay.

    >>> is_trailer(Line("Source: Read Full Article", place=9))
    True
    >>> is_trailer(Line("This article was originally published in the Harbour Post.", place=9))
    True
    >>> is_trailer(Line("This story has been told in the valley for a hundred years.", place=9))
    False
    >>> is_trailer(Line("Correction: an earlier version named the wrong river.", place=9))
    False
    """
    if line.place == 0 or line.prose_after > NEAR_END or len(line.text) > MAX_CHARS:
        return False
    if "trailer" in line.said:
        return True
    return any(pattern.match(line.text) for pattern in (SOURCE, OWNED, ADDRESS))
