"""EnrichedArticle: a clean article and what was found in it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.clean import CleanArticle
from schemas.record import Part

Label = Literal[
    "PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "DATE", "TIME", "MONEY", "PERCENT", "QUANTITY",
    "CARDINAL", "ORDINAL", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE",
]  # fmt: skip
Where = Literal["text", "headline"]


class Entity(Part):
    """A mention of somebody or something, with its place in the text."""

    text: str = Field(description="The words as written.")
    label: Label = Field(description="What it is; the names of OntoNotes.")
    start: int = Field(ge=0, description="Offset in the field, code points.")
    end: int = Field(ge=0, description="End offset in the field.")
    field: Where = Field("text", description="The field the offsets point into.")
    name: str = Field(description="The name it goes by in this article.")
    country: str | None = Field(None, description="ISO 3166-1 alpha-3, of places and demonyms.")


class Place(Part):
    """A place named in the article that the gazetteer knows."""

    name: str = Field(description="Its name.")
    country: str = Field(description="ISO 3166-1 alpha-3.")
    lat: float | None = Field(None, ge=-90, le=90, description="Latitude, degrees.")
    lon: float | None = Field(None, ge=-180, le=180, description="Longitude, degrees.")


class EnrichedArticle(CleanArticle):
    """A clean article with its sentences, entities and everyday search keys."""

    annotated: bool = Field(True, description="False where no model knows the language.")
    sentences: tuple[tuple[int, int], ...] = Field((), description="Start and end in `text`.")
    entities: tuple[Entity, ...] = Field((), description="Mentions, in text order.")
    people: tuple[str, ...] = Field((), description="Names of the people, most often first.")
    organisations: tuple[str, ...] = Field((), description="Names of the organisations.")
    places: tuple[str, ...] = Field((), description="Names of the places.")
    countries: tuple[str, ...] = Field((), description="ISO 3166-1 alpha-3.")
    locations: tuple[Place, ...] = Field((), description="Places the gazetteer knows.")
    notes: tuple[str, ...] = Field((), description="What a reader should know of this record.")
