"""The words at the wall: what a reader without a subscription is told."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

WALL = re.compile(
    r"^(?:(?:to )?(?:continue|keep) reading(?: this (?:article|story)| with| for)\b|"
    r"subscribe (?:now |today )?(?:to|for) (?:continue|read|unlock|keep|full|get full|unlimited)|"
    r"(?:already (?:a|have)) (?:subscriber|member|an account)\b|log ?in(?: / | or | \| | )?"
    r"(?:subscribe|register|sign ?up)?$|sign in(?: to (?:continue|read|your account).{0,60})?$|"
    r"this (?:article|story|content|page) is (?:(?:only |exclusively )?(?:for|available to|"
    r"reserved "
    r"for)|exclusive to|premium)|.{0,40}\breserved for (?:our )?subscribers|"
    r"(?:you have|you['’]ve) (?:reached|read|used)\b.{0,60}\b(?:free|limit|articles?)\b|"
    r"(?:create an account|register)(?: now| for free)? (?:or|to) (?:sign in|log in|continue|read)|"
    r"become a (?:subscriber|member|supporter)|start your (?:free )?trial|unlock (?:this|the full|"
    r"unlimited)\b.{0,60}$|subscribe$|support (?:our|independent|quality) journalism.{0,80}$|"
    r"(?:donate|subscribe)(?: now| today)?[.!]?$|double my donation|don['’]t have an "
    r"account.{0,40}$|"
    r"jetzt (?:weiterlesen|abonnieren|testen)|(?:sie haben )?bereits (?:ein )?(?:abonnent\w*|"
    r"abo\b)|"
    r"dieser (?:artikel|inhalt) ist (?:nur )?für abonnent|weiterlesen mit|lesen sie weiter mit|"
    r"(?:cet article|la suite) est réservée? |il vous reste \d+ ?%|déjà abonnée?|"
    r"(?:este (?:artículo|contenido) es )?(?:exclusivo )?para suscriptores|ya soy suscriptor)",
    re.IGNORECASE,
)
MAX_WORDS = 40


def is_paywall(line: Line) -> bool:
    """Say whether the line asks for a subscription to read on.

    >>> is_paywall(Line("To continue reading this article, subscribe today."))
    True
    >>> is_paywall(Line("Already a subscriber? Log in"))
    True
    >>> is_paywall(Line("This article is for those who asked what a ceasefire means in law, "
    ...     "and it was written by our own lawyers after the vote in the assembly on Monday, "
    ...     "when the majority of delegates had left the hall and gone home to their districts."))
    False
    """
    return line.words <= MAX_WORDS and bool(WALL.search(line.text))
