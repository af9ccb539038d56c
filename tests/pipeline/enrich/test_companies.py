"""companies: a legal form makes no other company."""

from __future__ import annotations

import pytest

from pipeline.enrich.companies import company_names, without_form
from schemas import Entity
from schemas.enriched import Label


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Velora Steel Inc.", "Velora Steel"),
        ("Velora Steel plc", "Velora Steel"),
        ("Velora Steel (Holdings)", "Velora Steel (Holdings)"),
        ("Velora Company Store", "Velora Company Store"),
        ("Inc", "Inc"),
    ],
)
def test_the_legal_form_stands_last(name: str, short: str) -> None:
    """It is no part of the name there, and one elsewhere."""
    assert without_form(name) == short


def test_only_bodies_are_companies() -> None:
    """A person called like a company is left."""
    labels: list[Label] = ["ORG", "ORG", "PERSON"]
    names = ["Moor", "Moor Ltd", "Moor"]
    mentions = [
        Entity(text=name, label=label, start=0, end=1, name=name)
        for name, label in zip(names, labels, strict=True)
    ]
    assert [one.name for one in company_names(mentions)] == ["Moor Ltd", "Moor Ltd", "Moor"]
