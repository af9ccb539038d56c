"""A headline about somebody whom the story never names: it belongs to some other story.

It stands between the headline and the first paragraph, or alone between two paragraphs.  A
standfirst would name those that the story is about, and so would a sub-heading.
"""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line, folded, is_prose

SOMEBODY = re.compile(r"([A-ZÀ-Þ][\w’'-]+) ([A-ZÀ-Þ][\w’'-]+) [a-zà-ÿ]")
NOUNS = frozenset(
    "der das und für mit von vom nach noch bei dem den im ist sind wird ein eine auf".split()  # noqa: SIM905
)
"""German writes every noun like a name: a line with one of these says nothing by its capitals."""
MAX_WORDS = 20
MIN_SMALL = 3
"""Fewer words in small letters: a sub-heading that capitalises each of its words."""


def is_stranger(line: Line) -> bool:
    """Say whether the line is a headline that begins with a full name the story never mentions.

    >>> from pipeline.clean.rules.line import words_of
    >>> story = words_of("The dockers of Oslo will strike on Monday")
    >>> is_stranger(Line("Ines Roth set to visit Oslo for talks", place=1, prose_after=5,
    ...     story=story))
    True
    >>> is_stranger(Line("Oslo Dockers plan to strike for a week", place=1, prose_after=5,
    ...     story=story))
    False
    """
    text = line.text
    if line.ends or not line.prose_after or not text[0].isupper() or text[-1] in ':,;”"':
        return False
    found = SOMEBODY.match(text)
    if not found or not 6 <= line.words <= MAX_WORDS or not alone(line):
        return False
    if not NOUNS.isdisjoint(line.key.split(" ")):
        return False
    if sum(word[0].islower() for word in text.split()) < MIN_SMALL:
        return False
    return line.story.isdisjoint(map(folded, found.groups()))


def alone(line: Line) -> bool:
    """Say whether the line stands under the headline, or by itself between paragraphs.

    >>> alone(Line("Ines Roth to visit", place=1, prose_after=9)), alone(Line("A list", place=9))
    (True, False)
    """
    if not line.prose_before:
        return 0 < line.place < 4 and line.prose_after > 2
    before = line.after is not None or is_prose(line.previous)
    return before and is_prose(line.next)
