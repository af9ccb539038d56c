"""An article as a spaCy pipeline reads it: by one for its language, where there is one.

Else there are sentences only, and the record says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import takewhile

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.enrich.entity_encoder import EntityEncoder
from pipeline.enrich.paragraphs import pieces
from pipeline.enrich.spacy_pipelines import (
    Setting,
    blank,
    configured,
    installed_for,
    model_name,
    name_of,
    prepared,
    shipped,
    spacy_code,
)
from schemas.enriched import Where

MAX_READ = 60_000
"""Code points of a text that are read: a book would take longer than a record may."""
BATCH_CHARS = 25_000
"""Code points read together, or one piece: memory grows with them."""
BATCH = 64
"""Pieces read together at most; never of two articles, so an answer has one article's cause."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an article as the language model read it."""

    field: Where
    start: int
    """Offset of the piece in its field, code points."""
    doc: Doc


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as read; valid inside the ``with`` that made it, for spaCy then frees it."""

    parts: tuple[Part, ...]
    by: str
    """Name and version of what read it."""
    note: str = ""
    """Why there are no entities, where there are none."""
    entities: str = ""
    """Name and version of the encoder, where one found the entities."""


@dataclass(frozen=True, slots=True)
class LanguageModels:
    """The loaded pipelines by language; those of other languages are made when first asked for."""

    full: dict[str, Language]
    setting: Setting = "accurate"
    plain: dict[str, Language] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def read(self, headline: str, text: str, language: str | None) -> Iterator[Reading]:
        """Give the article as read by the pipeline of its *language* (BCP 47; None: unknown)."""
        code = spacy_code(language)
        nlp = self.full.get(code) or self.installed(code) or self.sentences_only(code)
        note = "" if code in self.full else missing(language)
        with nlp.memory_zone():
            yield Reading(
                parts(nlp, headline, text), self.name(nlp), note, model_name(nlp, EntityEncoder)
            )

    def name(self, nlp: Language) -> str:
        """Return the name of a pipeline; spaCy takes a while to tell it, so it is asked once."""
        code = str(nlp.lang)
        if code not in self.names:
            self.names[code] = name_of(nlp)
        return self.names[code]

    def installed(self, code: str) -> Language | None:
        """Return the installed pipeline for *code*, loaded once; None where there is none."""
        if code not in self.plain and (name := installed_for(code)):
            self.full[code] = prepared(spacy.load(name), self.setting)
        return self.full.get(code)

    def sentences_only(self, code: str) -> Language:
        """Return a pipeline that splits *code* into words and sentences by rule."""
        if code not in self.plain:
            self.plain[code] = blank(code)
        return self.plain[code]


def load(setting: Setting = "accurate", model: str = "") -> LanguageModels:
    """Load the shipped pipeline, or *model*, an installed spaCy pipeline or the path of one.

    A model of another language than English joins the shipped one; an English one replaces it.

    Raises:
        ConfigError: *model* is not there, cannot be read, or finds no entities.

    """
    chosen = [configured(model)] if model else []
    if not any(nlp.lang == "en" for nlp in chosen):
        chosen.append(shipped(setting))
    return LanguageModels({str(nlp.lang): prepared(nlp, setting) for nlp in chosen}, setting)


def missing(language: str | None) -> str:
    """Return the note of a record in a language that no model knows.

    >>> missing("de")
    "no model for 'de': sentences only"
    """
    return (
        f"no model for {language!r}: sentences only"
        if language
        else "language not known: sentences only"
    )


def parts(nlp: Language, headline: str, text: str) -> tuple[Part, ...]:
    """Read the headline and each piece of the text that begins before `MAX_READ`, in one call."""
    places: list[tuple[Where, int]] = []
    read: list[str] = []
    fields: Sequence[tuple[Where, str]] = (("headline", headline), ("text", text))
    for where, whole in fields:
        for start, end in takewhile(lambda piece: piece[0] < MAX_READ, pieces(whole)):
            places.append((where, start))
            read.append(whole[start:end])
    together = BATCH_CHARS // max(map(len, read), default=1)
    docs = nlp.pipe(read, batch_size=max(1, min(BATCH, together)))
    return tuple(Part(where, start, doc) for (where, start), doc in zip(places, docs, strict=True))
