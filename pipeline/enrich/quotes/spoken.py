"""Quotations that stand in marks by themselves; words in marks that are none are left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.enrich.quotes.beside import PAUSES, said_after, said_before
from pipeline.enrich.quotes.cues import listed
from pipeline.enrich.quotes.marks import MARKS, STOPPED, Marked, count_words
from pipeline.enrich.quotes.phrases import SUBJECTS, Phrase
from pipeline.enrich.quotes.words import Words

SHORTEST = 2
"""Tokens of what is retold."""
LEADS = listed("""
    in on at during after before when while as if by from with asked speaking despite although
    though since because to for under following reached
""")
"""What begins words before a comma that are no sentence."""
LOOKED_AT = 150
"""Tokens of a clause that are looked at for a subject."""
TITLE_WORD = 4
"""Letters of a word of a title that may have no capital."""
BARE = 4
"""Words that a quotation has at least where nobody is said to have spoken it."""
ALONE = 8
"""Words of one that has a paragraph of its own, where a short one is a heading."""


@dataclass(slots=True)
class Found:
    """A quotation on its way: its parts, and tokens of speaker and cue."""

    spans: list[tuple[int, int]]
    speaker: Phrase | None = None
    cue: Phrase | None = None
    bare: bool = False
    """Whether nothing beside it says who speaks."""

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.spans[-1][1]


def spoken(words: Words, quoted: list[Marked]) -> Iterator[Found]:
    """Yield the quotations among what is *quoted*, one that is broken off with all its parts."""
    last: Found | None = None
    for one in quoted:
        found = attributed(words, one)
        if found and last and resumes(words, last, found):
            last.spans += found.spans
        elif found:
            if last:
                yield last
            last = found
    if last:
        yield last


def attributed(words: Words, one: Marked) -> Found | None:
    """Return what is *quoted* with its speaker, None if it is no quotation by itself."""
    begin = words.at(one.start)
    floor = words.sentence_start(begin)
    ahead = said_before(words, begin, floor)
    if ahead:
        return None if is_title(words, one) else Found([one.hull], *ahead)
    behind = said_after(words, one)
    if behind and starts_free(words, begin, floor):
        return Found([one.hull], *behind)
    if behind and is_sentence(words, floor, begin):
        return Found([(words.begins[floor], one.end)], *behind)
    if begin == floor and ends_free(words, one) and is_long(words, one):
        return Found([one.hull], bare=True)
    return None


def resumes(words: Words, last: Found, found: Found) -> bool:
    """Tell whether *found* goes on with what *last* broke off, with its cue between them."""
    if found.cue and found.cue == last.cue:
        return True
    between = words.text[last.end : found.start].strip(" ")
    if not found.bare or "\n" in between:
        return False
    if not between.strip():
        return True
    stops = sum(words.is_stop(n) for n in range(words.at(last.end), words.at(found.start)))
    return stops <= 1 and last.cue is not None and words.begins[last.cue[0]] >= last.end


def starts_free(words: Words, begin: int, floor: int) -> bool:
    """Tell whether what begins there is no part of the sentence before it."""
    if begin == floor:
        return True
    word = words.lower[begin - 1]
    at = words.begins[begin]
    capital = words.text[at : at + 4].lstrip(MARKS)[:1].isupper()
    return word in {":", ";"} or (word in PAUSES and capital)


def is_sentence(words: Words, start: int, end: int) -> bool:
    """Tell whether these words are a sentence of their own."""
    return (
        end - start > SHORTEST
        and words.lower[start] not in LEADS
        and has_subject(words, start, end)
    )


def has_subject(words: Words, start: int, end: int) -> bool:
    """Tell whether somebody does something in these words, as far as anybody looked."""
    return not words.parsed or any(
        words.tokens[n].dep_ in SUBJECTS for n in range(start, min(end, start + LOOKED_AT))
    )


def is_title(words: Words, one: Marked) -> bool:
    """Tell whether it is a title: several words, all long ones with a capital, no full stop."""
    inner = words.text[one.start : one.end].strip(MARKS + ",")
    long = [word for word in inner.split() if len(word) > TITLE_WORD]
    return len(long) > 1 and inner[-1:].isalnum() and all(word[:1].isupper() for word in long)


def ends_free(words: Words, one: Marked) -> bool:
    """Tell whether what stands in marks ends like a sentence or clause."""
    inner = words.text[one.start : one.end].rstrip(MARKS)
    return inner[-1:] in STOPPED or words.text[one.end : one.end + 1] in STOPPED


def is_long(words: Words, one: Marked) -> bool:
    """Tell whether it is long enough for a quotation that nobody is said to have spoken."""
    text = words.text
    around = {text[max(0, one.start - 1) : one.start], text[one.end : one.end + 1]}
    alone = around <= {"\n", ""}
    return count_words(text, *one.hull) >= (ALONE if alone else BARE)
