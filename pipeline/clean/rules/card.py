"""Cards of other stories within a story: a label, a title, and who wrote it."""

from __future__ import annotations

from pipeline.clean.rules.byline import is_byline
from pipeline.clean.rules.line import Line

MIN_WORDS = 3


def is_card(line: Line) -> bool:
    """Say whether the line, within the story, is a title with a byline of its own under it.

    >>> is_card(Line("Mayor resigns over bridge", prose_before=3, next="By Tom Ray"))
    True
    >>> is_card(Line("Mayor resigns over bridge", next="By Tom Ray"))
    False
    >>> is_card(Line("The mayor resigned on Monday.", prose_before=3, next="By Tom Ray"))
    False
    """
    if not line.prose_before or not line.next or line.ends or line.words < MIN_WORDS:
        return False
    return is_byline(Line(line.next, prose_before=line.prose_before))
