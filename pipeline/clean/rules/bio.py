"""The note about the writer under a story."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

BIO = re.compile(
    r"^(?:[A-Z][\w’'.-]+ ){1,3}[A-Z][\w’'.-]+,? (?:is|was|covers|writes|reports|has (?:been|"
    r"covered))\b"
    r".{0,120}\b(?:reporter|correspondent|editor|columnist|journalist|staff writer|freelance|"
    r"contributor|newsroom|bureau)\b.{0,200}$"
)
ABOUT = re.compile(
    r"^(?:about the (?:author|writer)s?|follow (?:him|her|them) on\b.{0,60})\W*$", re.IGNORECASE
)
REACH = re.compile(
    r"\b(?:can be (?:reached|contacted)|follow (?:him|her|them)|on (?:x|twitter)[:, ]+@)",
    re.IGNORECASE,
)


def is_bio(line: Line) -> bool:
    """Say whether the line, under the story, tells who its writer is.

    >>> is_bio(Line("Ana Lind is a reporter who covers ports. Follow her on X.", prose_before=6))
    True
    >>> is_bio(Line("Ana Lind is a reporter and was held for two days.", prose_before=6,
    ...     prose_after=4))
    False
    """
    if line.prose_after > 1 or line.prose_before < 3:
        return False
    text = line.text
    if ABOUT.match(text) or (REACH.search(text) and line.words <= 50):
        return True
    return bool(BIO.match(text)) and line.words <= 60 and " said" not in text and line.left <= 3
