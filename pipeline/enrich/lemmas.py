"""Lemmas by rules of endings: how many letters fall off a form, and which take their place.

A rule is said in a word: ``l1+y`` is "in lower case, one letter less, then y"; ``k0+`` keeps the
form.  A form whose lemma is another word altogether ("went") loses all its letters.
"""

from __future__ import annotations

from functools import lru_cache


def lemma(form: str, rule: str) -> str:
    """Return the lemma of *form*; the form itself where the *rule* takes more letters than it has.

    >>> lemma("Parties", "l3+y"), lemma("saw", "l2+ee"), lemma("a", "l3+y")
    ('party', 'see', 'a')
    """
    lowers, cut, ending = read(rule)
    if cut > len(form):
        return form
    word = form.lower() if lowers else form
    return word[: len(word) - cut] + ending


@lru_cache(1024)
def read(rule: str) -> tuple[bool, int, str]:
    """Return whether a *rule* lowers, how many letters it takes, and what it adds.

    >>> read("l3+y")
    (True, 3, 'y')
    """
    cut, _, ending = rule[1:].partition("+")
    return rule[0] == "l", int(cut), ending
