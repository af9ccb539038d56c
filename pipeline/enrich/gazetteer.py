"""The places that newsmill knows: countries, their people's names, regions, cities.

The tables lie in ``seeds/gazetteer``; regions and countries are written by hand, cities come from
GeoNames.  A name is looked up without its case, accents and dots.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.enrich.phrases import Table, occurrences, table

LARGER = 10
"""A city this many times larger than its namesake is meant, whatever countries are named: an
article on Canada that says London means England's."""
STATE = 10**10
"""Weight of a country or region: above any city of its name."""


@dataclass(frozen=True, slots=True)
class Known:
    """A place of the tables."""

    name: str
    country: str
    """ISO 3166-1 alpha-3; XKX for Kosovo, which has no code."""
    weight: int
    """Its inhabitants; more than any city has for a country or region."""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The tables, ready to be asked."""

    version: str
    places: Mapping[str, tuple[Known, ...]]
    """Places by `key` of each of their names, heaviest first."""
    peoples: Mapping[str, str]
    """Country by `key` of a demonym."""
    phrases: Table
    """The names of countries and peoples as written."""

    def candidates(self, name: str) -> tuple[Known, ...]:
        """Return the places called *name*, heaviest first."""
        return self.places.get(key(name), ())

    def people(self, name: str) -> str | None:
        """Return the country whose people are called *name*."""
        return self.peoples.get(key(name))

    def is_country(self, name: str) -> bool:
        """Tell whether *name* is a country's."""
        found = self.candidates(name)
        return bool(found) and found[0].weight > STATE

    def mentions(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of each country and people named in *text*, as written."""
        return occurrences(text, self.phrases)


def key(name: str) -> str:
    """Return *name* as it is looked up: no case, accents, dots, or leading article.

    >>> key("The São-Paulo"), key("U.S.")
    ('sao-paulo', 'us')
    """
    plain = unicodedata.normalize("NFKD", name.replace("\u2019", "'").replace(".", ""))
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(kept.casefold().split()).removeprefix("the ")


def choose(found: Iterable[Known], named: set[str]) -> Known | None:
    """Return which of *found*, heaviest first, an article means that names the countries *named*.

    The heaviest, unless its country is not named and that of another of like size is.

    >>> spain, peru = Known("Trujillo", "ESP", 9000, 0, 0), Known("Trujillo", "PER", 80_000, 0, 0)
    >>> choose((peru, spain), {"ESP"}).country, choose((peru, spain), set()).country
    ('ESP', 'PER')
    """
    places = tuple(found)
    if not places:
        return None
    rivals = (place for place in places if place.weight * LARGER >= places[0].weight)
    return next((place for place in rivals if place.country in named), places[0])


def load(folder: Path) -> Gazetteer:
    """Read the tables of *folder*."""
    version, *cities = (folder / "cities.tsv").read_text(encoding="utf-8").splitlines()
    countries = rows((folder / "countries.tsv").read_text(encoding="utf-8").splitlines())
    regions = rows((folder / "regions.tsv").read_text(encoding="utf-8").splitlines())
    known = [*map(country, countries), *map(region, regions), *map(city, rows(cities))]
    return Gazetteer(
        version=version.removeprefix("# gazetteer "),
        places=by_name(known),
        peoples={key(people): row["alpha3"] for row in countries for people in demonyms(row)},
        phrases=table(name for row in countries for name in country_names(row) + demonyms(row)),
    )


def rows(lines: Iterable[str]) -> list[dict[str, str]]:
    """Read a table with a heading."""
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def country(row: dict[str, str]) -> tuple[Known, list[str]]:
    """Return a country and its names."""
    return Known(row["name"], row["alpha3"], STATE + 1), country_names(row)


def region(row: dict[str, str]) -> tuple[Known, list[str]]:
    """Return a region and its name."""
    return Known(row["name"], row["country"], STATE), [row["name"]]


def city(row: dict[str, str]) -> tuple[Known, list[str]]:
    """Return a city and its names."""
    lat, lon = float(row["lat"]), float(row["lon"])
    known = Known(row["name"], row["country"], int(row["population"]), lat, lon)
    return known, [row["name"], *words(row["other_names"])]


def words(cell: str) -> list[str]:
    """Return the words of a cell.

    >>> words("Dane;Danes"), words("")
    (['Dane', 'Danes'], [])
    """
    return cell.split(";") if cell else []


def country_names(row: dict[str, str]) -> list[str]:
    """Return what a country is called."""
    return [row["name"], *words(row["aliases"])]


def demonyms(row: dict[str, str]) -> list[str]:
    """Return what its people are called."""
    return words(row["demonyms"])


def by_name(known: Iterable[tuple[Known, list[str]]]) -> dict[str, tuple[Known, ...]]:
    """Return the places by the key of each name, heaviest first."""
    found: dict[str, list[Known]] = {}
    for place, names in known:
        for name in {key(name) for name in names}:
            found.setdefault(name, []).append(place)
    return {name: tuple(sorted(places, key=heaviest)) for name, places in found.items()}


def heaviest(place: Known) -> tuple[int, str]:
    """Sort by weight, then by country, so that the order of the tables does not matter."""
    return -place.weight, place.country
