"""The enrich stage: everything that is looked for in a clean article, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.assets import asset
from pipeline.enrich import (
    dates,
    entities,
    gazetteer,
    named,
    names,
    places,
    quotes,
    search_keys,
    sentences,
)
from pipeline.enrich.gazetteer import Gazetteer
from pipeline.enrich.language_model import LanguageModels, Reading, load
from pipeline.enrich.spacy_pipelines import Setting
from pipeline.stage import Stage
from schemas import GENERATION, NOT_STORIES, CleanArticle, EnrichedArticle
from schemas.version import VERSION

Run = Callable[[EnrichedArticle, Reading, Gazetteer], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Enricher:
    """One thing that is looked for: *run* returns the fields of the record that it fills."""

    name: str
    needs: tuple[str, ...]
    gives: tuple[str, ...]
    run: Run


ENRICHERS = (
    Enricher("sentences", ("reading",), ("annotated", "notes", "sentences"), sentences.find),
    Enricher("dates", ("sentences",), ("dates",), dates.find),
    Enricher("mentions", ("reading", "annotated"), ("entities",), entities.find),
    Enricher("agreement", ("entities",), ("names",), names.agree),
    Enricher("places", ("names",), ("locations", "countries of entities"), places.locate),
    Enricher("named", ("names", "countries of entities"), ("named",), named.collect),
    Enricher("quotes", ("annotated", "names"), ("quotes",), quotes.find),
    Enricher(
        "search keys",
        ("names", "countries of entities"),
        ("people", "organisations", "places", "countries"),
        search_keys.collect,
    ),
)
"""In order: each needs what those before it give."""


UNREAD = NOT_STORIES - {"paywall-stub"}
"""What has no word of a story in it; a stub has the first ones."""


def check_needs(enrichers: Iterable[Enricher], given: Iterable[str] = ("reading",)) -> None:
    """Raise ValueError where an enricher needs what none before it gives.

    >>> check_needs(ENRICHERS)
    """
    known = set(given)
    for enricher in enrichers:
        if lacking := [need for need in enricher.needs if need not in known]:
            raise ValueError(f"the enricher {enricher.name!r} needs {lacking}, given only {known}")
        known |= set(enricher.gives)


def enrich_stage(language: Setting = "accurate", model: str = "") -> Stage:
    """Return the stage from a clean to an enriched article, its models loaded.

    Args:
        language: ``accurate`` runs the whole language model; ``fast`` only finds entities, and
            sentences by rule.
        model: name or path of a spaCy pipeline to take in place of the shipped one.

    Raises:
        ConfigError: *model* cannot be used.

    """
    check_needs(ENRICHERS)
    models = load(language, model)
    known = gazetteer.load(asset("seeds/gazetteer"))

    def run(article: CleanArticle) -> EnrichedArticle:
        return enrich(article, models, known)

    return Stage("enrich", CleanArticle, EnrichedArticle, run)


def enrich(article: CleanArticle, models: LanguageModels, known: Gazetteer) -> EnrichedArticle:
    """Return *article* with what `ENRICHERS` find in it; its text is taken as it is."""
    if article.article_kind in UNREAD:
        note = f"no story was served but {article.article_kind}: nothing was looked for"
        return begin(article, Reading((), "none"), known).model_copy(
            update={"annotated": False, "notes": (note,)}
        )
    with models.read(article.headline, article.text, article.language) as reading:
        record = begin(article, reading, known)
        for enricher in ENRICHERS:
            record = record.model_copy(update=enricher.run(record, reading, known))
    return record


def begin(article: CleanArticle, reading: Reading, known: Gazetteer) -> EnrichedArticle:
    """Return *article* as a record with nothing found yet, naming what will read it."""
    own = {name: getattr(article, name) for name in CleanArticle.model_fields}
    return EnrichedArticle.model_construct(
        **own
        | {
            "generation": article.generation or GENERATION,
            "pipeline_version": article.pipeline_version or VERSION,
            "models": article.models
            | {"language_model": reading.by, "gazetteer": known.version}
            | ({"entities": reading.entities} if reading.entities else {}),
        }
    )
