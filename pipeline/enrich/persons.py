"""One name for one person within an article: surname, first name and initials join the full name.

Whom a surname means is told last before it: after "Tom Moor stayed" it is his.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from schemas import Entity


def full_names(entities: Iterable[Entity]) -> Iterator[Entity]:
    """Yield the mentions, each person under the fullest name that the article gives.

    A surname goes by the full name given last before it, else by the first one after it; a first
    name by the only full name that begins with it.
    """
    mentions = list(entities)
    people = dict.fromkeys(entity.name for entity in mentions if entity.label == "PERSON")
    fullest = longest_of(people)
    latest = first_names(fullest) | surnames(fullest)
    for entity in mentions:
        if entity.label != "PERSON":
            yield entity
            continue
        name = latest.get(entity.name) or fullest[entity.name]
        latest |= dict.fromkeys(endings(name), name)
        yield entity if name == entity.name else entity.model_copy(update={"name": name})


def longest_of(names: Iterable[str]) -> dict[str, str]:
    """Return each name with the one longer that says the same person, itself where there is none.

    >>> longest_of(["Joe Moor", "Joe R. Moor", "Ann Moor"])
    {'Joe Moor': 'Joe R. Moor', 'Joe R. Moor': 'Joe R. Moor', 'Ann Moor': 'Ann Moor'}
    """
    words = {name: name.split() for name in names}
    ends: dict[tuple[str, str], list[str]] = {}
    for name, parts in words.items():
        if len(parts) > 1:
            ends.setdefault((parts[0], parts[-1]), []).append(name)
    same = {name: group for group in ends.values() for name in group}
    return {
        name: max((one for one in same.get(name, [name]) if set(parts) <= set(words[one])), key=len)
        for name, parts in words.items()
    }


def surnames(fullest: Mapping[str, str]) -> dict[str, str]:
    """Return what people are called for short, with the first full name that ends so."""
    found: dict[str, str] = {}
    for name in sorted(dict.fromkeys(fullest.values()), key=lambda name: -name.count(" ")):
        for ending in endings(name):
            found.setdefault(ending, name)
    return found


def first_names(fullest: Mapping[str, str]) -> dict[str, str]:
    """Return the first names that one full name alone begins with."""
    full = [name for name in dict.fromkeys(fullest.values()) if " " in name]
    firsts = Counter(name.split()[0] for name in full)
    return {first: name for name in full if firsts[first := name.split()[0]] == 1}


def endings(name: str) -> list[str]:
    """Return what a person called *name* is called for short.

    >>> endings("Ursula van der Meer")
    ['van der Meer', 'der Meer', 'Meer']
    """
    words = name.split()
    return [" ".join(words[first:]) for first in range(1, len(words))]
