"""What stands beside a quotation in marks: the verb that brings it and who speaks."""

from __future__ import annotations

from pipeline.enrich.quotes.cues import listed
from pipeline.enrich.quotes.marks import MARKS, Marked
from pipeline.enrich.quotes.phrases import DASHES, Phrase, after, before, subject
from pipeline.enrich.quotes.words import Words

REACH = 40
"""Tokens beside a quotation that are looked at."""
GOES_ON = frozenset(",?!\u2026-\u2013\u2014")
"""What ends a quotation inside its marks where the sentence goes on."""
PAUSES = DASHES | {","}
LEADS_IN = listed(": ,")
NO_SPEAKER = listed("who to")
"""Words before a verb that tells of something else: who said before, was to say."""


def said_after(words: Words, one: Marked) -> tuple[Phrase | None, Phrase] | None:
    """Return speaker and verb that follow a quotation: ..., she said; ..., said Ada Moor."""
    last = words.text[one.start : one.end].rstrip(MARKS)[-1:]
    start = words.at(one.end)
    if not one.closed or last == "." or start >= len(words.lower):
        return None
    limit = clause_end(words, start)
    goes_on = last in GOES_ON or words.lower[start] == ","
    while start < limit and (words.lower[start] in PAUSES or words.lower[start].endswith("ly")):
        start += 1
    if start < limit and words.lower[start] in words.said:
        return after(words, start + 1, limit), (start, start + 1)
    if not goes_on and not (start + 1 < limit and words.lower[start + 1] in words.said):
        return None
    return speaker_first(words, start, limit)


def speaker_first(words: Words, start: int, limit: int) -> tuple[Phrase, Phrase] | None:
    """Return the speaker that begins at token *start*, and the verb after it."""
    for number in range(start + 1, limit):
        if words.lower[number] in words.said and words.lower[number - 1] not in NO_SPEAKER:
            who = after(words, start, number)
            return (who, (number, number + 1)) if who else None
    return None


def clause_end(words: Words, start: int) -> int:
    """Return the token at which what follows a quotation ends: a full stop, a new quotation."""
    limit = start
    while limit < min(len(words.lower), start + REACH):
        if words.first[limit] > start or words.is_stop(limit) or words.within[limit] >= 0:
            break
        limit += 1
    return limit


def said_before(words: Words, begin: int, floor: int) -> tuple[Phrase | None, Phrase] | None:
    """Return speaker and verb that lead to a quotation: she told them: ...; Ada Moor said ..."""
    if begin == floor:
        return None
    last = words.lower[begin - 1]
    for number in range(begin - 1, max(floor, begin - REACH) - 1, -1):
        if words.lower[number] in words.said and words.within[number] < 0:
            if number < begin - 1 and last not in LEADS_IN:
                return None
            who = subject(words, number) if words.parsed else None
            return who or before(words, number, floor), (number, number + 1)
    return (after(words, floor, begin), (begin - 1, begin)) if last == ":" else None
