"""Phrases: what newspapers print around their stories, in the words of each language.

The lists are in `pipeline.clean.rules.words`, one module a language.  A phrase is written as it is
printed; case, hyphens, apostrophes and marks do not count, and any number stands for any other:

    read more           the whole line is these words
    12 comments         ... with any number
    read more: …        the line begins so, with a colon, dash, bar or arrow after it
    subscribe to …      the line begins so
    sign up … inbox …   it begins with the one, and the other follows somewhere
    … reserved          it ends so
    my account|log in   two phrases; also between gaps
    join/follow us on … one word or the other; sign_up is two words that count as one
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import product

from pipeline.clean.rules.words import LANGUAGES

SEPARATORS = ":|»›>→▶•·–—"
SIGNS = str.maketrans(
    dict.fromkeys("'’ʼ`.,-‑$£€\u00ad", None)
    | dict.fromkeys(SEPARATORS, " : ")
    | dict.fromkeys('"“”„«()[]{}!?…;/&+*=~_#@', " ")
)
GAP = "…"
MAX_WORDS = 45
"""A longer line is not looked up."""
SINGLE = frozenset({"moment", "clock", "role", "by", "pass"})
"""The lists of single words, which are no phrases."""
COUNTED = frozenset({"comments", "share"})
"""What may have a number behind it: "Comments (12)"."""
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Phrase:
    """The parts of a phrase with a gap in it, and whether it begins and ends with one."""

    parts: tuple[str, ...]
    begins: bool
    ends: bool
    kind: str

    def fits(self, key: str) -> bool:
        """Say whether the phrase is in *key*, a line with a space at both ends.

        >>> Phrase((" sign up ", " inbox "), True, False, "newsletter").fits(" sign up inbox now ")
        True
        """
        at = 0
        for part in self.parts:
            at = key.find(part, at)
            if at < 0 or (at and self.begins and part is self.parts[0]):
                return False
            at += len(part) - 1
        return not self.ends or key.endswith(self.parts[-1])


@dataclass(slots=True)
class Table:
    """All phrases: those that are a whole line, and the others by a word that must be there.

    Attributes:
        whole: the kinds of each phrase without a gap.
        openings: phrases by the word they begin with.
        inner: phrases that begin with a gap, by their longest word.

    """

    whole: dict[str, set[str]] = field(default_factory=dict)
    openings: dict[str, list[Phrase]] = field(default_factory=dict)
    inner: dict[str, list[Phrase]] = field(default_factory=dict)

    def add(self, written: str, kind: str) -> None:
        """Add a phrase in the notation of the word lists."""
        for one in spelled_out(written):
            parts = [key_of(part) for part in one.split(GAP)]
            if len(parts) == 1:
                self.whole.setdefault(bare(parts[0]), set()).add(kind)
                continue
            inside = tuple(f" {part} " for part in parts if part)
            phrase = Phrase(inside, bool(parts[0]), bool(parts[-1]), kind)
            words = " ".join(inside).split()
            index, word = (
                (self.openings, words[0]) if phrase.begins else (self.inner, max(words, key=len))
            )
            index.setdefault(word, []).append(phrase)


def kinds_said(key: str) -> frozenset[str]:
    """Return the kinds of noise whose phrases a line is made of, of which `key_of` gave *key*.

    >>> sorted(kinds_said(key_of("Read more »"))), sorted(kinds_said(key_of("Mehr dazu: Hafen")))
    (['read-more'], ['read-more'])
    >>> sorted(kinds_said(key_of("Read more of the letter, the judge told him.")))
    []
    """
    words = key.split(" ")
    if len(words) > MAX_WORDS:
        return NONE
    found = table()
    tried = [*found.openings.get(words[0], ())]
    for word in found.inner.keys() & words:
        tried += found.inner[word]
    padded, whole = f" {key} ", bare(key)
    kinds = {phrase.kind for phrase in tried if phrase.fits(padded)}
    counted = found.whole.get(whole.removesuffix(" #"), NONE) & COUNTED
    return frozenset(kinds | found.whole.get(whole, NONE) | counted)


@cache
def table() -> Table:
    """Return the phrases of all languages, read once."""
    every = Table()
    for kind, written in phrases():
        every.add(written, kind)
    return every


def phrases() -> Iterator[tuple[str, str]]:
    """Yield the kind and the words of each phrase of each language."""
    for language in LANGUAGES.values():
        for kind, listed in language.items():
            if kind not in SINGLE:
                yield from ((kind, line.strip()) for line in listed.splitlines() if line.strip())


@cache
def words_for(kind: str) -> frozenset[str]:
    """Return the single words of a list that is no list of phrases, such as ``moment``.

    >>> "märz" in words_for("moment")
    True
    """
    listed: Iterator[Mapping[str, str]] = iter(LANGUAGES.values())
    return frozenset(word for language in listed for word in language.get(kind, "").split())


def spelled_out(written: str) -> Iterator[str]:
    """Yield *written* once for each choice that its bars and slashes leave.

    >>> list(spelled_out("join us|sign_up/write to/for … now"))
    ['join us … now', 'sign up to … now', 'sign up for … now', 'write to … now', 'write for … now']
    """
    parts = [
        [one for phrase in part.split("|") for one in choices(phrase)]
        for part in written.split(GAP)
    ]
    for one in product(*parts):
        yield f" {GAP} ".join(one).strip()


def choices(phrase: str) -> list[str]:
    """Return *phrase* once for each choice of its words."""
    words = [word.split("/") for word in phrase.split()]
    return [" ".join(one).replace("_", " ") for one in product(*words)]


def key_of(text: str) -> str:
    """Return the words of *text* as phrases are compared: ``:`` for what separates, ``#`` numbers.

    >>> key_of("Sign-up for our E-Mails — 12,000 readers can’t be wrong")
    'signup for our emails : # readers cant be wrong'
    """
    words = text.casefold().replace(" - ", " : ").translate(SIGNS).split()
    return " ".join(
        "#" if word[0].isdigit() else word for word in words if word[0].isalnum() or word == ":"
    )


def bare(key: str) -> str:
    """Return *key* without separators at its ends."""
    return key.strip(" :")
