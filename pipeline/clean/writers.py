"""Who wrote a story: names of people, and nothing that merely stands where names stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from pipeline.clean.headline import folded
from pipeline.clean.markup import Told
from pipeline.clean.wire import agency_named
from schemas.clean import Origin

MAX_NAME = 60
MAX_NAMES = 50
JOINED = re.compile(
    r"\s*[,;|/•·]\s*|\s+(?:and|und|et|y|e|og|och|en|with|mit|avec|con)\s+|\s*&\s*", re.IGNORECASE
)
BY = re.compile(
    r"^\W*(?:(?:written|story|text|words|reported|opinion|posted|analysis|review|interview)\s+)?"
    r"(?:(?:(?:by|von|par|por|door|af|av|di|de)\b\s*:?|\w+:)\s+)?",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"\s+(?:in|for|at|from|für|pour|para|per)\s+(?:the\s+)?[A-ZÀ-Þ].*$|\s*[(\[].*$|\s+[–—-]\s.*$"
)
NO_NAME = re.compile(r"https?:|www\.|[@<>{}=_]|\d|\.(?:com|org|net)\b", re.IGNORECASE)
ROLES = frozenset(
    "admin administrator agencies agency anonymous associated author authors autor autores "  # noqa: SIM905  (words read better than quoted ones)
    "bureau chief columnist columnists contributor contributors correspondent correspondents desk "
    "editor editorial editors equipe guest journalist magazine media newsdesk news newspaper "
    "newsroom newswire nachrichtenagentur online photographer photographers press producer "
    "published publisher radio redacción redaccion redação redazione redactie rédaction "
    "redaktion redaktør redakteur redaktionen report reporter reporters reuters service "
    "services sponsored staff team times tv unknown uncategorized video webmaster webredaktion "
    "the website wire wires writer writers".split()
)
"""Words that are in no name of a person."""


def writers(
    told: Iterable[Told], sites: Collection[str] = ()
) -> tuple[Origin | None, tuple[str, ...]]:
    """Return the names from the first origin that tells any, and that origin.

    Args:
        told: what is told of the writers, the most trusted first.
        sites: folded names of the site, which is no writer.

    >>> writers([("meta", "By Ana Lind and Tom Ray, Foreign Editor"), ("text", "Jo Bell")])
    ('meta', ('Ana Lind', 'Tom Ray'))
    >>> writers([("meta", "Staff"), ("text", "By Jo Bell in Oslo")])
    ('text', ('Jo Bell',))
    """
    found: dict[Origin, list[str]] = {}
    for origin, words in told:
        found.setdefault(origin, []).extend(names_in(words, sites))
    for origin, names in found.items():
        if names:
            unique = {folded(name): name for name in reversed(names)}
            return origin, tuple(reversed(unique.values()))[:MAX_NAMES]
    return None, ()


def names_in(words: str, sites: Collection[str]) -> list[str]:
    """Return the names of people in *words*.

    One word beside whole names is a place or a degree.

    >>> names_in("Lind, Ana", ()), names_in("Alejandro Anderson & Jo-Ann de la Cruz, Oslo", ())
    (['Ana Lind'], ['Alejandro Anderson', 'Jo-Ann de la Cruz'])
    """
    parts = [AFTER.sub("", BY.sub("", part)).strip(" .:’'\"") for part in JOINED.split(words[:500])]
    if len(parts) == 2 and "," in words and not any(" " in part for part in parts):
        parts = [f"{parts[1]} {parts[0]}"]
    names = [part.title() if part.islower() else part for part in parts if is_name(part, sites)]
    return [name for name in names if " " in name] or names


def is_name(part: str, sites: Collection[str]) -> bool:
    """Say whether *part* is the name of a person.

    >>> [is_name(one, {"harbour post"}) for one in ("Ana Lind", "Harbour Post", "News desk", "ana")]
    [True, False, False, False]
    """
    words = part.split()
    if not 1 < len(part) <= MAX_NAME or not 1 <= len(words) <= 6 or NO_NAME.search(part):
        return False
    if (len(words) == 1 and (part.islower() or part.isupper())) or not part[0].isalpha():
        return False
    told = folded(part)
    return not (ROLES.intersection(told.split()) or told in sites or agency_named(part))
