"""The figures of a parser."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.trees import joined, parsing, treebank
from pipeline.enrich.language_model import LanguageModels, Part, load

from .labelled import tree


@pytest.fixture(scope="module")
def full() -> LanguageModels:
    """Return the shipped pipeline with its parser."""
    return load()


def test_a_parser_is_scored_on_a_treebank(texts: Path, full: LanguageModels) -> None:
    """A plain sentence is within its powers."""
    found = parsing(treebank(texts / "ud-own.spacy"), full)
    assert found is not None
    assert (found.uas, found.las, found.tag) == (1, 1, 1)


def test_what_parses_nothing_has_no_figures(texts: Path) -> None:
    """The faster setting has no parser."""
    assert parsing(treebank(texts / "ud-own.spacy"), load("fast")) is None


def test_parts_become_one_doc() -> None:
    """Heads point at their words whatever stands before the part."""
    first, second = tree(), tree()
    whole = joined((Part("text", 0, first), Part("text", 40, second)), first.vocab)
    assert [token.head.text for token in whole][7:] == [token.head.text for token in second]
    assert len(list(whole.sents)) == 2


def test_a_sample_is_spread_over_the_file(texts: Path) -> None:
    """Of one tree one is taken."""
    assert len(treebank(texts / "ud-own.spacy", 5)) == 1
