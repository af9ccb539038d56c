"""Where an article happens: which place of the gazetteer each mention means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from pipeline.enrich.entities import fields
from pipeline.enrich.gazetteer import SMALL, Gazetteer, Known, choose, key
from pipeline.enrich.language_model import Reading
from schemas import EnrichedArticle, Entity, Place

PLACES = frozenset({"GPE", "LOC"})


def locate(article: EnrichedArticle, _reading: Reading, known: Gazetteer) -> dict[str, Any]:
    """Return the mentions with their countries, and the places, most often named first."""
    named = set(countries_named(article.entities, known))
    entities: list[Entity] = []
    found: Counter[Known] = Counter()
    for entity, told in zip(article.entities, countries_told(article, known), strict=True):
        candidates = known.candidates(entity.name) if entity.label in PLACES else ()
        meant = choose(candidates, named, article.source_country, told)
        country = meant.country if meant else people_of(entity, known)
        update = {"country": country} | ({"name": meant.name} if meant else {})
        entities.append(entity.model_copy(update=update) if country else entity)
        found.update([meant] if meant else [])
    return {
        "entities": tuple(entities),
        "locations": tuple(as_place(meant) for meant, _ in found.most_common()),
    }


def countries_named(entities: Iterable[Entity], known: Gazetteer) -> Iterator[str]:
    """Yield the countries that the article names beyond doubt."""
    for entity in entities:
        candidates = known.candidates(entity.name) if entity.label in PLACES else ()
        large = [place for place in candidates if place.weight >= SMALL]
        if len(large) == 1:
            yield large[0].country
        elif country := people_of(entity, known):
            yield country


def countries_told(article: EnrichedArticle, known: Gazetteer) -> Iterator[set[str]]:
    """Yield for each mention the countries of the state that stands behind it: Paris, Texas."""
    texts = dict(fields(article))
    for entity, behind in pairwise([*article.entities, None]):
        told: set[str] = set()
        if entity and behind and {entity.label, behind.label} <= PLACES:
            between = texts[entity.field][entity.end : behind.start]
            if entity.field == behind.field and between == ", ":
                told = {one.country for one in known.states.get(key(behind.name), ())}
        yield told


def people_of(entity: Entity, known: Gazetteer) -> str | None:
    """Return the country of the people that *entity* names."""
    return known.people(entity.name) if entity.label == "NORP" else None


def as_place(known: Known) -> Place:
    """Return *known* as it stands on the record."""
    return Place(name=known.name, country=known.country, lat=known.lat, lon=known.lon)
