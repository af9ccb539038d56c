"""Who he, she or the minister is: the people an article names before, by their standing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from pipeline.enrich.quotes.cues import listed
from pipeline.enrich.quotes.phrases import SUBJECTS
from pipeline.enrich.quotes.words import Words
from schemas import EnrichedArticle, Entity

OFFICES = listed("""
    actor activist adviser advisor ambassador analyst archbishop artist attorney author banker
    billionaire bishop boss businessman businesswoman candidate captain chairman chairwoman chair
    chancellor chief coach colonel commander commissioner congressman congresswoman coroner
    councillor councilman councilwoman critic deputy diplomat director doctor economist editor
    envoy executive expert farmer founder general governor historian incumbent inspector
    investigator journalist judge justice king lawmaker lawyer leader legislator lieutenant
    manager mayor minister mogul monk nominee nurse officer official organiser organizer owner
    pastor pilot player poet politician pollster pontiff pope premier president priest prince
    princess producer professor prosecutor queen rabbi representative researcher scholar scientist
    secretary senator sergeant sheriff singer soldier spokesman spokesperson spokeswoman
    strategist student surgeon teacher treasurer veteran victim witness writer
""")
"""What a person is called in place of a name."""
BODIES = listed("""
    agency army association authority bank board bureau campaign club college commission committee
    company corporation council court department embassy federation firm foundation fund group
    institute institution league magazine ministry network newspaper office organisation
    organization paper party police regulator school station union university
""")
"""What a body is called in place of one."""
TITLE = re.compile(r"\b(?:(?P<m>Mr|Sir|Lord|King|Prince)|(?:Mrs|Ms|Miss|Lady|Dame|Queen))\.?\s+$")
ADDRESS = 10
"""Code points before a name in which Mr or Mrs is told."""
BESIDE = 60
"""Code points beside a name in which an office is told."""
BEFORE_NAME = (
    r"\b(?i:{})(?:(?:\s+(?:of|for|the|at|in|to|[A-Z][\w.'\u2019-]*))*,?\s+(?:[A-Z][a-z]*\.?\s+)?"
    r"|\s+(?:of|for|at|from)\s[^,.;:!?\"]*,\s+)$"
)
AFTER_NAME = r",\s+(?!who|which|and|but)(?:[\w'\u2019-]+\s+){{0,5}}?(?i:{})\b"


class Standing:
    """The people and bodies that the text names outside of quotation marks."""

    def __init__(self, article: EnrichedArticle, words: Words) -> None:
        """Take the mentions of the *article*."""
        self.text = article.text
        self.words = words
        self.named = article.named
        mentions = (one for one in article.entities if one.field == "text")
        self.mentions = sorted(filter(self.is_told, mentions), key=lambda one: one.start)
        self.starts = [one.start for one in self.mentions]
        self.people = frozenset(one.name for one in self.mentions if one.label == "PERSON")
        self.held: dict[str, list[tuple[int, str]]] = {}
        """Noun to the mentions of those of whom it is told."""
        self.sexes = {one.name: sex for one in self.mentions if (sex := addressed(self.text, one))}

    def is_told(self, one: Entity) -> bool:
        """Tell whether a mention is the newspaper's own, and of somebody who may speak."""
        number = self.words.at(one.start)
        inside = number < len(self.words.within) and self.words.within[number] >= 0
        return one.label in {"PERSON", "ORG"} and not inside

    def before(self, start: int, end: int, label: str) -> list[Entity]:
        """Return the mentions between two offsets with that label."""
        found = self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [one for one in found if one.label == label]

    def pronoun(self, since: int, start: int, sex: str, last: tuple[int, str] | None) -> str | None:
        """Return who he or she at *start* is, of those told of after the offset *since*.

        The only one there is; else the only one of the last sentence before that has one as a
        subject; who spoke *last* counts as such.
        """
        people = [one for one in self.before(since, start, "PERSON") if self.fits(one.name, sex)]
        acting = [(one.start, one.name) for one in people if self.acts(one)]
        if last and since <= last[0] < start and self.fits(last[1], sex):
            acting.append(last)
        names = {one.name for one in people} | {name for _, name in acting}
        if len(names) > 1 and acting:
            floor = self.sentence(max(offset for offset, _ in acting))
            names = {name for offset, name in acting if offset >= floor}
            names = {last[1]} if last and last[0] >= floor and last[1] in names else names
        if len(names) != 1:
            return None
        (found,) = names
        self.sexes.setdefault(found, sex)
        return found

    def fits(self, name: str, sex: str) -> bool:
        """Tell whether nothing says that *name* is of the other sex."""
        return self.sexes.get(name, sex) == sex

    def acts(self, one: Entity) -> bool:
        """Tell whether a person is the subject of something, or begins a sentence unparsed."""
        first = self.words.at(one.start)
        if not self.words.parsed:
            return self.words.sentence_start(first) == first
        last = self.words.at(one.end)
        return any(token.dep_ in SUBJECTS for token in self.words.tokens[first:last])

    def sentence(self, offset: int) -> int:
        """Return where the sentence begins that *offset* lies in."""
        return self.words.begins[self.words.sentence_start(self.words.at(offset))]

    def office(self, noun: str, start: int) -> str | None:
        """Return the only person or body before *start* of that *noun*: minister, ministry."""
        if noun not in self.held:
            self.held[noun] = list(self.holders(noun))
        names = {name for offset, name in self.held[noun] if offset < start}
        return names.pop() if len(names) == 1 else None

    def holders(self, noun: str) -> Iterator[tuple[int, str]]:
        """Yield those of whom *noun* is told, each with the offset of the mention."""
        if noun in BODIES:
            for one in self.before(0, len(self.text), "ORG"):
                if noun in one.name.lower().split():
                    yield one.start, one.name
        elif noun in OFFICES:
            told = BEFORE_NAME.format(noun), AFTER_NAME.format(noun)
            ahead, behind = (re.compile(pattern) for pattern in told)
            known = {one.name for one in self.named if noun in " ".join(one.roles).lower().split()}
            for one in self.before(0, len(self.text), "PERSON"):
                beside = self.text[max(0, one.start - BESIDE) : one.start]
                if one.name in known or ahead.search(beside) or behind.match(self.text, one.end):
                    yield one.start, one.name


def addressed(text: str, one: Entity) -> str | None:
    """Return m or f where a Mr or Mrs stands before a person's name.

    >>> moor = Entity(text="Moor", label="PERSON", start=4, end=8, name="Ada Moor")
    >>> addressed("Ms. Moor left.", moor)
    'f'
    """
    found = TITLE.search(text, max(0, one.start - ADDRESS), one.start)
    return None if found is None or one.label != "PERSON" else "m" if found["m"] else "f"
