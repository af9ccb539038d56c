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
Granularity = Literal[
    "time", "day", "week", "month", "quarter", "season", "year", "decade", "century", "vague"
]
Basis = Literal["explicit", "relative"]


class Entity(Part):
    """A mention of somebody or something, with its place in the text."""

    text: str = Field(description="The words as written.")
    label: Label = Field(description="What it is; the names of OntoNotes.")
    start: int = Field(ge=0, description="Offset in the field, code points.")
    end: int = Field(ge=0, description="End offset in the field.")
    field: Where = Field("text", description="The field the offsets point into.")
    name: str = Field(description="The name it goes by in this article.")
    country: str | None = Field(None, description="ISO 3166-1 alpha-3, of places and demonyms.")
    id: str | None = Field(None, description="Which of `named` it is a mention of.")


class Named(Part):
    """Somebody or something that the article names, under one name, however often it does."""

    id: str = Field(description="Number within the article, the most salient first.")
    name: str = Field(description="The fullest name the article gives it.")
    label: Label = Field(description="What it is; the names of OntoNotes.")
    aliases: tuple[str, ...] = Field((), description="What else it is called here.")
    roles: tuple[str, ...] = Field((), description="What it is said to be: president of Ruritania.")
    country: str | None = Field(None, description="ISO 3166-1 alpha-3, of places and demonyms.")
    mentions: int = Field(ge=1, description="How often it is named.")
    in_headline: bool = Field(False, description="Whether the headline names it.")
    salience: float = Field(ge=0, le=1, description="How much the article is about it.")


class Speaker(Part):
    """Who said it."""

    text: str = Field(description="The words as written: she, the minister.")
    name: str = Field(description="The name in `named` that they stand for, else the words.")


class Quote(Part):
    """What somebody is said to have said."""

    text: str = Field(description="The words, with their quotation marks.")
    start: int = Field(ge=0, description="Offset in `text`, code points.")
    end: int = Field(ge=0, description="End offset in `text`.")
    spans: tuple[tuple[int, int], ...] = Field((), description="Its parts, where it is broken off.")
    kind: Literal["direct", "mixed", "indirect"] = Field(
        description="In marks, partly in marks, or retold."
    )
    speaker: Speaker | None = Field(None, description="Who said it; null where nobody is named.")
    cue: str | None = Field(None, description="The words that make it a quotation: said.")


class Dated(Part):
    """An expression of time and what it means on the day of publication."""

    text: str = Field(description="The words as written.")
    start: int = Field(ge=0, description="Offset in the field, code points.")
    end: int = Field(ge=0, description="End offset in the field.")
    field: Where = Field("text", description="The field the offsets point into.")
    value: str = Field(description="TIMEX3: 2022-02-11, 2022-02, 1999-Q1, 1999-W05, PRESENT_REF.")
    granularity: Granularity = Field(description="How exact it is; never more than the words are.")
    basis: Basis = Field(description="By itself, or counted from the day of publication.")


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
    named: tuple[Named, ...] = Field((), description="What they name, the most salient first.")
    quotes: tuple[Quote, ...] = Field((), description="Who said what, in text order.")
    dates: tuple[Dated, ...] = Field((), description="Expressions of time, in text order.")
    people: tuple[str, ...] = Field((), description="Names of the people, most often first.")
    organisations: tuple[str, ...] = Field((), description="Names of the organisations.")
    places: tuple[str, ...] = Field((), description="Names of the places.")
    countries: tuple[str, ...] = Field((), description="ISO 3166-1 alpha-3.")
    locations: tuple[Place, ...] = Field((), description="Places the gazetteer knows.")
    notes: tuple[str, ...] = Field((), description="What a reader should know of this record.")
