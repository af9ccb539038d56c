"""One name for one thing within an article: what its mentions say about each other.

A surname stands for the full name given elsewhere, an acronym for the long form that it was given
with, and a name that the model labels in two ways gets the label it has most often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipeline.enrich.acronyms import long_forms, spelled_out
from pipeline.enrich.companies import company_names
from pipeline.enrich.entities import NAMES, fields
from pipeline.enrich.gazetteer import Gazetteer
from pipeline.enrich.language_model import Reading
from pipeline.enrich.persons import full_names
from pipeline.enrich.repeats import repeats
from schemas import EnrichedArticle, Entity

POSSESSED = re.compile(r"\s+[a-z]")
"""What follows a possessive that lost its apostrophe: a thing, so a small letter."""


def agree(article: EnrichedArticle, _reading: Reading, known: Gazetteer) -> dict[str, Any]:
    """Return the mentions with labels and names that agree within the article."""
    acronyms = long_forms(article)
    entities = with_labels(article.entities, labels(article.entities, known))
    entities = sorted([*entities, *repeats(article, entities, acronyms)], key=place)
    entities = list(with_apostrophes(article, entities))
    entities = [spelled_out(entity, acronyms) for entity in entities]
    return {"entities": tuple(company_names(full_names(entities)))}


def place(entity: Entity) -> tuple[bool, int]:
    """Sort by place: the headline, then the text."""
    return entity.field == "text", entity.start


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


def with_apostrophes(article: EnrichedArticle, entities: list[Entity]) -> Iterator[Entity]:
    """Yield the mentions, a possessive that lost its apostrophe (Moors plan) under its owner."""
    texts = dict(fields(article))
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
            and POSSESSED.match(texts[entity.field], entity.end)
        ):
            yield entity.model_copy(update={"name": base, "label": owner.label})
        else:
            yield entity
