"""One name for one company within an article, whether or not its legal form stands behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from schemas import Entity

FORM = re.compile(
    r",?\s(?:Inc|Incorporated|Ltd|Limited|LLC|LLP|plc|PLC|Corp|Corporation|Co|Company|Holdings|Group"
    r"|AG|SE|GmbH|SA|S\.A|NV|N\.V|SpA|S\.p\.A|AB|ASA|AS|Oyj|BV|Pte|Pty|Bhd|Sdn|KK|Tbk)\.?$"
)


def company_names(entities: Iterable[Entity]) -> Iterator[Entity]:
    """Yield the mentions, a company under the fullest name that the article gives it."""
    mentions = list(entities)
    fullest: dict[str, str] = {}
    for entity in mentions:
        if entity.label == "ORG":
            short = without_form(entity.name)
            fullest[short] = max(fullest.get(short, short), entity.name, key=len)
    for entity in mentions:
        name = fullest[without_form(entity.name)] if entity.label == "ORG" else entity.name
        yield entity if name == entity.name else entity.model_copy(update={"name": name})


def without_form(name: str) -> str:
    """Return a company's *name* without its legal form.

    >>> without_form("Velora Steel Co., Ltd."), without_form("Harbour Group")
    ('Velora Steel', 'Harbour')
    """
    while found := FORM.search(name):
        name = name[: found.start()]
    return name
