"""Menus and section labels left standing on lines of their own."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

TRAIL = re.compile(r"^(?:\w[\w &-]{1,24}\s*[>›»|]\s*){1,6}\w[\w &:’'-]{1,80}$")


def is_navigation(line: Line) -> bool:
    """Say whether the line is a menu entry, a section label or a trail of them.

    >>> is_navigation(Line("Home > World > Europe")), is_navigation(Line("Top stories"))
    (True, True)
    >>> is_navigation(Line("Skip to main content")), is_navigation(Line("Zur Startseite"))
    (True, True)
    >>> is_navigation(Line("World leaders met in Oslo."))
    False
    """
    if "navigation" in line.said:
        return not line.ends
    marked = len(line.text) < 120 and not line.ends and line.words <= 12
    return marked and bool(TRAIL.match(line.text))
