"""Dividers: marks without a word between the parts of a story."""

from __future__ import annotations

from pipeline.clean.rules.line import Line


def is_divider(line: Line) -> bool:
    """Say whether the line has neither letter nor digit.

    It says nothing, so no word of the story is lost; the cut keeps its place.

    >>> is_divider(Line("___", place=3)), is_divider(Line("* * *", place=3))
    (True, True)
    >>> is_divider(Line("?", place=3)), is_divider(Line("C", place=3))
    (False, False)
    """
    marks = line.text.replace(" ", "")
    if line.place == 0 or len(marks) > 60 or any(mark in "?!" for mark in marks):
        return False
    return not any(map(str.isalnum, marks)) and (len(marks) > 1 or marks in "*•·–—")
