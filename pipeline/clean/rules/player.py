"""Players and galleries: buttons, counters, times."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

COUNTER = re.compile(
    r"(?:\d+ ?/ ?\d+|(?:\d{1,2}:)?\d{1,2}:\d{2} ?/ ?(?:\d{1,2}:)?\d{1,2}:\d{2}|\d{1,2}:\d{2}:\d{2}|"
    r"\d{1,2}:\d{2} min|\d+ (?:of|von|sur|de|di|van|av|af) \d+)"
)


def is_player(line: Line) -> bool:
    """Say whether the line is a control of a player or a gallery.

    >>> is_player(Line("Play Video")), is_player(Line("00:00 / 03:41"))
    (True, True)
    >>> is_player(Line("Live fire was heard near the port."))
    False
    """
    if "player" in line.said:
        return True
    text = line.text
    return len(text) < 24 and any(map(str.isdigit, text)) and bool(COUNTER.fullmatch(text))
