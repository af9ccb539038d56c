"""Dividers: marks without a word that close a story."""

from __future__ import annotations

from pipeline.clean.rules.line import Line

MARKS = frozenset("_*#=~–—-·•. ")
"""Not stars, signs of money or brackets: they say something."""


def is_divider(line: Line) -> bool:
    """Say whether the line, below the last paragraph, is a row of dashes, dots or asterisks.

    Between two paragraphs it marks the parts of the story, and stays.

    >>> is_divider(Line("___", place=9)), is_divider(Line("* * *", place=9, prose_after=2))
    (True, False)
    >>> is_divider(Line("★★★★", place=9)), is_divider(Line("C", place=9))
    (False, False)
    """
    return line.place > 0 and not line.prose_after and MARKS.issuperset(line.text)
