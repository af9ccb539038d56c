"""names: the mentions of one thing agree within an article."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.enrich.gazetteer import Gazetteer
from pipeline.enrich.language_model import Reading
from pipeline.enrich.names import agree
from schemas import EnrichedArticle, Entity
from schemas.enriched import Label

NOTHING = Reading((), "nobody")


def agreed(known: Gazetteer, text: str, mentions: Sequence[tuple[str, Label]]) -> list[Entity]:
    """Return the mentions, found in *text* one after the other, after they agreed."""
    entities: list[Entity] = []
    at = 0
    for words, label in mentions:
        start = text.index(words, at)
        at = start + len(words)
        entities.append(Entity(text=words, label=label, start=start, end=at, name=words))
    article = EnrichedArticle(id="1", text=text, entities=tuple(entities))
    return list(agree(article, NOTHING, known)["entities"])


def named(entities: Sequence[Entity]) -> list[tuple[str, str, str]]:
    """Return text, label and name of each."""
    return [(entity.text, entity.label, entity.name) for entity in entities]


def test_a_surname_stands_for_the_full_name(known: Gazetteer) -> None:
    """A surname goes by the full name given last before it, or by the first one after it."""
    text = "Moor won. Ada Moor spoke. Moor left. Tom Moor stayed. Moor sang."
    people = ["Moor", "Ada Moor", "Moor", "Tom Moor", "Moor"]
    found = agreed(known, text, [(name, "PERSON") for name in people])
    assert [entity.name for entity in found] == [
        "Ada Moor", "Ada Moor", "Ada Moor", "Tom Moor", "Tom Moor",
    ]  # fmt: skip


def test_an_acronym_goes_by_its_long_form(known: Gazetteer) -> None:
    """An acronym given in brackets stands for the long form, also where the model missed it."""
    text = "The Northern Trade Board (NTB) met. NTB said so. The NTB left."
    found = agreed(known, text, [("Northern Trade Board", "ORG"), ("NTB", "PERSON")])
    assert {(entity.label, entity.name) for entity in found} == {("ORG", "Northern Trade Board")}
    assert [entity.text for entity in found] == ["Northern Trade Board", "NTB", "NTB", "NTB"]


def test_a_name_has_the_label_it_has_most_often(known: Gazetteer) -> None:
    """One odd label among many gives way."""
    text = "Velora rose. Velora fell. Velora rose."
    found = agreed(known, text, [("Velora", "ORG"), ("Velora", "GPE"), ("Velora", "ORG")])
    assert [entity.label for entity in found] == ["ORG", "ORG", "ORG"]


def test_a_surname_is_a_person(known: Gazetteer) -> None:
    """The surname of a person of the article is no organisation."""
    found = agreed(known, "Jan Vale won. Vale spoke.", [("Jan Vale", "PERSON"), ("Vale", "ORG")])
    assert named(found)[1] == ("Vale", "PERSON", "Jan Vale")


@pytest.mark.parametrize(
    ("word", "wrong", "right"), [("Ukraine", "ORG", "GPE"), ("Ukrainian", "ORG", "NORP")]
)
def test_countries_and_peoples_are_known(
    known: Gazetteer, word: str, wrong: Label, right: Label
) -> None:
    """A country is a place and a demonym a people, whatever the model thought."""
    assert named(agreed(known, f"The {word} side.", [(word, wrong)])) == [(word, right, word)]


def test_a_person_may_be_called_like_a_country(known: Gazetteer) -> None:
    """The surname of a person of the article is no country."""
    found = agreed(
        known, "Al Jordan won. Jordan left.", [("Al Jordan", "PERSON"), ("Jordan", "PERSON")]
    )
    assert named(found)[1] == ("Jordan", "PERSON", "Al Jordan")


def test_a_lost_apostrophe_is_put_back(known: Gazetteer) -> None:
    """A possessive without its apostrophe goes by the name it belongs to."""
    text = "Moors threat came late. Ada Moor spoke. Ada Moors plan failed, Moor said."
    found = agreed(
        known,
        text,
        [("Moors", "ORG"), ("Ada Moor", "PERSON"), ("Ada Moors", "PERSON"), ("Moor", "PERSON")],
    )
    assert {(entity.label, entity.name) for entity in found} == {("PERSON", "Ada Moor")}


def test_a_name_that_ends_in_s_is_left(known: Gazetteer) -> None:
    """A name is not cut because a shorter one is in the article too."""
    text = "Prince William met Ann Williams. Williams Shipping paid."
    found = agreed(
        known,
        text,
        [("William", "PERSON"), ("Ann Williams", "PERSON"), ("Williams Shipping", "ORG")],
    )
    assert [entity.name for entity in found] == ["William", "Ann Williams", "Williams Shipping"]


def test_a_missed_repeat_is_found(known: Gazetteer) -> None:
    """A name of two words that was found once is found wherever it stands whole."""
    text = "Ada Moor won. Then Ada Moor left. Ada Moore stayed."
    found = agreed(known, text, [("Ada Moor", "PERSON")])
    assert [entity.start for entity in found] == [0, 19]


@pytest.mark.parametrize(
    "text",
    [
        "The Northern Trade Board (NTB) met. The NTB left.",
        "The NTB (Northern Trade Board) met. The NTB left.",
        "The NTB, the Northern Trade Board, met. The NTB left.",
        "The NTB, or Northern Trade Board, met. The NTB left.",
        "The Northern Trade Board met. The NTB left.",
    ],
)
def test_an_acronym_is_joined_both_ways(known: Gazetteer, text: str) -> None:
    """Long form first or acronym first, in brackets, after a comma, or far apart."""
    order: list[tuple[str, Label]] = [("Northern Trade Board", "ORG"), ("NTB", "ORG")]
    found = agreed(known, text, sorted(order, key=lambda one: text.index(one[0])))
    assert {entity.name for entity in found} == {"Northern Trade Board"}


def test_a_company_goes_by_its_full_name(known: Gazetteer) -> None:
    """With its legal form or without, it is one."""
    text = "Velora Steel Co., Ltd. grew. Velora Steel paid."
    found = agreed(known, text, [("Velora Steel Co., Ltd", "ORG"), ("Velora Steel", "ORG")])
    assert {entity.name for entity in found} == {"Velora Steel Co., Ltd"}


def test_a_missed_surname_is_found(known: Gazetteer) -> None:
    """The surname of somebody named in full is found, unless it is part of another name."""
    text = "Ada Quorn won. Then Quorn left Quorn Street, and Mrs Quorn sang."
    found = agreed(known, text, [("Ada Quorn", "PERSON")])
    assert [entity.start for entity in found] == [0, 20, 53]
    assert {entity.name for entity in found} == {"Ada Quorn"}


def test_a_surname_that_is_a_word_is_not_looked_for(known: Gazetteer) -> None:
    """Where the text writes it small too, it may be the word."""
    found = agreed(known, "Ann Price won. Price rose as the price fell.", [("Ann Price", "PERSON")])
    assert [entity.start for entity in found] == [0]
