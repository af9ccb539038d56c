"""Bylines: the writers' names on a line of their own."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

PART = r"(?:[A-ZÀ-Þ][\w’'.-]*|de|van|von|der|den|al|el|bin|di|da|le|la)"
NAME = rf"{PART}(?:[ \u00a0]{PART}){{0,5}}"
NO_ROLE = r"(?!(?i:[^,]{0,30}(?:editor|correspondent|reporter)\b))"
LIST = rf"{NAME}(?:(?:,| and| &| und| et| y)\s+{NO_ROLE}{NAME}){{0,4}}"
BY = re.compile(
    rf"^(?:(?i:written |story |reported |text |words )?(?i:by|von|par|por)[ :]+)(?P<names>{LIST})"
    rf"(?P<rest>(?:,| in | for | \||\s[–—•-]).{{0,80}})?$"
)
ROLE = re.compile(
    rf"^(?!(?i:by|von|par|por) )(?P<names>{PART}(?:[ ]{PART}){{1,4}}),?\s*(?:\||,|-|–|in "
    rf")?\s*(?:.{{0,40}}\b)?(?i:correspondent|reporter|editor|staff writer|"
    rf"contributor|columnist|journalist|political editor|redakteurin?|korrespondent(?:in)?)"
    rf"(?:\s*,? .{{0,40}})?$"
)
MAX_WORDS = 22


def is_byline(line: Line) -> bool:
    """Say whether the line names those who wrote the story.

    >>> is_byline(Line("By Ana Lind and Tom Ray, Foreign Editor"))
    True
    >>> is_byline(Line("Ana Lind, Political Correspondent"))
    True
    >>> is_byline(Line("By Monday the water had reached the market."))
    False
    """
    text = line.text
    if line.words > MAX_WORDS or text.endswith((".", "!", "?", ":")):
        return False
    return bool(BY.match(text) or (ROLE.match(text) and not line.prose_before))


def names_in(text: str) -> str:
    """Return the part of a byline that holds the names.

    >>> names_in("By Ana Lind and Tom Ray, Foreign Editor")
    'Ana Lind and Tom Ray'
    """
    found = BY.match(text) or ROLE.match(text)
    return found["names"].strip() if found else ""
