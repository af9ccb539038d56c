"""Whether a sentence speaks of what was or of what is to come, by the words around a date.

A weekday alone may lie on either side of today.  The nearest word that tells decides: first those
before it, then those after.  No parse is needed, so both settings agree.
"""

from __future__ import annotations

import re
from itertools import pairwise

WORD = re.compile(r"['\u2019]?[A-Za-z]+")
AHEAD = frozenset({
    "will", "'ll", "shall", "would", "begins", "starts", "opens", "starting", "beginning",
    "effective", "payable", "scheduled", "due", "expected", "set", "slated", "planned", "plans",
    "planning", "upcoming", "hopes", "intends", "deadline", "expires", "takes", "faces",
    "meets", "prepares", "ahead", "next", "coming", "be",
})  # fmt: skip
BEHIND = frozenset({
    "said", "told", "was", "were", "had", "did", "has", "have", "'ve", "wrote", "came", "went",
    "took", "made", "gave", "got", "saw", "fell", "rose", "won", "lost", "met", "held", "began",
    "left", "sent", "shot", "hit", "cut", "found", "brought", "kept", "led", "ran", "stood",
    "fought", "spoke", "threw", "broke", "struck", "flew", "grew", "drew", "ago",
})  # fmt: skip
NO_VERB = re.compile(r"(?:eed|hundred|red|bed)$")
"""Endings of words that only look like the past of a verb."""


def looks_ahead(before: str, after: str) -> bool | None:
    """Tell whether the words around an expression speak of what is to come; None: they do not say.

    >>> looks_ahead("The council will meet on ", "."), looks_ahead("It met on ", ".")
    (True, False)
    >>> looks_ahead("On ", ", the council is to meet"), looks_ahead("", "")
    (True, None)
    """
    earlier, later = ["", *WORD.findall(before)], ["", *WORD.findall(after)]
    pairs = [*reversed([*pairwise(earlier)]), *pairwise(later)]
    told = (told_by(previous.lower(), word.lower()) for previous, word in pairs)
    return next((one for one in told if one is not None), None)


def told_by(previous: str, word: str) -> bool | None:
    """Return what a *word* tells, by itself and with the one before it.

    >>> told_by("be", "signed"), told_by("was", "signed"), told_by("is", "to"), told_by("how", "to")
    (True, False, True, None)
    """
    if word.replace("\u2019", "'") in AHEAD or (word == "to" and previous in {"is", "are"}):
        return True
    if is_past(word):
        return previous == "be"
    return None


def is_past(word: str) -> bool:
    """Tell whether *word* is a verb of the past, as far as its letters say.

    >>> is_past("signed"), is_past("went"), is_past("need")
    (True, True, False)
    """
    return word in BEHIND or (word.endswith("ed") and len(word) > 3 and not NO_VERB.search(word))
