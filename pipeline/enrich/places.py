"""Where an article happens: which place of the gazetteer each mention means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.enrich.gazetteer import Gazetteer, Known, choose
from pipeline.enrich.language_model import Reading
from schemas import EnrichedArticle, Entity, Place

PLACES = frozenset({"GPE", "LOC"})


def locate(article: EnrichedArticle, _reading: Reading, known: Gazetteer) -> dict[str, Any]:
    """Return the mentions with their countries, and the places, most often named first."""
    named = set(countries_named(article.entities, known))
    entities: list[Entity] = []
    found: Counter[Known] = Counter()
    for entity in article.entities:
        meant = place_of(entity, named, known)
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
        if len(candidates) == 1:
            yield candidates[0].country
        elif country := people_of(entity, known):
            yield country


def place_of(entity: Entity, named: set[str], known: Gazetteer) -> Known | None:
    """Return the place that *entity* means."""
    if entity.label not in PLACES:
        return None
    return choose(known.candidates(entity.name), named)


def people_of(entity: Entity, known: Gazetteer) -> str | None:
    """Return the country of the people that *entity* names."""
    return known.people(entity.name) if entity.label == "NORP" else None


def as_place(known: Known) -> Place:
    """Return *known* as it stands on the record."""
    return Place(name=known.name, country=known.country, lat=known.lat, lon=known.lon)
