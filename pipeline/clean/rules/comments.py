"""The comment section: its heading, counters and house rules."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

SECTION = re.compile(
    r"^(?:(?:view|show|hide|read|see|load|post|leave|write|add|your|all|no|"
    r"\d[\d,.]*)?\s*(?:\(?\d+\)?"
    r"\s*)?(?:an? |all |more |the )?(?:comments?|reply|replies|kommentare?|commentaires?|"
    r"comentarios?)"
    r"(?: \(\d+\)| \d+| below| here)?|join the (?:conversation|discussion|debate)\b.{0,60}|"
    r"(?:what do you think|have your say)\b.{0,120}|let us know (?:what you think )?in the comments"
    r"\b.{0,60}|you (?:must|need to) be (?:logged in|a subscriber|registered)\b.{0,80}|please read "
    r"our (?:comment|commenting)\b.{0,60}|(?:sign|log) in to (?:comment|post|reply)\b.{0,40}|be "
    r"the "
    r"first to comment|comments (?:are|have been) (?:closed|disabled|moderated)\b.{0,80}|"
    r"\d+ (?:likes?|comments?) · .{0,60}|diskutieren sie mit\b.{0,60}|\d+ kommentare?)\W*$",
    re.IGNORECASE,
)


def is_comments(line: Line) -> bool:
    """Say whether the line belongs to the reader comments.

    >>> is_comments(Line("12 Comments")), is_comments(Line("Join the conversation"))
    (True, True)
    >>> is_comments(Line("Comments by the minister angered the opposition."))
    False
    """
    return line.words <= 22 and bool(SECTION.match(line.text))
