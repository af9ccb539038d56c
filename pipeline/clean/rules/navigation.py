"""Menus and section labels left standing on lines of their own."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

MENU = re.compile(
    r"^(?:home(?:page)?|menu|search|skip to (?:main )?content|sections?|world(?: news)?|news|"
    r"politics|"
    r"business|sport|sports|opinion|culture|lifestyle|technology|tech|science|health|travel|video|"
    r"videos|weather|entertainment|local|national|international|europe|asia|africa|americas|middle "
    r"east|about us|contact(?: us)?|login|register|my account|close|open|explainer|analysis|"
    r"feature|"
    r"editorial|live|breaking(?: news)?|exclusive|print edition|latest(?: news| stories)?|top "
    r"stories|"
    r"startseite|politik|wirtschaft|ausland|inland|panorama|accueil|monde|politique|portada|"
    r"internacional|add now|current issue|next|previous|keep reading|show bookmarks|reuse this "
    r"content|ad policy|send a letter to the editor|next (?:article|story)|previous (?:article|"
    r"story)|back|more|view all|see all|show all|key (?:events|developments|points))\W*$",
    re.IGNORECASE,
)
TRAIL = re.compile(r"^(?:\w[\w &-]{1,24}\s*[>›»|]\s*){1,6}\w[\w &:’'-]{1,80}$")


def is_navigation(line: Line) -> bool:
    """Say whether the line is a menu entry, a section label or a trail of them.

    >>> is_navigation(Line("Home > World > Europe")), is_navigation(Line("Top stories"))
    (True, True)
    >>> is_navigation(Line("World leaders met in Oslo."))
    False
    """
    if MENU.match(line.text):
        return True
    return bool(TRAIL.match(line.text)) and not line.ends and line.words <= 12
