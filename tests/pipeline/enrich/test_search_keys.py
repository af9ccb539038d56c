"""search_keys: who, which bodies, where, as an analyst searches them."""

from __future__ import annotations

from pipeline.enrich.gazetteer import Gazetteer
from pipeline.enrich.language_model import Reading
from pipeline.enrich.search_keys import collect
from schemas import EnrichedArticle, Entity
from schemas.enriched import Label


def test_names_are_gathered_by_what_they_are(known: Gazetteer) -> None:
    """Each field holds its names once, the most frequent first, then by first mention."""
    mentions: tuple[tuple[str, Label, str | None], ...] = (
        ("Ada Moor", "PERSON", None),
        ("Jan Vale", "PERSON", None),
        ("Jan Vale", "PERSON", None),
        ("Northern Trade Board", "ORG", None),
        ("Lviv", "GPE", "UKR"),
        ("Black Sea", "LOC", None),
        ("Americans", "NORP", "USA"),
        ("Friday", "DATE", None),
    )
    entities = tuple(
        Entity(text=name, label=label, start=0, end=0, name=name, country=country)
        for name, label, country in mentions
    )
    article = EnrichedArticle(id="1", text="", entities=entities)
    assert collect(article, Reading((), ""), known) == {
        "people": ("Jan Vale", "Ada Moor"),
        "organisations": ("Northern Trade Board",),
        "places": ("Lviv", "Black Sea"),
        "countries": ("UKR", "USA"),
    }
