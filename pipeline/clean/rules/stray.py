"""A headline of another story between two paragraphs, with nothing that marks it."""

from __future__ import annotations

from pipeline.clean.rules.lead_teaser import strangers
from pipeline.clean.rules.line import Line, is_prose

MAX_WORDS = 20


def is_stray_teaser(line: Line) -> bool:
    """Say whether the line, within the story, is a headline about names the story never mentions.

    A subhead is shorter, or takes up the story's own names.

    >>> from pipeline.clean.rules.line import words_of
    >>> story = words_of("The dockers of Oslo will strike on Monday")
    >>> said = "The dockers of Oslo said on Monday that they would strike."
    >>> is_stray_teaser(Line("Ines Roth and Karl Bem win Golden Reel in Cannes", previous=said,
    ...     next=said, prose_before=3, story=story))
    True
    >>> is_stray_teaser(Line("Dockers of Oslo wait for word", previous=said, next=said,
    ...     prose_before=3, story=story))
    False
    """
    if not line.prose_before or line.text.endswith((".", ":", ",", ";", "”", '"')):
        return False
    alone = (line.after or is_prose(line.previous)) and (not line.next or is_prose(line.next))
    if not alone or line.text[0] in "-•*“\"‘'–—" or line.text[0].isdigit():
        return False
    names, strange = strangers(line)
    return 6 <= line.words <= MAX_WORDS and strange >= 3 and strange * 2 >= names
