"""Whom a speaker's words stand for: a name, she, the minister.

Nobody is guessed: where two could be meant alike, the words stay what they are.
"""

from __future__ import annotations

from bisect import bisect_left

from pipeline.enrich.quotes.phrases import LINKS, Phrase
from pipeline.enrich.quotes.standing import Standing
from pipeline.enrich.quotes.words import Words
from schemas import EnrichedArticle, Entity

SPEAKERS = ("PERSON", "ORG", "GPE", "NORP")
"""What can speak; the first of these that a phrase names."""
PRONOUNS = {"he": "m", "she": "f"}
DEFINITE = frozenset({"the", "this", "that"})


class Cast:
    """Those who speak in an article, and who spoke last."""

    def __init__(self, article: EnrichedArticle, words: Words, breaks: list[int]) -> None:
        """Take the mentions of the text; *breaks* are the offsets at which paragraphs begin."""
        self.words = words
        self.breaks = breaks
        self.standing = Standing(article, words)
        self.mentions = sorted(
            (one for one in article.entities if one.field == "text" and one.label in SPEAKERS),
            key=lambda one: one.start,
        )
        self.starts = [one.start for one in self.mentions]
        self.last: tuple[int, str] | None = None
        """Where the person who spoke last was told, and the name."""

    def name(self, who: Phrase) -> str:
        """Return the name that the phrase *who* stands for, else its words."""
        start, first = self.words.begins[who[0]], self.words.lower[who[0]]
        if first in PRONOUNS:
            since = self.breaks[max(0, self.paragraph(start) - 1)]
            found = self.standing.pronoun(since, start, PRONOUNS[first], self.last)
        else:
            found = self.given(who) or self.beside(who)
            if not found and first in DEFINITE:
                found = self.standing.office(self.words.lower[self.head(who)], start)
        if found in self.standing.people:
            self.last = start, found
        return found or self.words.between(*who)

    def given(self, who: Phrase) -> str | None:
        """Return the name that the phrase itself gives: of a mention that its head is in."""
        head = self.head(who)
        at = self.words.begins[head]
        found = [one for one in self.within(self.words.begins[who[0]], at + 1) if one.end > at]
        if not found or self.is_joined(who, head, found[-1].end):
            return None
        return min(found, key=lambda one: SPEAKERS.index(one.label)).name

    def beside(self, who: Phrase) -> str | None:
        """Return the person named right after the phrase: the mayor, Ada Moor, said."""
        end = self.words.end(who[1] - 1)
        after = self.within(end, end + len(", ") + 1)
        told = self.words.text.startswith(", ", end) and after and after[0].label == "PERSON"
        return after[0].name if told else None

    def is_joined(self, who: Phrase, head: int, end: int) -> bool:
        """Tell whether the phrase goes on with somebody else: Moor and Vale."""
        rest = range(head + 1, who[1])
        return any(self.words.lower[n] == "and" and self.words.begins[n] >= end for n in rest)

    def head(self, who: Phrase) -> int:
        """Return the last token of the phrase that no link leads to."""
        return next((n for n in range(*who) if self.words.lower[n] in LINKS), who[1]) - 1

    def paragraph(self, offset: int) -> int:
        """Return the number of the paragraph that *offset* lies in, from 0."""
        return max(0, bisect_left(self.breaks, offset + 1) - 1)

    def within(self, start: int, end: int) -> list[Entity]:
        """Return the mentions that begin between *start* and *end*."""
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
