"""The phrase that names a speaker, beside a verb of speech: by the parse, else by pattern."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.enrich.quotes.cues import listed
from pipeline.enrich.quotes.words import Words

Phrase = tuple[int, int]
"""Number of the first token, and of the one after the last."""

LONGEST = 14
"""Tokens of a phrase."""
REACH = 30
"""Tokens before a verb that are looked at."""
CLIMB = 4
"""Verbs from one to the next that are asked for a subject."""

PRONOUNS = listed("he she they i we it you")
SUBJECTS = listed("nsubj nsubjpass nsubj:pass nsubj:outer csubj")
JOINED = listed("conj xcomp advcl parataxis ccomp aux")
"""What a verb is to the one whose subject it shares, in both schemes of labels."""
NOUNS = listed("acl acl:relcl relcl advcl:relcl")
"""What a verb is to the noun that it tells of."""
APOSTROPHES = listed("' \u2019")
DASHES = listed("- -- \u2014 \u2013")
ARTICLES = listed("the a an")
RELATIVE = listed("who which that")
PUNCTUATION = listed(
    ", ; : . ( ) [ ] - -- \u2013 \u2014 ? ! ... \u2026 / \" ' \u201c \u201d \u2018 \u2019 '' ``"
)
CUT = listed("""
    who whom whose which that when while as after before during in on at by to from with about if
    since because until via into over under through and but or is are was were be been has have had
    will would can could may might did does do not n't earlier later last next this yesterday today
    tomorrow monday tuesday wednesday thursday friday saturday sunday recently also then
""")
"""Words that end a phrase."""
LINKS = listed("of for at from with in and")
"""Words that carry it on where it is no proper name yet: a spokesman for the ministry."""
LEADING = (CUT - listed("this that last next")) | LINKS | PUNCTUATION
FILLERS = CUT - LINKS - {"who"}
"""Words between a speaker and the verb."""


def after(words: Words, start: int, limit: int) -> Phrase | None:
    """Return the phrase that begins at token *start* and ends before token *limit*."""
    if start >= limit or words.lower[start] in LINKS:
        return None
    if words.lower[start] in PRONOUNS:
        return start, start + 1
    return reaching(words, start, start, limit) if goes_on(words, start, named=False) else None


def reaching(words: Words, start: int, head: int, limit: int) -> Phrase | None:
    """Return the phrase from token *start* on over *head* as far as it goes."""
    end = head + 1
    named = words.tokens[head].is_title
    while end < min(limit, head + LONGEST) and goes_on(words, end, named=named):
        named = named or words.tokens[end].is_title
        end += 1
    while end > head + 1 and words.lower[end - 1] in PUNCTUATION | LINKS:
        end -= 1
    return solid(words, start, end)


def goes_on(words: Words, number: int, *, named: bool) -> bool:
    """Tell whether a phrase may go on with this token."""
    word = words.lower[number]
    if is_within_word(words, number):
        return True
    if word in PUNCTUATION or words.within[number] >= 0:
        return False
    if word in PRONOUNS or words.tokens[number].pos_ == "VERB":
        return False
    return word not in CUT or (word in LINKS and not named)


def is_within_word(words: Words, number: int) -> bool:
    """Tell whether a token is the hyphen of a word or the apostrophe of a possessive."""
    word = words.lower[number]
    if word == "-":
        return not words.tokens[number].whitespace_
    return word in APOSTROPHES and number > 0 and not words.tokens[number - 1].whitespace_


def solid(words: Words, start: int, end: int) -> Phrase | None:
    """Return the phrase without blanks around it and links before it, None if that is all."""
    while start < end and (
        words.tokens[start].is_space or words.lower[start] in LEADING or words.within[start] >= 0
    ):
        start += 1
    while start < end and words.tokens[end - 1].is_space:
        end -= 1
    nothing = end <= start or (end == start + 1 and words.lower[start] in ARTICLES)
    return None if nothing else (start, end)


def before(words: Words, verb: int, floor: int) -> Phrase | None:
    """Return the phrase that ends before the token *verb*, not further back than *floor*."""
    end = verb
    floor = max(floor, verb - REACH)
    while end > floor and is_filler(words, end - 1):
        end -= 1
    if end > floor and words.lower[end - 1] == ",":
        end = max((n for n in range(floor, end - 1) if words.lower[n] == ","), default=floor)
    if end > floor and words.lower[end - 1] in PRONOUNS:
        return end - 1, end
    start = end
    while start > max(floor, end - LONGEST) and stays(words, start - 1):
        start -= 1
    return solid(words, start, end)


def is_filler(words: Words, number: int) -> bool:
    """Tell whether this token may stand between a speaker and the verb."""
    word = words.lower[number]
    return word in FILLERS or word.endswith("ly") or words.tokens[number].is_space


def stays(words: Words, number: int) -> bool:
    """Tell whether a phrase may begin earlier, with this token."""
    word = words.lower[number]
    if is_within_word(words, number):
        return True
    return word not in PUNCTUATION and word not in CUT - {"of"} and words.within[number] < 0


def subject(words: Words, verb: int) -> Phrase | None:
    """Return the subject of the verb by the parse, that of the verb it belongs to if need be."""
    token = words.tokens[verb]
    for _ in range(CLIMB):
        for child in token.children:
            if child.dep_ in SUBJECTS:
                return noun(words, verb, child)
        if token.dep_ in NOUNS:
            return noun(words, verb, token.head)
        if token.dep_ not in JOINED:
            return None
        token = token.head
    return None


def noun(words: Words, near: int, head: Token) -> Phrase | None:
    """Return the phrase around the noun *head*; who stands for the noun before it."""
    if head.lower_ in RELATIVE and head.head.dep_ in NOUNS:
        head = head.head.head
    at = words.number(head, near)
    if words.within[at] >= 0:
        return None
    start = at
    leftmost = max(words.number(head.left_edge, near), at - LONGEST)
    while start > leftmost and words.lower[start - 1] not in {",", ":", ";"}:
        start -= 1
    found = reaching(words, start, at, words.number(head.right_edge, near) + 1)
    return None if found and is_dateline(words, found) else found


def is_dateline(words: Words, found: Phrase) -> bool:
    """Tell whether a piece begins with this phrase in capitals and goes on after a dash."""
    first = words.first[found[0]]
    rest = words.lower[found[1] : found[1] + 6]
    return found[0] == first and words.between(*found).isupper() and not DASHES.isdisjoint(rest)
