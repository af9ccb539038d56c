"""Learns what each source repeats, from its clean articles, into a snapshot of `memory`.

A line that stands in many stories of a source, on several days, is no part of any of them.  A story
that was sent again, corrected or updated counts once.  A sentence needs far more evidence than a
menu entry: newspapers repeat a sentence of background, too, while its subject is in the news.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import get_args

from pipeline.clean.judge import MAX_RULED
from pipeline.clean.lines import laid_out
from pipeline.clean.memory import Repeated, Snapshot, SourceMemory, hash_of
from pipeline.clean.rules.line import Line
from schemas import CleanArticle, Kind, RemovedLine

MAX_ARTICLES = 500
"""Of each source the last so many are looked at."""
MAX_SOURCE_LINES = 500
MAX_LINES = 200_000
"""What a snapshot holds: of a source, and in all.  The lines seen most often stay."""
MAX_ARTICLE_LINES = 1000
ALIKE = 20
"""With so many earlier stories a story is compared for each of its sentences."""
MOVED = frozenset({"headline", "byline", "caption", "dateline"})
"""Lines that go to a field of the record: not noise, however often they come."""
KINDS: tuple[Kind, ...] = get_args(Kind)
OTHER = KINDS.index("other")
SENTENCE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Evidence:
    """How much it takes to believe that a line belongs to no story."""

    stories: int
    share: float
    days: int

    def holds(self, stories: int, of: int, days: int) -> bool:
        """Say whether a line in *stories* of *of* stories, on so many *days*, is enough.

        >>> Evidence(4, 0.05, 2).holds(4, 40, 2), Evidence(4, 0.05, 2).holds(4, 100, 2)
        (True, False)
        """
        return stories >= self.stories and stories >= self.share * of and days >= self.days


FURNITURE = Evidence(stories=4, share=0.05, days=2)
SENTENCE = Evidence(stories=8, share=0.25, days=3)


@dataclass(slots=True)
class Seen:
    """What is remembered of an article while learning: hashes, and no word of it."""

    id: str
    at: datetime
    lines: array[int]
    kinds: bytes
    sentences: frozenset[int]


@dataclass(slots=True)
class Learner:
    """Gathers articles; `snapshot` says what their sources repeat."""

    sources: dict[str, deque[Seen]] = field(default_factory=dict)
    articles: int = 0

    def add(self, article: CleanArticle) -> None:
        """Take one more article, what was cut from it included."""
        seen = self.sources.setdefault(article.source, deque(maxlen=MAX_ARTICLES))
        seen.append(seen_in(article))
        self.articles += 1

    def snapshot(self, number: int, now: datetime) -> Snapshot:
        """Return what was learned, as snapshot *number*."""
        learned = {name: memory_of(seen) for name, seen in sorted(self.sources.items())}
        return Snapshot(number=number, learned_at=now, sources=within_bounds(learned))


def seen_in(article: CleanArticle) -> Seen:
    """Return what is remembered of *article*."""
    lines: dict[int, int] = {}
    sentences: set[int] = set()
    for text, kind in lines_of(article):
        code = int(hash_of(article.source, text), 16)
        lines[code] = kind
        if is_sentence(text):
            sentences.add(code)
    at = article.published_at or article.fetched_at or datetime.fromtimestamp(0, UTC)
    return Seen(article.id, at, array("Q", lines), bytes(lines.values()), frozenset(sentences))


def lines_of(article: CleanArticle) -> Iterator[tuple[str, int]]:
    """Yield the raw lines that may be boilerplate, each with the number of its kind."""
    for number, pieces in enumerate(laid_out(article)):
        if number >= MAX_ARTICLE_LINES:
            return
        first = pieces[0]
        kind: Kind = first.kind if isinstance(first, RemovedLine) else "other"
        text = "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)
        line = Line(text)
        if kind not in MOVED and line.words and len(text) <= MAX_RULED and not line.reported:
            yield text, KINDS.index(kind)


def is_sentence(text: str) -> bool:
    """Say whether *text* reads like a sentence of a story.

    >>> is_sentence("It gave no further details."), is_sentence("Read more on fishing")
    (True, False)
    """
    line = Line(text)
    return line.ends and line.words >= SENTENCE_WORDS


def memory_of(articles: Iterable[Seen]) -> SourceMemory:
    """Return what one source repeats in *articles*."""
    stories = list(told_once(articles))
    where: dict[int, list[datetime]] = defaultdict(list)
    kinds: dict[int, Counter[int]] = defaultdict(Counter)
    sentences: set[int] = set()
    for story in stories:
        sentences |= story.sentences
        for code, kind in zip(story.lines, story.kinds, strict=True):
            where[code].append(story.at)
            kinds[code][kind] += kind != OTHER
    found = {
        f"{code:016x}": Repeated(articles=len(times), kind=KINDS[likely(kinds[code])])
        for code, times in where.items()
        if (SENTENCE if code in sentences else FURNITURE).holds(
            len(times), len(stories), len({at.date() for at in times})
        )
    }
    read = sorted(story.at for story in stories)
    return SourceMemory(articles=len(stories), first_at=read[0], last_at=read[-1], lines=found)


def likely(kinds: Counter[int]) -> int:
    """Return the kind that a line was mostly said to be, ``other`` where no rule knew it."""
    ((kind, count),) = kinds.most_common(1) or ((OTHER, 0),)
    return kind if count else OTHER


def told_once(articles: Iterable[Seen]) -> Iterator[Seen]:
    """Yield each story once: not what was sent again, corrected or taken over from an agency.

    Two articles are one story if they share more than half of the sentences of the shorter one.
    """
    ids: set[str] = set()
    told: list[frozenset[int]] = []
    places: dict[int, list[int]] = defaultdict(list)
    for article in articles:
        if article.id in ids:
            continue
        ids.add(article.id)
        shared = Counter(place for code in article.sentences for place in places[code])
        if any(
            2 * count > min(len(told[place]), len(article.sentences))
            for place, count in shared.items()
        ):
            continue
        for code in article.sentences:
            if len(places[code]) < ALIKE:
                places[code].append(len(told))
        told.append(article.sentences)
        yield article


def within_bounds(learned: dict[str, SourceMemory]) -> dict[str, SourceMemory]:
    """Return *learned* with the lines seen most often, where there are too many."""
    room = min(MAX_SOURCE_LINES, max(1, MAX_LINES // max(len(learned), 1)))
    return {
        name: memory.model_copy(update={"lines": most_seen(memory.lines, room)})
        for name, memory in learned.items()
        if memory.lines
    }


def most_seen(lines: dict[str, Repeated], room: int) -> dict[str, Repeated]:
    """Return the *room* lines that were seen most often."""
    ranked = sorted(lines.items(), key=lambda one: (-one[1].articles, one[0]))
    return dict(ranked[:room])
