"""How good a reader of language is: entities, quotes and dates against what people marked.

An entity is right if label and borders are, once articles, titles and possessives are off both; the
three kinds of places are one.  A quote is found if it shares enough of its characters with a marked
one.  A date is right if it touches a marked one and its value is the same to the day.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bench.labelled_texts import Marked, Said, Span, Timex
from bench.speakers import same_speaker

CLASSES = {
    "PERSON": "PER", "PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC",
    "NORP": "NORP", "DATE": "DATE", "TIME": "DATE", "MONEY": "MONEY",
}  # fmt: skip
BEFORE = re.compile(r"(?:the|an?)\s+|\s+", re.IGNORECASE)
AFTER = re.compile(r"(?:\s+|['\u2019]s|['\u2019]|,)$")
FIRST_WORD = re.compile(r"([A-Za-z-]+)\.?\s+")
TITLES = frozenset({
    # of anybody
    "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame", "lord", "lady",
    # of office
    "president", "vice", "prime", "minister", "premier", "chancellor", "secretary",
    "secretary-general", "ambassador", "governor", "gov", "mayor", "senator", "sen", "rep",
    "chief", "judge", "justice",
    # of birth
    "king", "queen", "prince", "princess", "emir", "sultan", "sheikh", "sheik",
    # of rank
    "general", "gen", "colonel", "col", "captain", "capt", "lt", "sgt", "commander", "admiral",
    # of faith
    "pope", "cardinal", "archbishop", "bishop", "reverend", "rev", "ayatollah", "imam", "mullah",
})  # fmt: skip
FRAGMENT = 0.8
"""A find of which this share lies in a marked quote is a part of it and no false alarm."""
LOOSE, STRICT = 0.3, 0.8
"""How much of a quote and of its find, taken together, must be in both."""
KINDS = ("direct", "mixed", "indirect")
DAY = 10
"""Letters of a value that tell the day: 2026-11-01."""

Label = tuple[int, int, str]


@dataclass(slots=True)
class Tally:
    """What was right, what was found and wrong, and what was missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, other: Tally) -> None:
        """Add another tally to this one."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 to 1."""
        both = 2 * self.right
        return both / (both + self.wrong + self.missed) if both else 0.0

    @property
    def gold(self) -> int:
        """How many people marked."""
        return self.right + self.missed


def entities(gold: Marked, found: Iterable[Label], text: str) -> dict[str, Tally]:
    """Return the tallies of a text by class."""
    wanted = names(text, gold.spans, gold.classes)
    given = names(text, found, gold.classes)
    given = {one for one in given if one in wanted or not touches(one, gold.ignore)}
    return {
        label: Tally(
            sum(one[2] == label for one in given & wanted),
            sum(one[2] == label for one in given - wanted),
            sum(one[2] == label for one in wanted - given),
        )
        for label in gold.classes
    }


def names(text: str, spans: Iterable[Label], classes: Collection[str]) -> set[Label]:
    """Return *spans* trimmed to the name, those of *classes* only."""
    known = ((start, end, CLASSES.get(label, "")) for start, end, label in spans)
    trimmed = (trim(text, *one) for one in known if one[2] in classes)
    return {one for one in trimmed if one[0] < one[1]}


def trim(text: str, start: int, end: int, label: str) -> Label:
    """Return a span without articles, possessives and, of a person, titles.

    >>> trim("the President Moor's plan", 0, 20, "PER")
    (14, 18, 'PER')
    """
    while start < end:
        words = text[start:end]
        if found := BEFORE.match(words):
            start += found.end()
        elif found := AFTER.search(words):
            end = start + found.start()
        elif label == "PER" and (found := FIRST_WORD.match(words)) and found[1].lower() in TITLES:
            start += found.end()
        else:
            break
    return start, end, label


def touches(one: Sequence[int | str], spans: Iterable[Span]) -> bool:
    """Say whether a span shares a character with any of *spans*."""
    return any(int(one[0]) < end and start < int(one[1]) for start, end in spans)


