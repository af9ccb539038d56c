"""An article cut into runs of words that are marked alike: what is named, dated and quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Protocol, TypeVar

from schemas import EnrichedArticle
from schemas.enriched import Dated, Entity, Named, Where

TIMES = frozenset({"DATE", "TIME"})
GAP = re.compile(r"\n[^\S\n]*\n\s*")


class Placed(Protocol):
    """What stands somewhere in a text."""

    @property
    def start(self) -> int:
        """Offset of its first character."""

    @property
    def end(self) -> int:
        """Offset behind its last one."""


S = TypeVar("S", bound=Placed)


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that name or date something."""

    start: int
    end: int
    label: str
    meant: str
    """The name they stand for, or the value of a date."""
    notes: tuple[str, ...] = ()
    """What else there is to tell."""
    named: int | None = None
    """Which of the article's `named` it is."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A part of a quote."""

    start: int
    end: int
    quote: int
    """Which of the article's `quotes` it is of."""
    last: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Words under one mark, or under none."""

    words: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Runs of one quote, or of none."""

    runs: tuple[Run, ...]
    quote: int | None = None
    closes: bool = False
    """Whether the quote ends here."""


def headline_of(article: EnrichedArticle) -> tuple[Run, ...]:
    """Return the headline as runs."""
    words = article.headline
    return tuple(runs(words, 0, len(words), marks(article, "headline")))


def story_of(article: EnrichedArticle) -> Iterator[tuple[Stretch, ...]]:
    """Yield each paragraph of the text; together they hold all of it but the blank lines."""
    said, marked = sayings(article), marks(article, "text")
    start = 0
    ends = [(gap.start(), gap.end()) for gap in GAP.finditer(article.text)]
    for end, after in [*ends, (len(article.text), 0)]:
        if start < end:
            yield tuple(stretches(article.text, start, end, said, marked))
        start = after


def stretches(
    text: str, start: int, end: int, said: Sequence[Saying], marked: Sequence[Mark]
) -> Iterator[Stretch]:
    """Yield what stands between two offsets, quotes apart from the rest."""
    at = start
    for one in within(said, start, end):
        begin, stop = max(one.start, at), min(one.end, end)
        if at < begin:
            yield Stretch(tuple(runs(text, at, begin, marked)))
        closes = one.last and stop == one.end
        yield Stretch(tuple(runs(text, begin, stop, marked)), one.quote, closes)
        at = stop
    if at < end:
        yield Stretch(tuple(runs(text, at, end, marked)))


def runs(text: str, start: int, end: int, marked: Sequence[Mark]) -> Iterator[Run]:
    """Yield what stands between two offsets, marked words apart from the rest."""
    at = start
    for mark in within(marked, start, end):
        begin, stop = max(mark.start, at), min(mark.end, end)
        if at < begin:
            yield Run(text[at:begin])
        yield Run(text[begin:stop], mark)
        at = stop
    if at < end:
        yield Run(text[at:end])


def within(placed: Sequence[S], start: int, end: int) -> Iterator[S]:
    """Yield those of *placed* that touch what lies between two offsets."""
    return (one for one in placed if one.start < end and one.end > start)


def marks(article: EnrichedArticle, field: Where) -> list[Mark]:
    """Return the marks of a field in order; a date says more than the mention that it is one."""
    text = article.headline if field == "headline" else article.text
    known = {one.id: (place, one) for place, one in enumerate(article.named)}
    dates = [dated(one) for one in article.dates if one.field == field]
    names = [
        mention(one, known)
        for one in article.entities
        if one.field == field
        and not (one.label in TIMES and any(within(dates, one.start, one.end)))
    ]
    return apart([*names, *dates], len(text))


def mention(entity: Entity, known: Mapping[str, tuple[int, Named]]) -> Mark:
    """Return a mention as a mark."""
    place, named = known.get(entity.id or "", (None, None))
    notes = [*(named.roles if named else ()), *([entity.country] if entity.country else [])]
    return Mark(entity.start, entity.end, entity.label, entity.name, tuple(notes), place)


def dated(date: Dated) -> Mark:
    """Return an expression of time as a mark."""
    label = "TIME" if date.granularity == "time" else "DATE"
    return Mark(date.start, date.end, label, date.value, (date.granularity, date.basis))


def sayings(article: EnrichedArticle) -> list[Saying]:
    """Return the parts of the quotes in order, none over another."""
    found = []
    for place, quote in enumerate(article.quotes):
        spans = quote.spans or ((quote.start, quote.end),)
        left = count(len(spans) - 1, -1)
        found += [Saying(start, end, place, next(left) == 0) for start, end in spans]
    return apart(found, len(article.text))


def apart(placed: Sequence[S], length: int) -> list[S]:
    """Return *placed* in order, without those that overlap an earlier one or leave the text.

    >>> [one.label for one in apart([Mark(2, 5, "ORG", ""), Mark(0, 3, "GPE", "")], 9)]
    ['GPE']
    """
    kept: list[S] = []
    at = 0
    for one in sorted(placed, key=lambda one: (one.start, -one.end)):
        if at <= one.start < one.end <= length:
            kept.append(one)
            at = one.end
    return kept
