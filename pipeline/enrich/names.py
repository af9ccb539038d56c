"""One name for one thing within an article: what its mentions say about each other.

A surname stands for the full name given elsewhere, an acronym for the long form that it was given
with, and a name that the model labels in two ways gets the label it has most often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipeline.enrich.entities import NAMES, Span, as_entity, fields
from pipeline.enrich.gazetteer import Gazetteer
from pipeline.enrich.language_model import Reading
from pipeline.enrich.phrases import occurrences, table
from schemas import EnrichedArticle, Entity

BRACKET = re.compile(r"\s?\(\W?([A-Z][A-Za-z&-]{1,9})\W?\)")
SHORTEST = 3
"""Letters of an acronym that means one thing in an article; shorter ones do not (US, UP, AI)."""
POSSESSED = re.compile(r"\s+[a-z]")
"""What follows a possessive that lost its apostrophe: a thing, so a small letter."""


def agree(article: EnrichedArticle, _reading: Reading, known: Gazetteer) -> dict[str, Any]:
    """Return the mentions with labels and names that agree within the article."""
    long_forms = dict(acronyms(article))
    entities = with_labels(article.entities, labels(article.entities, known))
    entities = sorted([*entities, *repeats(article, entities, long_forms)], key=place)
    entities = list(with_apostrophes(article, entities))
    entities = [spelled_out(entity, long_forms) for entity in entities]
    return {"entities": tuple(full_names(entities))}


def place(entity: Entity) -> tuple[bool, int]:
    """Sort by place: the headline, then the text."""
    return entity.field == "text", entity.start


def field_text(article: EnrichedArticle, entity: Entity) -> str:
    """Return the text that the offsets of *entity* point into."""
    return article.text if entity.field == "text" else article.headline


def labels(entities: Iterable[Entity], known: Gazetteer) -> dict[str, str]:
    """Return the label of each name: a country's, a people's, else the one it has most often."""
    votes: dict[str, Counter[str]] = {}
    for entity in entities:
        if entity.label in NAMES:
            votes.setdefault(entity.name, Counter())[entity.label] += 1
    surnames = {
        name.split()[-1] for name, count in votes.items() if " " in name and most(count) == "PERSON"
    }
    return {name: label(name, count, surnames, known) for name, count in votes.items()}


def most(count: Counter[str]) -> str:
    """Return the label counted most often; of two that are level, the first seen."""
    return count.most_common(1)[0][0]


def label(name: str, count: Counter[str], surnames: set[str], known: Gazetteer) -> str:
    """Return the label of one *name*."""
    found = most(count)
    if name in surnames and found == "PERSON":
        return "PERSON"
    if name[:1].isupper() and known.is_country(name):
        return "GPE"
    if name[:1].isupper() and known.people(name):
        return "NORP"
    return "PERSON" if name in surnames else found


def with_labels(entities: Iterable[Entity], found: Mapping[str, str]) -> list[Entity]:
    """Return the mentions with the labels *found*."""
    return [
        entity.model_copy(update={"label": found[entity.name]})
        if entity.label in NAMES and found[entity.name] != entity.label
        else entity
        for entity in entities
    ]


def repeats(
    article: EnrichedArticle, entities: Iterable[Entity], long_forms: Mapping[str, Entity]
) -> Iterator[Entity]:
    """Yield the mentions that were missed, of names long enough to mean the same thing again."""
    wanted: dict[str, str] = {short: long.label for short, long in long_forms.items()}
    for entity in entities:
        if entity.label in NAMES and is_telling(entity.text):
            wanted.setdefault(entity.text, entity.label)
    phrases = table(wanted)
    for field, text in fields(article):
        taken = {at for e in entities if e.field == field for at in range(e.start, e.end)}
        for start, end in occurrences(text, phrases):
            if taken.isdisjoint(range(start, end)):
                yield as_entity(text, Span(start, end, wanted[text[start:end]]), field)


def is_telling(name: str) -> bool:
    """Tell whether *name* means the same wherever it stands: two words, or an acronym.

    >>> is_telling("Ada Moor"), is_telling("NATO"), is_telling("Moor"), is_telling("US")
    (True, True, False, False)
    """
    return " " in name or (len(name) >= SHORTEST and name.isupper())


def acronyms(article: EnrichedArticle) -> Iterator[tuple[str, Entity]]:
    """Yield each acronym that is given in brackets after its long form, with that mention."""
    for entity in article.entities:
        found = BRACKET.match(field_text(article, entity), entity.end)
        if found and entity.label in NAMES and is_short_for(found[1], entity.name):
            yield found[1], entity


def is_short_for(short: str, long: str) -> bool:
    """Tell whether the letters of *short* begin words of *long*, in order, the first one too.

    >>> is_short_for("OSCE", "Organization for Security and Co-operation in Europe")
    True
    >>> is_short_for("USA", "Union of Sailors")
    False
    """
    initials = iter(re.findall(r"\b\w", long.upper()))
    return (
        " " in long
        and long[0].upper() == short[0]
        and all(letter in initials for letter in short.upper() if letter.isalpha())
    )


def spelled_out(entity: Entity, long_forms: Mapping[str, Entity]) -> Entity:
    """Return a mention of an acronym under its long form."""
    long = long_forms.get(entity.name)
    if long is None or entity.label not in NAMES:
        return entity
    return entity.model_copy(update={"name": long.name, "label": long.label})


def with_apostrophes(article: EnrichedArticle, entities: list[Entity]) -> Iterator[Entity]:
    """Yield the mentions, a possessive that lost its apostrophe (Moors plan) under its owner."""
    counts = Counter(entity.name for entity in entities if entity.label in NAMES)
    owners = {entity.name: entity for entity in reversed(entities) if entity.label in NAMES}
    for entity in entities:
        base = entity.name.removesuffix("s")
        owner = owners.get(base) or owners.get(base.split()[-1] if base.split() else "")
        if (
            owner
            and entity.name == f"{base}s"
            and entity.label in NAMES
            and counts[owner.name] >= counts[entity.name]
            and POSSESSED.match(field_text(article, entity), entity.end)
        ):
            yield entity.model_copy(update={"name": base, "label": owner.label})
        else:
            yield entity


def full_names(entities: Iterable[Entity]) -> Iterator[Entity]:
    """Yield the mentions, a surname under the full name given last before it, else first after."""
    mentions = list(entities)
    names = dict.fromkeys(entity.name for entity in mentions if entity.label == "PERSON")
    latest: dict[str, str] = {}
    for name in sorted(names, key=lambda name: -name.count(" ")):
        for ending in endings(name):
            latest.setdefault(ending, name)
    for entity in mentions:
        if entity.label == "PERSON":
            name = latest.get(entity.name, entity.name)
            latest |= dict.fromkeys(endings(name), name)
            yield entity if name == entity.name else entity.model_copy(update={"name": name})
        else:
            yield entity


def endings(name: str) -> list[str]:
    """Return what a person called *name* is called for short.

    >>> endings("Ursula van der Meer")
    ['van der Meer', 'der Meer', 'Meer']
    """
    words = name.split()
    return [" ".join(words[first:]) for first in range(1, len(words))]
