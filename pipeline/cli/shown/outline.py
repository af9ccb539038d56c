"""What there is to tell of a cleaned article, whatever it is shown on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from schemas import CleanArticle, Kind, RemovedLine

GROUPS: dict[str, tuple[Kind, ...]] = {
    "leads elsewhere": ("related", "read-more"),
    "asks for something": ("newsletter", "consent", "paywall", "advert", "share", "comments"),
    "furniture": ("navigation", "player", "tags", "trailer", "stamp", "other"),
    "moved to a field": ("headline", "byline", "caption", "dateline", "credit"),
}
"""Kinds of cuts by what they have in common: each group has a colour."""
GROUP_OF: dict[str, str] = {kind: group for group, kinds in GROUPS.items() for kind in kinds}
FIRST = (
    "article_kind", "published_at", "modified_at", "authors", "dateline", "credit", "language",
    "sections",
)  # fmt: skip
NOT_FACTS = frozenset({
    "schema_version", "headline", "text", "removed", "models", "origins", "published_precision",
    "published_from", "generation", "revision", "source", "fetched_at", "id",
    "pipeline_version", "connector",
})  # fmt: skip
"""Fields that are shown in another way, or that say nothing to a reader."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of the record as a person reads it, and where it was read."""

    name: str
    value: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How much of one kind was cut, and by what."""

    kind: Kind
    cuts: int
    words: int
    by: str


def facts(article: CleanArticle) -> Iterator[Fact]:
    """Yield what is known of *article*, with where it was read if the record says so."""
    names = [*FIRST, *(name for name in CleanArticle.model_fields if name not in FIRST)]
    for name in names:
        value = getattr(article, name)
        if name in NOT_FACTS or value in (None, (), "", {}, False, "article"):
            continue
        shown = day_or_time(article) if name == "published_at" else told(value)
        yield Fact(name, shown, origin_of(article, name))


def origin_of(article: CleanArticle, name: str) -> str:
    """Return where the value of a field was read; empty where the record does not say."""
    if name == "published_at" and article.published_from:
        return article.published_from
    return article.origins.get(name, "")


def told(value: object) -> str:
    """Return a value as a person reads it.

    >>> told(("Lena Orvik", "Tom Aas")), told(True)
    ('Lena Orvik, Tom Aas', 'yes')
    """
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S %Z}"
    return "yes" if value is True else str(value)


def day_or_time(article: CleanArticle) -> str:
    """Return when *article* was published, as exactly as that is known."""
    at = article.published_at
    if at is None:
        return ""
    form = {"day": "%Y-%m-%d", "minute": "%Y-%m-%d %H:%M %Z"}
    exact = at.strftime(form.get(article.published_precision or "", "%Y-%m-%d %H:%M:%S %Z"))
    return (
        f"{exact}, to the {article.published_precision}" if article.published_precision else exact
    )


def tallies(article: CleanArticle) -> list[Tally]:
    """Return how much of each kind was cut, the most first."""
    by: dict[Kind, Counter[str]] = defaultdict(Counter)
    words: Counter[Kind] = Counter()
    for cut in article.removed:
        by[cut.kind][cut.by] += 1
        words[cut.kind] += len(cut.text.split())
    rows = [Tally(kind, rules.total(), words[kind], counted(rules)) for kind, rules in by.items()]
    return sorted(rows, key=lambda row: (-row.cuts, row.kind))


def counted(rules: Counter[str]) -> str:
    """Return rules with how often each was right, where there are several.

    >>> counted(Counter({"listed": 2, "related": 1}))
    'listed 2, related 1'
    >>> counted(Counter({"listed": 2}))
    'listed'
    """
    if len(rules) == 1:
        return next(iter(rules))
    return ", ".join(f"{rule} {count}" for rule, count in rules.most_common())


def summary(article: CleanArticle) -> str:
    """Return one sentence: what stayed and what went."""
    kept = article.text.count("\n\n") + 1 if article.text else 0
    kept_words = len(article.text.split())
    cut_words = sum(len(cut.text.split()) for cut in article.removed)
    told = f"kept {number(kept, 'paragraph')} of {number(kept_words, 'word')}"
    return f"{told}, cut {number(len(article.removed), 'line')} of {number(cut_words, 'word')}"


def number(count: int, noun: str) -> str:
    """Return a count with its noun.

    >>> number(1, "word"), number(1200, "word")
    ('1 word', '1,200 words')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def reason(cut: RemovedLine) -> str:
    """Return who took a line out, how sure that is where it is not certain, and what else speaks.

    >>> reason(RemovedLine(text="Plus", kind="other", by="memory", score=0.925, start=0, end=4,
    ...                    at=0, why="in 37 of 40 articles"))
    'memory, .93, in 37 of 40 articles'
    """
    sure = f"{cut.score:.2f}".removeprefix("0") if cut.score < 1 else ""
    return ", ".join(filter(None, (cut.by, sure, cut.why)))
