"""acronyms: letters are the first ones of the long form, and of one long form only."""

from __future__ import annotations

import pytest

from pipeline.enrich.acronyms import is_short_for, long_forms
from schemas import EnrichedArticle, Entity
from schemas.enriched import Label


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("NTB", "Northern Trade Board", True),
        ("OSCE", "Organization for Security and Co-operation in Europe", True),
        ("BOARD", "Board", False),
        ("XYZ", "Northern Trade Board", False),
    ],
)
def test_an_acronym_is_made_of_first_letters(short: str, long: str, expected: bool) -> None:
    """Brackets after a name hold its acronym only if the letters say so."""
    assert is_short_for(short, long) is expected


def known_as(*names: tuple[str, Label]) -> dict[str, str]:
    """Return the acronyms of an article that names *names*, each in a sentence."""
    text, entities = "", []
    for name, label in names:
        start = len(text) + 4
        entities.append(
            Entity(text=name, label=label, start=start, end=start + len(name), name=name)
        )
        text += f"The {name} met. "
    article = EnrichedArticle(id="1", text=text, entities=tuple(entities))
    return {short: long.name for short, long in long_forms(article).items()}


def test_letters_that_fit_one_long_form_are_joined() -> None:
    """Only if they fit no other, and all of it."""
    assert known_as(("Northern Trade Board", "ORG"), ("NTB", "ORG")) == {
        "NTB": "Northern Trade Board"
    }
    two: list[tuple[str, Label]] = [("Northern Trade Board", "ORG"), ("New Tin Bank", "ORG")]
    assert known_as(*two, ("NTB", "ORG")) == {}
    assert known_as(("Northern Trade Board of Velora", "ORG"), ("NTB", "ORG")) == {}


def test_two_letters_mean_a_body_only() -> None:
    """Two letters are joined where both are bodies, and never to a person."""
    assert known_as(("Tin Bank", "ORG"), ("TB", "ORG")) == {"TB": "Tin Bank"}
    assert known_as(("Tin Bank", "FAC"), ("TB", "ORG")) == {}
    assert known_as(("Tom Brand Moor", "PERSON"), ("TBM", "ORG")) == {}
