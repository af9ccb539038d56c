"""The shipped parser, fed by the shipped encoder."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.pipe_analysis import analyze_pipes
from spacy.tokens import Doc

from pipeline.enrich.entity_encoder import ENCODER
from pipeline.enrich.fed_parser import PARSER, runs

STORY = (
    "Ada Lunde, the minister, said on Friday that cities would pay.  “We went home,” she said.",
    " \nThe ships left the port. Nobody had seen them.",
)


def pipeline() -> Language:
    """Return encoder and parser as `accurate` has them."""
    nlp = spacy.blank("en")
    nlp.add_pipe(ENCODER)
    nlp.add_pipe(PARSER)
    return nlp


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline()


def trees(doc: Doc) -> list[tuple[str, str, str, str, str]]:
    """Return what the parser set on *doc*."""
    return [
        (token.text, token.head.text, token.dep_, token.tag_, token.lemma_)
        for token in doc
        if not token.is_space
    ]


def test_a_plain_sentence_is_read_whole(nlp: Language) -> None:
    """Heads and labels of Universal Dependencies, tags, classes and lemmas."""
    doc = nlp("The ships left the port.")
    assert trees(doc) == [
        ("The", "ships", "det", "DT", "the"), ("ships", "left", "nsubj", "NNS", "ship"),
        ("left", "left", "ROOT", "VBD", "leave"), ("the", "port", "det", "DT", "the"),
        ("port", "left", "obj", "NN", "port"), (".", "left", "punct", ".", "."),
    ]  # fmt: skip
    assert [token.pos_ for token in doc] == ["DET", "NOUN", "VERB", "DET", "NOUN", "PUNCT"]


def test_sentences_end_where_they_do(nlp: Language) -> None:
    """Each is one tree; space belongs to what stands before it, else behind it."""
    first, second = nlp.pipe(STORY)
    assert [len(list(doc.sents)) for doc in (first, second)] == [2, 2]
    assert all(len([t for t in s if t.head == t]) == 1 for s in (*first.sents, *second.sents))
    assert (second[0].text, second[0].head.text, second[0].pos_) == (" \n", "The", "SPACE")


def test_the_same_article_gives_the_same_trees(nlp: Language) -> None:
    """What was read before does not matter."""
    before = [trees(doc) for doc in nlp.pipe(STORY)]
    list(nlp.pipe(["The cod of the north was sold in Bergen by Tom Ray."] * 9))
    assert [trees(doc) for doc in nlp.pipe(STORY)] == before


def test_a_long_paragraph_is_read_in_runs(nlp: Language) -> None:
    """They end after sentences, and no token is in two of them or in none."""
    doc = nlp("The ships left the port on Friday. " * 40)
    found = [places for run in runs([doc]) for _, places in run]
    assert len(found) > 2
    assert all(doc[int(places[-1])].text == "." for places in found)
    numbers = [int(place) for places in found for place in places]
    assert numbers == [token.i for token in doc if not token.is_space]


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_is_parsed(nlp: Language, text: str) -> None:
    """Whatever is in it, all ways lead to the roots of its sentences."""
    doc = nlp(text)
    assert doc.has_annotation("DEP")
    assert sum(len(sentence) for sentence in doc.sents) == len(doc)


def test_it_says_what_it_needs() -> None:
    """Without the encoder before it the pipeline is known to be wrong before it runs."""
    assert analyze_pipes(pipeline())["problems"] == {ENCODER: [], PARSER: []}
    alone = spacy.blank("en")
    alone.add_pipe(PARSER)
    assert analyze_pipes(alone)["problems"] == {PARSER: ["doc.tensor"]}
