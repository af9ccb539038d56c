"""places: each mention leads to the country that the article means."""

from __future__ import annotations

from pipeline.enrich.gazetteer import Gazetteer
from pipeline.enrich.language_model import Reading
from pipeline.enrich.places import locate
from schemas import EnrichedArticle, Entity
from schemas.enriched import Label


def located(known: Gazetteer, *mentions: tuple[str, Label]) -> EnrichedArticle:
    """Return an article of *mentions* with their places."""
    entities = tuple(
        Entity(text=name, label=label, start=0, end=0, name=name) for name, label in mentions
    )
    article = EnrichedArticle(id="1", text="", entities=entities)
    return article.model_copy(update=locate(article, Reading((), ""), known))


def test_places_are_listed_once_most_often_first(known: Gazetteer) -> None:
    """The places of an article come by how often they are named, under one name each."""
    record = located(known, ("Lviv", "GPE"), ("Kiev", "GPE"), ("Kyiv", "GPE"))
    assert [(place.name, place.country) for place in record.locations] == [
        ("Kyiv", "UKR"),
        ("Lviv", "UKR"),
    ]
    assert [entity.name for entity in record.entities] == ["Lviv", "Kyiv", "Kyiv"]
    assert round(record.locations[0].lat or 0) == 50


def test_a_demonym_has_a_country_and_decides(known: Gazetteer) -> None:
    """A people counts as its country being named."""
    record = located(known, ("Birmingham", "GPE"), ("Americans", "NORP"))
    assert [entity.country for entity in record.entities] == ["USA", "USA"]


def test_only_places_are_looked_up(known: Gazetteer) -> None:
    """A person called like a city is nowhere."""
    record = located(known, ("Paris", "PERSON"), ("Utter Nowhere", "GPE"))
    assert record.locations == ()
    assert [entity.country for entity in record.entities] == [None, None]


def test_a_country_has_no_point(known: Gazetteer) -> None:
    """A country is a place without coordinates: a dot in its middle would be a lie on a map."""
    record = located(known, ("Ukraine", "GPE"))
    assert (record.locations[0].lat, record.locations[0].lon) == (None, None)


def test_the_state_behind_a_city_decides(known: Gazetteer) -> None:
    """The country of what stands behind a comma is that of the city before it."""
    text = "He left Paris, Texas for Paris."
    spans = [("Paris", 8), ("Texas", 15), ("Paris", 25)]
    entities = tuple(
        Entity(text=name, label="GPE", start=start, end=start + 5, name=name)
        for name, start in spans
    )
    article = EnrichedArticle(id="1", text=text, entities=entities)
    found = locate(article, Reading((), ""), known)["entities"]
    assert [entity.country for entity in found][:2] == ["USA", "USA"]


def test_a_newspaper_knows_its_towns(known: Gazetteer) -> None:
    """A town that the paper's country has is meant where the article names no country."""
    entity = Entity(text="Whitehorse", label="GPE", start=0, end=10, name="Whitehorse")
    article = EnrichedArticle(id="1", text="Whitehorse", entities=(entity,))
    countries = [
        locate(article.model_copy(update={"source_country": home}), Reading((), ""), known)[
            "entities"
        ][0].country
        for home in (None, "CAN")
    ]
    assert countries == [None, "CAN"]
