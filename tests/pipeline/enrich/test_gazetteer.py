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


def test_a_small_town_wants_its_country(known: Gazetteer) -> None:
    """Below 50,000 people a town is meant where the article or the newspaper is of its country."""
    towns = known.candidates("Whitehorse")
    assert choose(towns, set()) is None
    assert [
        place.country if place else None
        for place in (choose(towns, {"CAN"}), choose(towns, set(), home="CAN"))
    ] == ["CAN", "CAN"]


def test_a_small_capital_is_known(known: Gazetteer) -> None:
    """A capital needs no country to be told, however few live there."""
    found = choose(known.candidates("Vaduz"), set())
    assert found is not None
    assert found.country == "LIE"


def test_what_stands_behind_decides(known: Gazetteer) -> None:
    """Paris, Texas is not in France, whatever its size."""
    found = choose(known.candidates("Paris"), {"FRA"}, told={"USA"})
    assert found is not None
    assert found.country == "USA"


def test_a_people_of_no_country_is_known(known: Gazetteer) -> None:
    """Unless its name goes on: then it is part of another."""
    text = "Asian shares fell, the Asian Harbour Bank said; Hindus prayed."
    found = [text[start:end] for start, end in known.groups_in(text)]
    assert found == ["Asian", "Hindus"]


def test_no_people_is_listed_twice(known: Gazetteer) -> None:
    """A people of one country is in the table of countries alone."""
    groups = (asset("seeds/gazetteer") / "peoples.tsv").read_text("utf-8").splitlines()[1:]
    assert sorted(groups) == sorted(set(groups))
    assert [name for name in groups if known.people(name)] == []


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
