"""What is measured side by side: the enrich stage in its settings, and models left to themselves.

A reader that is the stage gives records as production does.  One that is *alone* gives the entities
of a spaCy pipeline as they come, without newsmill's rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import spacy

from bench.labelled_texts import Said, Text, Timex, characters
from bench.language_score import Label
from pipeline.assets import asset
from pipeline.cli.shown.installed import packages
from pipeline.enrich import enrich, gazetteer
from pipeline.enrich.gazetteer import Gazetteer
from pipeline.enrich.language_model import LanguageModels, load
from pipeline.enrich.spacy_pipelines import SHIPPED, Setting
from schemas import CleanArticle, EnrichedArticle


@dataclass(frozen=True, slots=True)
class Reader:
    """Something that reads; plain values only, for it is sent to another process."""

    name: str
    setting: Setting = "accurate"
    model: str = ""
    """Name or path of a spaCy pipeline; empty: the shipped one."""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """A reader that is the enrich stage, loaded; as `enrich_stage` makes it, with its models."""

    models: LanguageModels
    known: Gazetteer

    def read(self, text: Text) -> EnrichedArticle:
        """Return the record of a text."""
        article = CleanArticle(
            id=text.id,
            text=text.text,
            language="en",
            published_at=text.published,
            published_precision="day" if text.published else None,
        )
        return enrich(article, self.models, self.known)


def readers(model: str) -> list[Reader]:
    """Return every reader of English that can be run here; *model* is what the settings name."""
    found = {one.name: one.name for one in packages() if one.language == "en"}
    if model:
        found[Path(model).name] = model
    return [
        Reader("newsmill accurate"),
        Reader("newsmill fast", "fast"),
        *(Reader(f"newsmill with {name}", model=model) for name, model in found.items()),
        Reader(f"{Path(SHIPPED).name} alone", model=str(asset(SHIPPED)), alone=True),
        *(Reader(f"{name} alone", model=model, alone=True) for name, model in found.items()),
    ]


def stage(reader: Reader) -> Stage:
    """Return a reader that is the stage, its models loaded."""
    return Stage(load(reader.setting, reader.model), gazetteer.load(asset("seeds/gazetteer")))


def alone(reader: Reader, texts: Iterable[str]) -> list[list[Label]]:
    """Return the entities that the pipeline of a reader finds in each text, left to itself."""
    nlp = spacy.load(reader.model)
    return [
        [(found.start_char, found.end_char, found.label_) for found in doc.ents]
        for doc in nlp.pipe(texts)
    ]


def entities_of(article: EnrichedArticle) -> list[Label]:
    """Return the mentions in the text of a record."""
    return [(one.start, one.end, one.label) for one in article.entities if one.field == "text"]


def quotes_of(article: EnrichedArticle) -> list[Said]:
    """Return the quotes of a record; a speaker goes by the words as written."""
    return [
        Said(
            one.kind,
            characters(one.spans or ((one.start, one.end),)),
            (one.speaker.text,) if one.speaker else (),
        )
        for one in article.quotes
    ]


def dates_of(article: EnrichedArticle) -> list[Timex]:
    """Return the dates in the text of a record."""
    return [Timex(one.start, one.end, one.value) for one in article.dates if one.field == "text"]
