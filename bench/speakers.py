"""Whether two phrases mean the same speaker, leniently: `the Norwegian minister`, `ministers`."""

from __future__ import annotations

import re

WORD = re.compile(r"[a-z0-9][a-z0-9'\u2019.-]*")
POSSESSIVE = re.compile(r"['\u2019]s$")
ABBREVIATED = (("u.s.", "us"), ("u.n.", "un"))
EDGE = ".-'\u2019"
LINKS = frozenset({
    # prepositions and relatives
    "about", "after", "against", "as", "at", "before", "by", "during", "for", "from", "in",
    "including", "near", "of", "on", "over", "to", "under", "which", "who", "whose", "that",
    "with",
})  # fmt: skip
"""Words that begin what only tells more of a head: the minister *of* fisheries."""
EMPTY = frozenset({
    # determiners
    "a", "an", "the", "this", "that", "these", "those", "his", "her", "its", "their",
    # links
    "all", "as", "at", "by", "for", "from", "in", "of", "on", "or", "and", "to", "with",
    # auxiliaries
    "is", "are", "was", "were", "be", "been", "has", "have", "had",
    # counts
    "most", "more", "many", "other", "several", "some", "two", "three", "four", "five",
    # what stands before a head
    "former", "new", "mr", "mrs", "ms", "dr", "sir",
})  # fmt: skip
STEM = 4
"""Letters that two forms of a word share at least: minister, ministers."""
ENDING = 2
"""Letters by which the shorter form may differ at most."""


def same_speaker(one: str, other: str) -> bool:
    """Say whether the heads are the same, or all that the shorter phrase says is in the longer.

    >>> same_speaker("Mr. Moor", "Ada Moor, the mayor"), same_speaker("the mayor", "Ada Moor")
    (True, False)
    """
    heads = head(one), head(other)
    if all(heads) and same_word(*heads):
        return True
    short, long = sorted((content(one), content(other)), key=len)
    return bool(short) and all(any(same_word(word, there) for there in long) for word in short)


def words(phrase: str) -> list[str]:
    """Return the words of a phrase without case and possessives."""
    low = phrase.lower()
    for dotted, plain in ABBREVIATED:
        low = low.replace(dotted, plain)
    return [POSSESSIVE.sub("", word) for word in WORD.findall(low)]


def content(phrase: str) -> list[str]:
    """Return the words that say something."""
    return [word for word in words(phrase) if word not in EMPTY]


def head(phrase: str) -> str:
    """Return the word that a phrase is about.

    >>> head("the former minister of fisheries, a liberal")
    'minister'
    """
    found = words(re.split(r"[,;(]", phrase)[0]) or words(phrase)
    link = next((n for n, word in enumerate(found) if n and word in LINKS), len(found))
    found = found[:link]
    return ([word for word in found if word not in EMPTY] or found or [""])[-1]


def same_word(one: str, other: str) -> bool:
    """Say whether two words are forms of one.

    >>> same_word("ministers", "minister"), same_word("mayor", "major")
    (True, False)
    """
    one, other = one.strip(EDGE), other.strip(EDGE)
    same = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return one == other or (same >= STEM and same >= min(len(one), len(other)) - ENDING)
