"""A line of an article with what stands around it: all that a rule may look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from pipeline.clean.rules.phrases import key_of, kinds_said
from schemas import Kind

SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»“)\]]*$")
WORD = re.compile(r"[^\W\d_][\w'’-]*")
REPORTED = re.compile(
    r",[”\"’']? (?:he|she|they|it|one|the [\w’' -]{3,40}|[A-ZÀ-Þ][\w’'-]+(?: "
    r"[A-ZÀ-Þ][\w’'-]+){0,2}|a [\w ]{3,30}) "
    r"(?:said|says|say|told|tells|asked|shouted|warned|wrote|joked|advised|added|laughed|announced|"
    r"argued|insisted|explained|replied|claimed|reported|recalled)\b"
)
POSTED = re.compile(r"^(?:[—–]|-{1,2}) ?.{2,60} \(@\w{2,30}\)")
CORRECTED = re.compile(
    r"^(?:corrections?|clarification|editor['’]s note|update|disclosure|korrektur|(?:anmerkung|"
    r"hinweis) der redaktion|rectificatif|erratum|note de la rédaction|fe de erratas|nota (?:de la "
    r"redacción|del editor|della redazione|da redação)|correzione|correção|rectificatie|correctie|"
    r"rettelse|rättelse|presisering)\b.{0,20}?:",
    re.IGNORECASE,
)
PROSE_WORDS = 9
MAX_SAID = 500
"""No longer line, in characters, is looked up in the word lists."""
QUOTES = frozenset("“\"„«‘'‚»")


@dataclass(frozen=True)
class Line:
    """A line that is not blank, stripped, and its neighbours that are not blank either."""

    text: str
    number: int = 0
    """Number of the line in the body, from 0, blank lines counted."""
    start: int = 0
    end: int = 0
    """Where the stripped words stand in the body's text, code points."""
    previous: str = ""
    next: str = ""
    blank_before: bool = False
    blank_after: bool = False
    place: int = 0
    """How many lines that are not blank stand before it."""
    left: int = 0
    """How many come after it."""
    prose_before: int = 0
    """How many paragraphs of the story stand before it."""
    prose_after: int = 0
    after: Kind | None = None
    """What the line before it was, if that was taken out."""
    story: frozenset[str] = frozenset()
    """The words of all paragraphs of the story, as `words_of` gives them."""

    @cached_property
    def words(self) -> int:
        """Return the number of words.

        >>> Line("The talks, in Oslo, are off.").words
        6
        """
        return len(WORD.findall(self.text))

    @cached_property
    def said(self) -> frozenset[str]:
        """Return the kinds of noise whose phrases it is made of; none for a quotation.

        >>> sorted(Line("Share on Facebook").said), sorted(Line("“Share on Facebook”").said)
        (['share'], [])
        """
        if len(self.text) > MAX_SAID or self.text[0] in QUOTES:
            return frozenset()
        return kinds_said(self.key)

    @cached_property
    def key(self) -> str:
        """Return its words as phrases are compared.

        >>> Line("Read more: 12 dead").key
        'read more : # dead'
        """
        return key_of(self.text)

    @cached_property
    def ends(self) -> bool:
        """Say whether it ends as a sentence does.

        >>> Line("“We will go on.”").ends, Line("Talks go on in Oslo").ends
        (True, False)
        """
        return bool(SENTENCE_END.search(self.text))

    @cached_property
    def reported(self) -> bool:
        """Say whether it tells what somebody said, who posted it, or what was corrected.

        Then it is the story's, whatever words are in it.

        >>> Line("Sign up to the newsletter of hate, he said, or leave.").reported
        True
        >>> Line("— Ana Lind (@analind) 5 March 2026").reported
        True
        >>> Line("Correction: an earlier version of this article named the wrong river.").reported
        True
        """
        if self.ends and REPORTED.search(self.text):
            return True
        return bool(POSTED.match(self.text) or CORRECTED.match(self.text))

    @cached_property
    def prose(self) -> bool:
        """Say whether it looks like a paragraph of a story: some words and the end of a sentence.

        >>> Line("Ministers met in Oslo on Monday to talk about fish.").prose
        True
        """
        return self.ends and self.words >= PROSE_WORDS


def is_prose(text: str) -> bool:
    """Say whether *text* has the length and the end of a paragraph."""
    return Line(text).prose


def words_of(text: str) -> frozenset[str]:
    """Return the words of *text* in the form that rules compare.

    >>> sorted(words_of("Oslo's dockers"))
    ['docker', 'oslo']
    """
    return frozenset(map(folded, set(WORD.findall(text))))


def folded(word: str) -> str:
    """Return *word* without case, possessive and plural s."""
    return word.casefold().replace("’", "'").removesuffix("'s").rstrip("'s")
