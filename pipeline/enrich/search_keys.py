"""The everyday search keys of an article: who, which bodies, where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from pipeline.enrich.gazetteer import Gazetteer
from pipeline.enrich.language_model import Reading
from schemas import EnrichedArticle

FIELDS = {
    "people": frozenset({"PERSON"}),
    "organisations": frozenset({"ORG"}),
    "places": frozenset({"GPE", "LOC", "FAC"}),
}
"""Field of the record to the labels that it gathers."""


def collect(article: EnrichedArticle, _reading: Reading, _known: Gazetteer) -> dict[str, Any]:
    """Return the names of each field and the countries."""
    keys = {
        field: ranked(entity.name for entity in article.entities if entity.label in labels)
        for field, labels in FIELDS.items()
    }
    countries = ranked(entity.country for entity in article.entities if entity.country)
    return {**keys, "countries": countries}


def ranked(names: Iterable[str]) -> tuple[str, ...]:
    """Return *names* once each, the most frequent first, then by first mention.

    >>> ranked(["Moor", "Vale", "Vale", "Reed"])
    ('Vale', 'Moor', 'Reed')
    """
    return tuple(name for name, _ in Counter(names).most_common())