@dataclass(slots=True)
class QuoteTally:
    """Quotes of one view that were found, and the speakers of those."""

    loose: Tally
    strict: Tally
    asked: int = 0
    """Found quotes whose speaker people marked."""
    named: int = 0
    """Those whose speaker is right."""

    def add(self, other: QuoteTally) -> None:
        """Add another tally to this one."""
        self.loose.add(other.loose)
        self.strict.add(other.strict)
        self.asked += other.asked
        self.named += other.named

    @property
    def speaker(self) -> float:
        """The share of the found quotes whose speaker is right."""
        return self.named / self.asked if self.asked else 0.0


def quotes(gold: Sequence[Said], found: Sequence[Said], kinds: Sequence[str]) -> QuoteTally:
    """Return the tally of a text, of the quotes of *kinds*; the others count neither way."""
    wanted = [one for one in gold if one.kind in kinds]
    others = [one.characters for one in gold if one.kind not in kinds]
    loose, pairs = matched(wanted, others, found, LOOSE)
    strict, _ = matched(wanted, others, found, STRICT)
    asked = [(one, other) for one, other in pairs if one.speakers]
    named = sum(
        any(same_speaker(told, true) for told in other.speakers for true in one.speakers)
        for one, other in asked
    )
    return QuoteTally(loose, strict, len(asked), named)


def matched(
    wanted: Sequence[Said], others: Sequence[frozenset[int]], found: Sequence[Said], least: float
) -> tuple[Tally, list[tuple[Said, Said]]]:
    """Pair each quote with the find that is most like it, if that is alike enough."""
    pairs: list[tuple[Said, Said]] = []
    used: set[int] = set()
    for one in wanted:
        likeness = {n: alike(one, other) for n, other in enumerate(found) if n not in used}
        best = max(likeness, key=lambda n: likeness[n], default=-1)
        if best >= 0 and likeness[best] >= least:
            used.add(best)
            pairs.append((one, found[best]))
    free = [other.characters for n, other in enumerate(found) if n not in used]
    wrong = sum(
        not any(fragment(one, quote.characters) for quote in wanted)
        and not any(one & other for other in others)
        for one in free
    )
    return Tally(len(pairs), wrong, len(wanted) - len(pairs)), pairs


def alike(one: Said, other: Said) -> float:
    """Return the share of the characters of both that are in both."""
    shared = len(one.characters & other.characters)
    return shared / len(one.characters | other.characters) if shared else 0.0


def fragment(part: frozenset[int], whole: frozenset[int]) -> bool:
    """Say whether most of *part* lies in *whole*."""
    return bool(part) and len(part & whole) / len(part) >= FRAGMENT


def dates(gold: Sequence[Timex], found: Sequence[Timex]) -> tuple[Tally, Tally]:
    """Return two tallies of a text: of places alone, and of places with their values."""
    pairs = list(paired([one for one in gold if one.counts], found))
    used = {id(other) for _, other in pairs}
    spared = [(one.start, one.end) for one in gold if not one.counts]
    wrong = sum(id(one) not in used and not touches((one.start, one.end), spared) for one in found)
    wanted = sum(one.counts for one in gold)
    same = sum(one.value[:DAY] == other.value[:DAY] for one, other in pairs)
    return (
        Tally(len(pairs), wrong, wanted - len(pairs)),
        Tally(same, len(pairs) + wrong - same, wanted - same),
    )


def paired(wanted: Sequence[Timex], found: Sequence[Timex]) -> Iterator[tuple[Timex, Timex]]:
    """Yield each expression with the first find that touches it and no other has."""
    free = list(found)
    for one in wanted:
        near = [
            n for n, other in enumerate(free) if one.start < other.end and other.start < one.end
        ]
        if near:
            yield one, free.pop(near[0])


def summed(tallies: Iterable[dict[str, Tally]]) -> dict[str, Tally]:
    """Return the sums by class."""
    sums: dict[str, Tally] = {}
    for tally in tallies:
        for label, one in tally.items():
            sums.setdefault(label, Tally()).add(one)
    return sums


def together(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of some tallies.

    >>> together([Tally(1, 2, 3), Tally(1, 0, 0)])
    Tally(right=2, wrong=2, missed=3)
    """
    sums: Counter[str] = Counter()
    for one in tallies:
        sums.update(right=one.right, wrong=one.wrong, missed=one.missed)
    return Tally(sums["right"], sums["wrong"], sums["missed"])
