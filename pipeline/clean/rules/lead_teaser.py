"""A teaser for another story between the headline and the first paragraph.

It looks like a second headline.  What tells it from a standfirst or a subhead: it names people or
things that the story never mentions.
"""

from __future__ import annotations

import re

from pipeline.clean.rules.line import WORD, Line, folded

NAME = re.compile(r"[A-ZÀ-Þ]")
MAX_WORDS = 20


NOUNS = frozenset(
    "der das und für mit von vom nach noch bei dem den im ist sind wird ein eine auf".split()  # noqa: SIM905
)
"""German writes every noun like a name: a line with one of these says nothing by its capitals."""


def strangers(line: Line) -> tuple[int, int]:
    """Return how many capitalised words the line has, and how many of them the story lacks.

    >>> from pipeline.clean.rules.line import words_of
    >>> strangers(Line("Mayor Ines Roth to visit Oslo", story=words_of("the mayor of Oslo")))
    (4, 2)
    >>> strangers(Line("Neuer Hafen für die Stadt Brask"))
    (0, 0)
    """
    if not NOUNS.isdisjoint(line.key.split(" ")):
        return 0, 0
    names = [word for word in WORD.findall(line.text) if NAME.match(word) and len(word) > 2]
    return len(names), sum(folded(word) not in line.story for word in names)


def is_lead_teaser(line: Line) -> bool:
    """Say whether the line, above the first paragraph, is a headline of some other story.

    >>> from pipeline.clean.rules.line import words_of
    >>> story = words_of("The dockers of Oslo will strike on Monday")
    >>> is_lead_teaser(Line("Ines Roth to visit Oslo for talks", place=1, prose_after=5,
    ...     story=story))
    True
    >>> is_lead_teaser(Line("Dockers of Oslo plan strike", place=1, prose_after=5, story=story))
    False
    """
    if line.prose_before or line.place == 0 or line.prose_after < 2 or line.ends:
        return False
    names, strange = strangers(line)
    return 5 <= line.words <= MAX_WORDS and strange >= 2 and strange * 2 >= names - 1
