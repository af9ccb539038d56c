"""The shipped entity encoder."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.pipe_analysis import analyze_pipes

from pipeline.assets import asset
from pipeline.enrich.entity_encoder import ENCODER, SHIPPED, WORDS, EntityEncoder

STORY = (
    "Norway's foreign minister, Ada Lunde, met the World Health Organization in Geneva on Tuesday.",
    "Lunde said the Norwegian government would pay.",
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    found = spacy.blank("en")
    found.add_pipe(ENCODER)
    return found


def names(doc: spacy.tokens.Doc) -> set[tuple[str, str]]:
    """Return the mentions of *doc* with their labels."""
    return {(found.text, found.label_) for found in doc.ents}


def test_people_bodies_and_places_are_found(nlp: Language) -> None:
    """Names that no list holds are found by what stands around them."""
    first, second = nlp.pipe(STORY)
    assert {("Ada Lunde", "PERSON"), ("Geneva", "GPE"), ("Tuesday", "DATE")} <= names(first)
    assert "World Health Organization" in str(names(first))
    assert {("Lunde", "PERSON"), ("Norwegian", "NORP")} <= names(second)


def test_the_same_article_gives_the_same_mentions(nlp: Language) -> None:
    """What was read before does not matter."""
    before = [names(doc) for doc in nlp.pipe(STORY)]
    list(nlp.pipe(["The cod of the north was sold in Bergen by Tom Ray."] * 9))
    assert [names(doc) for doc in nlp.pipe(STORY)] == before


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    """Whatever is in it, mentions are spans of its tokens."""
    encoder = EntityEncoder(asset(SHIPPED), asset(WORDS))
    doc = encoder(spacy.blank("en").make_doc(text))
    assert all(text[found.start_char : found.end_char] == found.text for found in doc.ents)


def test_it_says_what_it_gives(nlp: Language) -> None:
    """A pipeline that is put together wrongly can be told before it runs."""
    assert analyze_pipes(nlp)["problems"] == {ENCODER: []}
    assert "doc.ents" in analyze_pipes(nlp)["summary"][ENCODER]["assigns"]


def test_it_has_a_name_and_a_version() -> None:
    """A record says which weights found its entities."""
    name, version = EntityEncoder(asset(SHIPPED), asset(WORDS)).model.split(" ")
    assert name == "entities"
    assert version
