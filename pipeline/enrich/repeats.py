"""The mentions that were missed of what an article names elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pipeline.enrich.acronyms import SHORTEST, LongForm
from pipeline.enrich.entities import NAMES, TITLE, Span, as_entity, fields
from pipeline.enrich.phrases import occurrences, table
from pipeline.enrich.role_words import NO_ROLE
from schemas import EnrichedArticle, Entity

SURNAME = re.compile(r"[A-Z][a-z\u00df-\u024f-]{3,}")
SMALL = re.compile(r"\b[a-z]{4,}")
NAME_AFTER = re.compile(r"\s+[A-Z]")
NAME_BEFORE = re.compile(r"((?:[A-Z][\w-]*|[A-Z]\.)[ \u00a0])$")
REACH = 20
"""Letters before a surname that tell whether it is part of another name."""


def repeats(
    article: EnrichedArticle, entities: Iterable[Entity], acronyms: Mapping[str, LongForm]
) -> Iterator[Entity]:
    """Yield the mentions that were missed: of names that mean the same again, and of surnames."""
    mentions = list(entities)
    wanted: dict[str, str] = {}
    for short, long in acronyms.items():
        wanted |= {short: long.label, long.name: long.label}
    for entity in mentions:
        if entity.label in NAMES and is_telling(entity.text):
            wanted.setdefault(entity.text, entity.label)
    names = frozenset(surnames(article, mentions)) - wanted.keys()
    phrases = table([*wanted, *names])
    for field, text in fields(article):
        taken = {at for e in mentions if e.field == field for at in range(e.start, e.end)}
        for start, end in occurrences(text, phrases):
            words = text[start:end]
            if taken.isdisjoint(range(start, end)) and (
                words not in names or stands_alone(text, start, end)
            ):
                yield as_entity(text, Span(start, end, wanted.get(words, "PERSON")), field)


def is_telling(name: str) -> bool:
    """Tell whether *name* means the same wherever it stands: two words, or an acronym.

    >>> is_telling("Ada Moor"), is_telling("NATO"), is_telling("Moor"), is_telling("US")
    (True, True, False, False)
    """
    return " " in name or (len(name) >= SHORTEST and name.isupper())


def surnames(article: EnrichedArticle, mentions: Iterable[Entity]) -> Iterator[str]:
    """Yield the surnames of those who are named in full, but for those that are words too."""
    words = set(SMALL.findall(article.text))
    for entity in mentions:
        last = entity.name.rsplit(maxsplit=1)[-1] if " " in entity.name else ""
        if entity.label == "PERSON" and SURNAME.fullmatch(last) and last.lower() not in words:
            yield last


def stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a surname is not part of another name; a title before it is none.

    >>> stands_alone("President Moor left Moor Street.", 10, 14)
    True
    >>> stands_alone("President Moor left Moor Street.", 20, 24)
    False
    """
    before = NAME_BEFORE.search(text, max(0, start - REACH), start)
    if before and before[1].strip() not in NO_ROLE and not TITLE.fullmatch(before[1]):
        return False
    return NAME_AFTER.match(text, end) is None
