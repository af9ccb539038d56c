"""Further titles in a list of links whose first was recognised."""

from __future__ import annotations

from pipeline.clean.rules.line import Line

MAX_WORDS = 18


def is_listed(line: Line) -> bool:
    """Say whether the line is one more title in a row of titles that lead elsewhere.

    >>> is_listed(Line("Fleet stays in port", after="related", next="Mayor resigns over bridge"))
    True
    >>> is_listed(Line("The fleet stays in port.", after="related"))
    False
    """
    if line.after != "related" or line.text.endswith((".", ":", "”", '"')):
        return False
    if ":" in line.text or " -- " in line.text or not line.text[0].isupper():
        return False
    end = not line.prose_after
    return 4 <= line.words <= MAX_WORDS and not line.ends and (end or not line.blank_before)
