"""Advert markers, notes on commission and buttons of shops: the words around what was sold."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

OFFER = re.compile(
    r"(?:from )?[$£€]\s?\d[\d.,]*(?: \(.{1,30}\))? (?:at|from|on|via) [A-Z]\S*(?: \S+){0,4}"
)


def is_advert(line: Line) -> bool:
    """Say whether the line marks a place for an advert, or leads to a shop.

    >>> is_advert(Line("ADVERTISEMENT")), is_advert(Line("Story continues below"))
    (True, True)
    >>> is_advert(Line("$210 at Harbour Outfitters")), is_advert(Line("Publicité"))
    (True, True)
    >>> is_advert(Line("Advertising revenue fell by a third, the report said."))
    False
    """
    if "advert" in line.said:
        return True
    return len(line.text) < 80 and bool(OFFER.fullmatch(line.text))
