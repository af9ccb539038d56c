"""What somebody is said to have said without marks, or with marks around some of the words."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.enrich.quotes.cues import INTENT, listed
from pipeline.enrich.quotes.phrases import LONGEST, REACH, Phrase, after, before, subject
from pipeline.enrich.quotes.spoken import SHORTEST, Found, has_subject, is_sentence
from pipeline.enrich.quotes.words import Words

CLAUSES = listed("ccomp")
TO_CLAUSES = CLAUSES | {"xcomp"}
OPENERS = listed("that , : - --")
"""What a retold clause does not begin with, though it is introduced by it."""
CLOSERS = OPENERS | {".", ";"}
CIRCUMSTANCES = listed("""
    , in on at during after before when while as to by from last this yesterday today monday tuesday
    wednesday thursday friday saturday sunday earlier later recently
""")
"""What follows a verb of speech that ends its sentence: said on Monday."""
ONLOOKERS = listed("i you")
"""Writer and reader, whose thoughts are not reported."""
PLAIN = listed("said says say")
"""Verbs that need no "that" where nothing was parsed."""
FINITE = ("d", "s", "t", "e", "w")
"""How past and present of a verb end, and "saying" does not."""


def retold(words: Words, taken: set[int]) -> Iterator[Found]:
    """Yield what the verbs of speech and thought bring, but for the *taken* ones."""
    for number, word in enumerate(words.lower):
        if word == "according" and words.within[number] < 0:
            found = according(words, number)
        elif word in words.held and is_free(words, number) and number not in taken:
            found = by_verb(words, number)
        else:
            continue
        if found:
            yield found


def is_free(words: Words, number: int) -> bool:
    """Tell whether a token is a verb outside of quotation marks, as far as anybody looked."""
    return words.within[number] < 0 and words.tokens[number].pos_ in {"VERB", "AUX", ""}


def by_verb(words: Words, number: int) -> Found | None:
    """Return what the verb brings, after it or before it."""
    behind = by_parse(words, number) if words.parsed else by_pattern(words, number)
    return behind or (trailing(words, number) if words.lower[number] in words.said else None)


def by_parse(words: Words, number: int) -> Found | None:
    """Return the clause that the parse hangs on the verb, by labels of either scheme."""
    token = words.tokens[number]
    wanted = TO_CLAUSES if words.held[words.lower[number]] in INTENT else CLAUSES
    for child in token.children:
        if child.i > token.i and child.dep_ in wanted:
            start = max(number + 1, words.number(child.left_edge, number))
            end = words.number(child.right_edge, number) + 1
            if child.dep_ not in CLAUSES or has_subject(words, start, end):
                who = subject(words, number) or before(words, number, words.sentence_start(number))
                return made(words, (start, end), who, (number, number + 1))
    return None


def by_pattern(words: Words, number: int) -> Found | None:
    """Return what follows the verb to the end of the sentence, after "that" or a plain "said"."""
    start = number + 1
    word = words.lower[number]
    if not word.endswith(FINITE) or start >= len(words.lower):
        return None
    if words.lower[start] in CIRCUMSTANCES:
        start = next(
            (n for n, one in enumerate(words.lower[start : start + 6], start) if one == "that"), 0
        )
    if not start or (words.lower[start] != "that" and word not in PLAIN):
        return None
    who = before(words, number, words.sentence_start(number))
    return made(words, (start, words.sentence_end(number)), who, (number, number + 1))


def trailing(words: Words, number: int) -> Found | None:
    """Return the sentence that ends with its speaker and the verb: ..., she said."""
    floor = words.sentence_start(number)
    near = range(max(floor, number - LONGEST - 2), number)
    comma = max((n for n in near if words.lower[n] == ","), default=floor)
    inverted = number == comma + 1
    limit = words.sentence_end(number) if inverted else number
    who = after(words, number + 1 if inverted else comma + 1, limit)
    if comma == floor or not who or (not inverted and who[1] < number - 2):
        return None
    if words.parsed and not agrees(subject(words, number), comma, number, who):
        return None
    if ends_there(words, max(who[1], number + 1)) and is_sentence(words, floor, comma):
        return made(words, (floor, comma), who, (number, number + 1))
    return None


def agrees(parsed: Phrase | None, comma: int, verb: int, who: Phrase) -> bool:
    """Tell whether the parse has the subject on the side of the verb where *who* stands."""
    return parsed is None or (parsed[0] > comma and (parsed[0] > verb) == (who[0] > verb))


def ends_there(words: Words, number: int) -> bool:
    """Tell whether nothing but circumstances follow."""
    if number >= len(words.lower) or words.is_stop(number):
        return True
    return words.lower[number] in CIRCUMSTANCES and words.within[number] < 0


def according(words: Words, number: int) -> Found | None:
    """Return what is so according to somebody: the rest of the sentence."""
    if words.lower[number + 1 : number + 2] != ["to"]:
        return None
    floor, limit = words.sentence_start(number), words.sentence_end(number)
    who = after(words, number + 2, limit)
    if not who:
        return None
    told = (floor, number)
    if number - floor <= SHORTEST:
        comma = (n for n in range(who[1], min(limit, who[1] + REACH)) if words.lower[n] == ",")
        told = (next(comma, limit), limit)
    return made(words, told, who, (number, number + 2))


def made(words: Words, told: Phrase, who: Phrase | None, cue: Phrase) -> Found | None:
    """Return the tokens *told* as a quotation; none where they are few or nobody says them."""
    start, end = told
    while start < end and words.lower[start] in OPENERS:
        start += 1
    while end > start and words.lower[end - 1] in CLOSERS:
        end -= 1
    if end - start < SHORTEST or not who or words.lower[who[0]] in ONLOOKERS:
        return None
    return Found([(words.begins[start], words.end(end - 1))], who, cue)
