"""gazetteer: a name leads to the place that news means by it."""

from __future__ import annotations

import pytest

from pipeline.assets import asset
from pipeline.enrich.gazetteer import Gazetteer, choose, rows


@pytest.mark.parametrize(
    ("name", "country", "place"),
    [
        ("Kiev", "UKR", "Kyiv"),
        ("sao paulo", "BRA", "S\u00e3o Paulo"),
        ("the U.S.", "USA", "United States"),
        ("Washington", "USA", "Washington"),
        ("London", "GBR", "London"),
        ("The Hague", "NLD", "The Hague"),
        ("Crimea", "UKR", "Crimea"),
        ("Holland", "NLD", "Netherlands"),
        ("Mexico", "MEX", "Mexico"),
    ],
)
def test_a_name_leads_to_its_place(known: Gazetteer, name: str, country: str, place: str) -> None:
    """Another name, case, accents and dots do not matter; the largest of a name is meant."""
    found = choose(known.candidates(name), set())
    assert found is not None
    assert (found.country, found.name) == (country, place)


@pytest.mark.parametrize(
    ("name", "named", "country"),
    [
        ("Birmingham", "USA", "USA"),
        ("Birmingham", "FRA", "GBR"),
        ("Georgia", "USA", "USA"),
        ("Georgia", "GEO", "GEO"),
        ("London", "CAN", "GBR"),
    ],
)
def test_a_country_that_is_named_decides(
    known: Gazetteer, name: str, named: str, country: str
) -> None:
    """Of two places of like size the one in a country that the article names is meant."""
    found = choose(known.candidates(name), {named})
    assert found is not None
    assert found.country == country


def test_nobody_knows_everything(known: Gazetteer) -> None:
    """A name that is in no table leads nowhere."""
    assert choose(known.candidates("Utter Nowhere"), set()) is None
    assert known.people("Nowherians") is None


def test_no_name_has_two_countries() -> None:
    """A country's name and a people's name stand once in the table, so the answer is one."""
    table = rows((asset("seeds/gazetteer") / "countries.tsv").read_text("utf-8").splitlines())
    names = [
        name
        for row in table
        for cell in (row["name"], row["aliases"], row["demonyms"])
        for name in cell.split(";")
        if name
    ]
    assert sorted(names) == sorted(set(names))


def test_every_capital_leads_to_its_country(known: Gazetteer) -> None:
    """Each capital of the table of countries is in that of the cities, with coordinates."""
    table = rows((asset("seeds/gazetteer") / "countries.tsv").read_text("utf-8").splitlines())
    wanted = {(row["capital"], row["alpha3"]) for row in table if row["capital"]}
    found = {
        (capital, place.country) for capital, _ in wanted for place in known.candidates(capital)
    }
    assert wanted - found == set()
