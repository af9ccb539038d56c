"""The words of a whole text in one row, whichever pieces the language model read them in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.enrich.language_model import Reading
from pipeline.enrich.quotes.cues import speech, verbs
from pipeline.enrich.quotes.marks import MARKS, Marked

FULL_STOPS = frozenset({".", "?", "!", "...", "\u2026"})


@dataclass(frozen=True, slots=True)
class Words:
    """Tokens of a text by number; a number past the end or before the start has no word."""

    text: str
    tokens: list[Token]
    begins: list[int]
    """Offset of each token."""
    lower: list[str]
    first: list[int]
    """Number of the first token of its piece, for each token."""
    within: list[int]
    """Number of the quotation each token stands in, -1 for none."""
    breaks: list[int]
    """Numbers of the tokens at which sentences begin, for the newspaper's own words."""
    parsed: bool
    said: Mapping[str, str]
    """Forms of the verbs of speech of the text's language, with their lemmas."""
    held: Mapping[str, str]
    """Forms of those that bring what is retold."""

    def end(self, number: int) -> int:
        """Return the end offset of a token."""
        return self.begins[number] + len(self.tokens[number])

    def at(self, offset: int) -> int:
        """Return the number of the first token at or after *offset*."""
        return bisect_left(self.begins, offset)

    def sentence_start(self, number: int) -> int:
        """Return the first token, no blank, of the sentence that token *number* stands in."""
        start = self.breaks[bisect_right(self.breaks, number) - 1] if self.breaks else 0
        while start < number and self.tokens[start].is_space:
            start += 1
        return start

    def sentence_end(self, number: int) -> int:
        """Return the token before which the sentence of token *number* ends."""
        after = bisect_right(self.breaks, number)
        return self.breaks[after] if after < len(self.breaks) else len(self.tokens)

    def number(self, token: Token, near: int) -> int:
        """Return the number of *token*, of the same piece as the token *near*."""
        return self.first[near] + token.i

    def between(self, start: int, end: int) -> str:
        """Return the text from token *start* to before token *end*."""
        return self.text[self.begins[start] : self.end(end - 1)] if end > start else ""

    def is_stop(self, number: int) -> bool:
        """Tell whether a sentence ends with this token, outside of quotation marks."""
        return is_stop(self.lower[number], self.within[number])


def words(text: str, reading: Reading, quoted: list[Marked]) -> Words:
    """Return the words of *text* as *reading* has them."""
    tokens: list[Token] = []
    begins: list[int] = []
    first: list[int] = []
    parsed = english = True
    for part in reading.parts:
        if part.field == "text":
            english = english and part.doc.lang_ == "en"
            parsed = parsed and part.doc.has_annotation("DEP")
            first += [len(tokens)] * len(part.doc)
            begins += [part.start + token.idx for token in part.doc]
            tokens += part.doc
    within = list(numbers(begins, quoted))
    lower = [token.lower_ for token in tokens]
    return Words(
        text=text,
        tokens=tokens,
        begins=begins,
        lower=lower,
        first=first,
        within=within,
        breaks=list(sentences(text, lower, first, within, quoted)),
        parsed=parsed,
        said=speech() if english else {},
        held=verbs() if english else {},
    )


def numbers(begins: list[int], quoted: list[Marked]) -> Iterator[int]:
    """Yield for each offset the number of the quotation that it lies in.

    >>> list(numbers([0, 5, 6, 9], [Marked(5, 7)]))
    [-1, 0, 0, -1]
    """
    number = 0
    for begin in begins:
        while number < len(quoted) and quoted[number].end <= begin:
            number += 1
        inside = number < len(quoted) and quoted[number].start <= begin
        yield number if inside else -1


def is_stop(word: str, inside: int) -> bool:
    """Tell whether a *word* ends a sentence, in no quotation but *inside* it.

    >>> is_stop(".", -1), is_stop(".", 0), is_stop("rain", -1)
    (True, False, False)
    """
    return inside < 0 and word in FULL_STOPS


def sentences(
    text: str, lower: list[str], first: list[int], within: list[int], quoted: list[Marked]
) -> Iterator[int]:
    """Yield the number of each token that begins a sentence.

    A piece, a full stop outside of marks and a quotation that ends with one begin the next.
    """
    ended = True
    for number, inside in enumerate(within):
        if ended or first[number] == number:
            yield number
        leaves = inside >= 0 and within[number + 1 : number + 2] != [inside]
        ended = closes(text, quoted[inside]) if leaves else is_stop(lower[number], inside)


def closes(text: str, one: Marked) -> bool:
    """Tell whether what stands in marks ends a sentence."""
    return text[max(one.start, one.end - 4) : one.end].rstrip(MARKS)[-1:] in {".", "?", "!"}
