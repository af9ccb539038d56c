"""What the acronyms of an article stand for: the long form that it gives them.

    the Northern Trade Board (NTB)      NTB, the Northern Trade Board,
    NTB (Northern Trade Board)          the Northern Trade Board ... the NTB

The last is taken only where the first letters fit one long form, and all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.enrich.entities import NAMES, fields
from schemas import EnrichedArticle, Entity
from schemas.enriched import Label

SHORT = r"[A-Z][A-Za-z&-]{1,9}"
IN_BRACKETS = re.compile(rf"\s?\((?:the |or |known as )?\W?({SHORT})\W?[),;]")
LINKS = r"(?:of|for|the|and|in|on|to|&|de|des|du|la|el|von|und)"
LONG = rf"[A-Z][\w\u2019'-]*(?:\s(?:{LINKS}\s){{0,3}}[A-Z][\w\u2019'-]*){{1,9}}"
LONG_AFTER = re.compile(rf"(?:\s\(|,\s)(?:the |or the |or )?({LONG})(?=[),.;])")
ACRONYM = re.compile(r"[A-Z][A-Z&]{1,8}")
CAPITAL = re.compile(r"\b[A-Z]")
SHORTEST = 3
"""Letters of an acronym that means one thing wherever it stands; US, UP, AI do not."""


@dataclass(frozen=True, slots=True)
class LongForm:
    """What an acronym stands for."""

    name: str
    label: Label


def long_forms(article: EnrichedArticle) -> dict[str, LongForm]:
    """Return each acronym of an article with its long form; what is told beats what fits."""
    return {**dict(fitting(article)), **dict(told(article))}


def told(article: EnrichedArticle) -> Iterator[tuple[str, LongForm]]:
    """Yield each acronym that stands beside its long form, before or after it."""
    texts = dict(fields(article))
    for entity in article.entities:
        if entity.label not in NAMES:
            continue
        text = texts[entity.field]
        short = IN_BRACKETS.match(text, entity.end)
        if short and is_short_for(short[1], entity.name):
            yield short[1], LongForm(entity.name, entity.label)
        long = LONG_AFTER.match(text, entity.end) if ACRONYM.fullmatch(entity.name) else None
        if long and is_short_for(entity.name, long[1]):
            yield entity.name, LongForm(long[1], entity.label)


def fitting(article: EnrichedArticle) -> Iterator[tuple[str, LongForm]]:
    """Yield each acronym whose letters are the first letters of one long form, and of all of it."""
    by_letters: dict[str, dict[str, Entity]] = {}
    names = {entity.name: entity for entity in article.entities if entity.label in NAMES}
    for name, entity in names.items():
        if " " in name and entity.label != "PERSON":
            by_letters.setdefault("".join(CAPITAL.findall(name)), {})[name] = entity
    for name, entity in names.items():
        fit = by_letters.get(name, {}) if ACRONYM.fullmatch(name) else {}
        if len(fit) == 1:
            (long,) = fit.values()
            if len(name) >= SHORTEST or long.label == entity.label == "ORG":
                yield name, LongForm(long.name, long.label)


def is_short_for(short: str, long: str) -> bool:
    """Tell whether the letters of *short* begin words of *long*, in order, the first one too.

    >>> is_short_for("OSCE", "Organization for Security and Co-operation in Europe")
    True
    >>> is_short_for("USA", "Union of Sailors")
    False
    """
    initials = iter(re.findall(r"\b\w", long.upper()))
    return (
        " " in long
        and long[0].upper() == short[0]
        and all(letter in initials for letter in short.upper() if letter.isalpha())
    )


def spelled_out(entity: Entity, known: Mapping[str, LongForm]) -> Entity:
    """Return a mention of an acronym under its long form."""
    long = known.get(entity.name)
    if long is None or entity.label not in NAMES:
        return entity
    return entity.model_copy(update={"name": long.name, "label": long.label})
