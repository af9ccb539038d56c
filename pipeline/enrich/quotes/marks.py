"""What stands in quotation marks: pairs of every style, over several paragraphs if need be.

English opens “ and closes ”, German „ and “, French « and », British papers ‘ and ’, typewriters
have one sign for both ends, and so does the apostrophe.  A speech of several paragraphs opens each
of them and closes the last one only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MARK = re.compile(r"``|''|[\"'\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb]")
MARKS = "\"'\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb`"
SINGLE = frozenset("'\u2018\u2019\u201a\u201b")
CLOSES_SINGLE = frozenset("'\u2019")
ANGLED = frozenset("\u00ab\u00bb")
OPENING = frozenset({"\u201c", "\u201e", "``"})
"""Marks that open unless the mark before them waits for just these."""
CLOSED_BY = {"\u201e": frozenset('\u201c\u201d"')}
ELISION = re.compile(r"(?:\d\ds?|em|til|tis|twas|cause|n|round|bout)\b", re.IGNORECASE)
"""What an apostrophe begins: 'em, the '90s."""
STOPPED = frozenset(",.?!;:\u2026-\u2013\u2014")
BEFORE_OPENING = frozenset(" \t\n\u00a0([{-\u2013\u2014/\u2026:,\"'\u2018\u201c\u201e\u00ab\u202f")
FURTHEST = 200
"""Marks that are looked at for the one that closes a single mark."""
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Marked:
    """Words in quotation marks, offsets of the text with the marks."""

    start: int
    end: int
    closed: bool = True

    @property
    def hull(self) -> tuple[int, int]:
        """Start and end."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Sign:
    """One quotation mark in its surroundings."""

    start: int
    end: int
    sign: str
    opens: bool
    closes: bool

    @property
    def single(self) -> bool:
        """Whether it may be an apostrophe."""
        return self.sign in SINGLE


def marked(text: str, paragraphs: Iterable[tuple[int, int]]) -> list[Marked]:
    r"""Return what stands in marks in the *paragraphs* of *text*, in order, none within another.

    >>> text = '"We lost.\n\n"We\'ll be back," she said of the \'90s.'
    >>> [text[one.start : one.end] for one in marked(text, [(0, 9), (11, 51)])]
    ['"We lost.\n\n"We\'ll be back,"']
    """
    found: list[Marked] = []
    for start, end in paragraphs:
        here = list(pairs(text, start, end))
        if found and here and not found[-1].closed and here[0].start == start:
            last = found.pop()
            here[0] = Marked(last.start, here[0].end, here[0].closed)
        found += here
    return found


def pairs(text: str, start: int, end: int) -> Iterator[Marked]:
    """Yield what stands in marks in one paragraph; a mark left open reaches to its end."""
    signs = [sign_at(text, found, start, end) for found in MARK.finditer(text, start, end)]
    opened: Sign | None = None
    done = start
    for number, sign in enumerate(signs):
        if sign.start < done:
            continue
        if sign.single:
            close = None if opened else closing(text, signs, number)
            if close:
                yield Marked(sign.start, close.end)
                done = close.end
        elif opened and ends(opened, sign):
            yield Marked(opened.start, sign.end)
            opened = None
        elif begins(sign):
            opened = sign
    if opened and text[start : opened.start].rstrip()[-1:] in STOPPED | {""}:
        yield Marked(opened.start, end, closed=False)


def sign_at(text: str, found: re.Match[str], start: int, end: int) -> Sign:
    """Return the mark *found* with what its neighbours let it be."""
    left = text[found.start() - 1] if found.start() > start else " "
    right = text[found.end()] if found.end() < end else " "
    return Sign(
        found.start(),
        found.end(),
        found[0],
        opens=left in BEFORE_OPENING and not right.isspace(),
        closes=not left.isspace() and not right.isalnum(),
    )


def ends(opened: Sign, sign: Sign) -> bool:
    """Tell whether *sign* closes what *opened* began."""
    if (opened.sign in ANGLED) != (sign.sign in ANGLED):
        return False
    if sign.sign in ANGLED:
        return sign.sign != opened.sign
    if sign.sign in CLOSED_BY.get(opened.sign, ()):
        return True
    if sign.sign in OPENING:
        return sign.closes and not sign.opens
    return sign.closes or not sign.opens


def begins(sign: Sign) -> bool:
    """Tell whether *sign* can open."""
    return sign.sign in OPENING or sign.opens or not sign.closes


def closing(text: str, signs: list[Sign], number: int) -> Sign | None:
    """Return what closes the single mark *number*; best not what may be the s' of a plural."""
    opened = signs[number]
    if not opened.opens or opened.sign == "\u2019" or ELISION.match(text, opened.end):
        return None
    unsure = None
    for sign in signs[number + 1 : number + FURTHEST]:
        if sign.sign in CLOSES_SINGLE and sign.closes:
            if text[sign.start - 1] != "s":
                return sign
            unsure = unsure or sign
    return unsure


def count_words(text: str, start: int, end: int) -> int:
    """Return how many words stand there.

    >>> count_words("No, never!", 0, 10)
    2
    """
    return len(WORD.findall(text, start, end))
