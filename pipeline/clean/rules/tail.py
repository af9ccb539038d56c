"""What stands under the story in one row with the furniture of the page."""

from __future__ import annotations

from pipeline.clean.rules.line import Line

FURNITURE = (
    "advert", "byline", "comments", "consent", "newsletter", "other", "paywall", "player",
    "read-more", "related", "share", "tags", "trailer",
)  # fmt: skip
"""Kinds that nothing of the story follows on the next line, once its last paragraph is over.

Captions, labels and times are none: lists of winners and fixtures have these."""
MIN_BEFORE = 3
MIN_TITLE = 4
MARKS = frozenset("-•*–—")


def is_tail(line: Line) -> bool:
    """Say whether the line, no sentence, follows furniture below the last paragraph.

    >>> is_tail(Line("Gazette Plus", after="share", previous="Share", prose_before=9))
    True
    >>> is_tail(Line("Gazette Plus", after="share", previous="Share", prose_before=9, left=4,
    ...     prose_after=1))
    False
    >>> is_tail(Line("it carries the world", after="other", previous="* * *", prose_before=9))
    False
    """
    if line.prose_after or line.prose_before < MIN_BEFORE or line.after not in FURNITURE:
        return False
    if line.ends or not line.words or line.text[0] in MARKS:
        return False
    return any(map(str.isalnum, line.previous))  # else a divider, and the story may go on


def is_tail_title(line: Line) -> bool:
    """Say whether such a line has the length of a title.

    >>> is_tail_title(Line("Mayor resigns over bridge", after="share", previous="Share",
    ...     prose_before=9))
    True
    """
    return line.words >= MIN_TITLE and is_tail(line)
