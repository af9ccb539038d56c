"""The places that newsmill knows: countries, their people's names, regions, cities.

The tables lie in ``seeds/gazetteer``; regions and countries are written by hand, cities come from
GeoNames.  A name is looked up without its case, accents and dots.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.enrich.phrases import Table, occurrences, table

LARGER = 10
"""A city this many times larger than its namesake is meant, whatever countries are named: an
article on Canada that says London means England's."""
SMALL = 50_000
"""Inhabitants of a town below which it is meant only where its country is told."""
GOES_ON = re.compile(r"\s[A-Z]")
"""African Union, Western Australia: no people, but part of a name."""
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
    states: Mapping[str, tuple[Known, ...]]
    """Countries and regions by `key` of each of their names."""
    cities: Mapping[str, str]
    """Lines of the table of cities by `key` of each name: read when asked, for they are many."""
    capitals: frozenset[tuple[str, str]]
    """Name and country of each capital; one is never `SMALL`."""
    peoples: Mapping[str, str]
    """Country by `key` of a demonym."""
    phrases: Table
    """The names of countries and peoples as written."""
    groups: Table = field(default_factory=dict)
    """Those of peoples of no one country: Asians, Kurds, Hindus."""

    def candidates(self, name: str) -> tuple[Known, ...]:
        """Return the places called *name*, heaviest first."""
        found = key(name)
        towns = (self.city(line) for line in self.cities.get(found, "").splitlines())
        return tuple(sorted([*self.states.get(found, ()), *towns], key=heaviest))

    def city(self, line: str) -> Known:
        """Return the city of a *line* of the table."""
        name, _, country, people, lat, lon = line.split("\t")
        least = SMALL if (name, country) in self.capitals else 0
        return Known(name, country, max(int(people), least), float(lat), float(lon))

    def people(self, name: str) -> str | None:
        """Return the country whose people are called *name*."""
        return self.peoples.get(key(name))

    def is_country(self, name: str) -> bool:
        """Tell whether *name* is a country's."""
        return any(place.weight > STATE for place in self.states.get(key(name), ()))

    def mentions(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of each country and people named in *text*, as written."""
        return occurrences(text, self.phrases)

    def groups_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of each people of no one country, unless its name goes on."""
        for start, end in occurrences(text, self.groups):
            if not GOES_ON.match(text, end):
                yield start, end


def key(name: str) -> str:
    """Return *name* as it is looked up: no case, accents, dots, or leading article.

    >>> key("The São-Paulo"), key("U.S.")
    ('sao-paulo', 'us')
    """
    plain = name.replace("\u2019", "'").replace(".", "")
    if not plain.isascii():
        letters = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(plain.casefold().split()).removeprefix("the ")


def choose(
    found: Iterable[Known],
    named: Container[str],
    home: str | None = None,
    told: Container[str] = (),
) -> Known | None:
    """Return which of *found*, heaviest first, an article means; None: none of them for sure.

    Args:
        found: the places of one name.
        named: the countries that the article names.
        home: the country of the newspaper, which knows its own towns by name.
        told: the countries that stand behind the name: Paris, Texas.

    >>> spain, peru = Known("Trujillo", "ESP", 9000, 0, 0), Known("Trujillo", "PER", 80_000, 0, 0)
    >>> choose((peru, spain), {"ESP"}).country, choose((peru, spain), set()).country
    ('ESP', 'PER')
    >>> choose((spain,), {"PER"}), choose((spain,), set(), home="ESP").country
    (None, 'ESP')

    """
    places = tuple(found)
    rivals = [place for place in places if place.weight * LARGER >= places[0].weight]
    towns = [place for place in rivals if place.weight < STATE]
    sure = (place for place in rivals if place.weight >= SMALL)
    likely = (
        *(place for place in places if place.country in told),
        *(place for place in rivals if place.country in named),
        *(place for place in towns if place.country == home),
        *sure,
    )
    return likely[0] if likely else None


def load(folder: Path) -> Gazetteer:
    """Read the tables of *folder*."""
    version, _heading, *cities = (folder / "cities.tsv").read_text(encoding="utf-8").splitlines()
    countries = rows((folder / "countries.tsv").read_text(encoding="utf-8").splitlines())
    regions = rows((folder / "regions.tsv").read_text(encoding="utf-8").splitlines())
    return Gazetteer(
        version=version.removeprefix("# gazetteer "),
        states=by_name([*map(country, countries), *map(region, regions)]),
        cities=lines_by_name(cities),
        capitals=frozenset((row["capital"], row["alpha3"]) for row in countries),
        peoples={key(people): row["alpha3"] for row in countries for people in demonyms(row)},
        phrases=table(name for row in countries for name in country_names(row) + demonyms(row)),
        groups=table((folder / "peoples.tsv").read_text(encoding="utf-8").splitlines()[1:]),
    )


def rows(lines: Iterable[str]) -> list[dict[str, str]]:
    r"""Read a table with a heading; its cells hold neither tabs nor quotes.

    >>> rows(["name\tcountry", "Velora\tRUR"])
    [{'name': 'Velora', 'country': 'RUR'}]
    """
    heading, *cells = (line.split("\t") for line in lines)
    return [dict(zip(heading, row, strict=True)) for row in cells]


def country(row: dict[str, str]) -> tuple[Known, list[str]]:
    """Return a country and its names."""
    return Known(row["name"], row["alpha3"], STATE + 1), country_names(row)


def region(row: dict[str, str]) -> tuple[Known, list[str]]:
    """Return a region and its name."""
    return Known(row["name"], row["country"], STATE), [row["name"]]


def lines_by_name(cities: Iterable[str]) -> dict[str, str]:
    """Return the lines of the table of cities by the key of each name, those of one name joined.

    They stay text, for 30,000 small objects would take most of the time of loading.
    """
    found: dict[str, str] = {}
    for line in cities:
        name, others, _ = line.split("\t", 2)
        for one in {key(name) for name in (name, *words(others))}:
            found[one] = f"{found[one]}\n{line}" if one in found else line
    return found


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
