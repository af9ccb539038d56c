"""Advert markers: the words around a space that was sold."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

MARKER = re.compile(
    r"(?:-\s*)?(?:advert(?:isement|ising|orial)?s?|sponsored(?: content| by .{2,40})?|promoted"
    r"(?: content)?|paid (?:content|post|partnership)|anzeige|werbung|publicité|publicidad|pub|ad|"
    r"loading\W*|(?:remove|skip|hide) ads?|ad feedback|partner content)"
    r"(?:\W*(?:continue|scroll|story|article|skip|hide)\b.{0,50})?\W*",
    re.IGNORECASE,
)
BELOW = re.compile(
    r"^(?:the )?(?:story|article|text)?\s*(?:continues?|continue reading|scroll|resumes?|keep "
    r"reading)\b.{0,20}\b(?:below|after|under)\b.{0,40}$|^(?:advertisement\W+|scroll (?:down )?to "
    r"continue|continue reading(?: the main story)?\W*$|this advertisement has not loaded|"
    r"don['’]t want to see this\?|.{0,80}\bmay (?:contain affiliate links|earn (?:a|an affiliate) "
    r"commission)|der artikel wird nach|la suite après la publicité)",
    re.IGNORECASE,
)
MAX_WORDS = 40


def is_advert(line: Line) -> bool:
    """Say whether the line only marks a place for an advert.

    >>> is_advert(Line("ADVERTISEMENT")), is_advert(Line("Story continues below"))
    (True, True)
    >>> is_advert(Line("Advertising revenue fell by a third, the report said."))
    False
    """
    if line.words > MAX_WORDS:
        return False
    return bool(MARKER.fullmatch(line.text) or BELOW.search(line.text))
