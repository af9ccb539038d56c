"""Whom a speaker's words stand for: a name, she, the minister.

Nobody is guessed: where two people could be meant, the words stay what they are.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from pipeline.enrich.quotes.phrases import Phrase
from pipeline.enrich.quotes.words import Words
from schemas import EnrichedArticle, Entity

SPEAKERS = ("PERSON", "ORG", "GPE", "NORP")
"""What can speak; the first of these that a phrase names."""
SINGULAR = frozenset({"he", "she"})
DEFINITE = frozenset({"the", "this", "that"})
BESIDE = 60
"""Code points beside a name in which its role is told."""
LINK = re.compile(r"\s(?:of|for|from|at)\s")
WORD = re.compile(r"[^\W\d_]{4,}")


class Cast:
    """The people and bodies of an article in the order of their mentions, and who spoke last."""

    def __init__(self, article: EnrichedArticle, words: Words, breaks: list[int]) -> None:
        """Take the mentions of the text; *breaks* are the offsets at which paragraphs begin."""
        self.text = article.text
        self.words = words
        self.breaks = breaks
        self.mentions = sorted(
            (one for one in article.entities if one.field == "text" and one.label in SPEAKERS),
            key=lambda one: one.start,
        )
        self.starts = [one.start for one in self.mentions]
        self.last: tuple[int, str] | None = None
        """Paragraph and name of who spoke last."""

    def name(self, who: Phrase) -> str:
        """Return the name that the phrase *who* stands for, else its words."""
        start, end = self.words.begins[who[0]], self.words.end(who[1] - 1)
        words = self.text[start:end]
        first = words.lower().split()[0]
        found = named(self.within(start, end))
        if found is None and first in SINGULAR:
            found = self.pronoun(start)
        elif found is None and first in DEFINITE:
            found = self.role(words, start)
        if found:
            self.last = self.paragraph(start), found
        return found or words

    def paragraph(self, offset: int) -> int:
        """Return the number of the paragraph that *offset* lies in."""
        return bisect_left(self.breaks, offset + 1)

    def within(self, start: int, end: int) -> list[Entity]:
        """Return the mentions that begin between *start* and *end*."""
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def people_near(self, start: int) -> list[str]:
        """Return the people named before *start*, in its paragraph and the one before, in order."""
        number = self.paragraph(start)
        since = self.breaks[max(0, number - 2)] if self.breaks else 0
        return [one.name for one in self.within(since, start) if one.label == "PERSON"]

    def pronoun(self, start: int) -> str | None:
        """Return who he or she is: who spoke just before, else the only person near."""
        near = self.people_near(start)
        if self.last and self.paragraph(start) - self.last[0] <= 1:
            others = set(near) - {self.last[1]}
            if not others or self.last[1] in near or self.last[0] == self.paragraph(start):
                return self.last[1]
        return near[0] if len(set(near)) == 1 else None

    def role(self, words: str, start: int) -> str | None:
        """Return the only one named before *start* beside whose name such a role is told."""
        nouns = WORD.findall(LINK.split(words, maxsplit=1)[0])
        if not nouns:
            return None
        told = re.compile(rf"\b{re.escape(nouns[-1])}\b", re.IGNORECASE)
        mentions = self.within(0, start)
        people = {
            one.name for one in mentions if one.label == "PERSON" and beside(told, self.text, one)
        }
        return people.pop() if len(people) == 1 else None


def named(mentions: Iterable[Entity]) -> str | None:
    """Return the name of the first of the likeliest kind among *mentions*."""
    ranked = sorted(mentions, key=lambda one: SPEAKERS.index(one.label))
    return ranked[0].name if ranked else None


def beside(told: re.Pattern[str], text: str, one: Entity) -> bool:
    """Tell whether the role is told right before a name, or after it and a comma."""
    return bool(
        told.search(text, max(0, one.start - BESIDE), one.start)
        or (text[one.end : one.end + 1] == "," and told.search(text, one.end, one.end + BESIDE))
    )
