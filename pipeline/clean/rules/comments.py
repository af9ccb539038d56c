"""The comment section: its heading, counters and house rules."""

from __future__ import annotations

from pipeline.clean.rules.line import Line


def is_comments(line: Line) -> bool:
    """Say whether the line belongs to the reader comments.

    >>> is_comments(Line("12 Comments")), is_comments(Line("Join the conversation"))
    (True, True)
    >>> is_comments(Line("Comments by the minister angered the opposition."))
    False
    """
    return "comments" in line.said
