"""Bylines: the writers' names on a line of their own."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line
from pipeline.clean.rules.phrases import key_of, words_for
from pipeline.clean.rules.stamp import is_stamp

PART = r"(?:[A-ZÀ-Þ][\w’'.-]*|de|van|von|der|den|al|el|bin|di|da|le|la)"
NAME = rf"{PART}(?:[ \u00a0]{PART}){{0,5}}"
NO_ROLE = r"(?!(?i:[^,]{0,30}(?:editor|correspondent|reporter)\b))"
AND = r"(?:,| and| &| und| et| y| e| en| og| och)"
LIST = rf"{NAME}(?:{AND}\s+{NO_ROLE}{NAME}){{0,4}}"
REST = r"(?P<rest>(?:,| in | for | \||\s[–—•-]|\s\d).{0,80})?$"
BY = re.compile(
    rf"^(?:(?i:written |story |reported |text |words ))?(?i:by)[ :]+(?P<names>{LIST}){REST}"
)
OF = re.compile(
    rf"^(?:(?i:von|par|por|di|door|av|af)|.{{0,60}}?\b(?:by|von|par|por|di|door|av|af)|[^:]{{4,24}}:)"
    rf"[ :]+(?P<names>{PART}[ \u00a0]{LIST}){REST}"
)
ROLE = re.compile(
    rf"^(?!(?i:by|von|par|por) )(?P<names>{PART}(?:[ ]{PART}){{1,4}})(?P<rest>[\s,|–-].*)?$"
)
NAMES = re.compile(LIST)
MAX_WORDS = 22
MAX_NAMES = 8


def is_byline(line: Line) -> bool:
    """Say whether the line names those who wrote the story.

    >>> is_byline(Line("By Ana Lind and Tom Ray, Foreign Editor")), is_byline(Line("Von Eva Roth"))
    (True, True)
    >>> is_byline(Line("Ana Lind, Political Correspondent")), is_byline(Line("Von Tür zu Tür"))
    (True, False)
    >>> is_byline(Line("Ein Kommentar von Eva Roth")), is_byline(Line("A cura di Anna Neri"))
    (True, True)
    >>> is_byline(Line("By Monday the water had reached the market."))
    False
    """
    text = line.text
    if text[0] in '“"„' or text.endswith((".", "!", "?", ":")) or len(text) > 200:
        return False
    if line.words > MAX_WORDS:
        return False
    if BY.match(text) or "byline" in line.said:
        return True
    if text.partition(" ")[0].rstrip(":").casefold() in words_for("by"):
        return bool(OF.match(text))
    return not line.prose_before and (has_role(text) or is_dated_name(line))


def is_dated_name(line: Line) -> bool:
    """Say whether the line, under the headline, is nothing but names, and a date follows.

    >>> is_dated_name(Line("Ana Lind and Tom Ray", place=1, next="5 March 2026"))
    True
    >>> is_dated_name(Line("Talks Fail", place=1, next="Ministers met in Oslo on 5 March 2026."))
    False
    """
    if not line.place or not 2 <= line.words <= MAX_NAMES or not NAMES.fullmatch(line.text):
        return False
    return is_stamp(Line(line.next)) if line.next else False


def has_role(text: str) -> bool:
    """Say whether *text* is a name and what its bearer does for the newspaper.

    >>> has_role("Ana Lind, Moskau-Korrespondentin"), has_role("Ana Lind and the reporters")
    (True, False)
    """
    found = ROLE.match(text)
    if not found or not found["rest"]:
        return False
    words = key_of(found["rest"].replace("-", " ")).split()
    return len(words) <= 8 and bool(words_for("role").intersection(words)) and words[0] != "and"


def names_in(text: str) -> str:
    """Return the part of a byline that holds the names.

    >>> names_in("By Ana Lind and Tom Ray, Foreign Editor"), names_in("Ein Kommentar von Eva Roth")
    ('Ana Lind and Tom Ray', 'Eva Roth')
    >>> names_in("Interview by Ana Lind"), names_in("von der redaktion")
    ('Ana Lind', '')
    """
    found = BY.match(text) or OF.match(text) or ROLE.match(text)
    if not found and NAMES.fullmatch(text):
        return text
    return found["names"].strip() if found else ""
