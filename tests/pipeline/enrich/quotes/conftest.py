"""Texts as the quotation finder has them: words without a model, and parses written by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
import spacy
from spacy.tokens import Doc

from pipeline.enrich.language_model import Part, Reading
from pipeline.enrich.paragraphs import paragraphs
from pipeline.enrich.quotes.marks import marked
from pipeline.enrich.quotes.words import Words, words
from schemas import EnrichedArticle, Entity
from schemas.enriched import Label

Read = Callable[[str], Words]
Parsed = Callable[[str, Sequence[tuple[int, str, str]]], Words]
Told = Callable[..., EnrichedArticle]

NLP = spacy.blank("en")


@pytest.fixture(scope="session")
def read() -> Read:
    """Return a text's words, unparsed, as the fast setting has them."""

    def row(text: str) -> Words:
        return words(text, reading_of(text), marked(text, paragraphs(text)))

    return row


@pytest.fixture(scope="session")
def parsed() -> Parsed:
    """Return the words of one sentence with the head, label and part of speech of each."""

    def row(text: str, tree: Sequence[tuple[int, str, str]]) -> Words:
        tokens = text.split()
        heads, labels, tags = zip(*tree, strict=True)
        doc = Doc(NLP.vocab, words=tokens, heads=list(heads), deps=list(labels), pos=list(tags))
        return words(
            doc.text, Reading((Part("text", 0, doc),), "by hand"), marked(text, [(0, len(text))])
        )

    return row


@pytest.fixture(scope="session")
def told() -> Told:
    """Return an article of a text in which the given names are mentioned."""

    def article(text: str, language: str = "en", **mentions: tuple[Label, str]) -> EnrichedArticle:
        found: list[Entity] = []
        for word, (label, name) in mentions.items():
            start = -1
            written = word.replace("_", " ")
            while (start := text.find(written, start + 1)) >= 0:
                found.append(
                    Entity(
                        text=written, label=label, start=start, end=start + len(written), name=name
                    )
                )
        return EnrichedArticle(id="1", text=text, language=language, entities=tuple(found))

    return article


@pytest.fixture(scope="session")
def reading() -> Callable[[str], Reading]:
    """Return a text as read without a model."""
    return reading_of


def reading_of(text: str) -> Reading:
    """Read each paragraph by itself."""
    return Reading(
        tuple(Part("text", start, NLP(text[start:end])) for start, end in paragraphs(text)), "rules"
    )
