"""Who and what an article names: the model's mentions and the rules', each trimmed to the name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast, get_args

from pipeline.enrich.days_named import days_named
from pipeline.enrich.gazetteer import Gazetteer
from pipeline.enrich.language_model import Reading
from pipeline.enrich.rules import by_rule
from schemas import EnrichedArticle, Entity
from schemas.enriched import Label, Where

LABELS = {label: label for label in get_args(Label)} | {"PER": "PERSON"}
"""A model's label to ours; a mention with any other label is left out."""

NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT"})
TITLE = re.compile(
    r"(?:(?:vice|ex|deputy|former|acting|prime|foreign|crown|grand|chief|first)[- ])*(?:mr|mrs|ms|"
    r"miss|mx|dr|prof|professor|president|premier|chancellor|minister|king|queen|prince|princess|"
    r"pope|emperor|emir|sheikh|sheik|sultan|ayatollah|imam|mullah|senator|sen|rep|congressman|"
    r"congresswoman|governor|gov|mayor|ambassador|secretary|secretary-general|general|gen|colonel|"
    r"col|major|maj|captain|capt|lieutenant|lt|sergeant|sgt|admiral|commander|marshal|judge|justice|"
    r"sir|lord|lady|dame|baroness|baron|rev|reverend|bishop|archbishop|cardinal|father|sister|datuk|"
    r"tan sri|pm)\.?\s+",
    re.IGNORECASE,
)
"""What stands before a person's name and is no part of it."""

NAMELESS = frozenset(
    "board commission committee company constitution council court department government "  # noqa: SIM905  (words read better than quoted ones)
    "kingdom ministry party republic state states university".split()
)
"""A mention of nothing else names nobody: there are many of each."""

EDGE = ' \t\r\n\u00a0,;:"\u201c\u201d\u2018*\u2022|()[]\u200b\u200e\u200f'
FOOTNOTE = re.compile(r"[.,]?\[\d{1,3}\]?$")
POSSESSIVE = re.compile(r"(?:['\u2019]s|['\u2019])$")
ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """A mention on its way: offsets in its field, and whether a rule found it."""

    start: int
    end: int
    label: str
    ruled: bool = False


def find(article: EnrichedArticle, reading: Reading, known: Gazetteer) -> dict[str, Any]:
    """Return the mentions of headline and text, in that order, none over another."""
    if not article.annotated:
        return {"entities": ()}
    entities: list[Entity] = []
    for field, text in fields(article):
        spans = apart([*by_model(reading, field, text), *ruled(text)])
        spans = apart([*spans, *countries(text, spans, known)])
        entities += [as_entity(text, span, field) for span in sorted(spans, key=start)]
    return {"entities": tuple(entities)}


def fields(article: EnrichedArticle) -> tuple[tuple[Where, str], ...]:
    """Return the fields that are read, in order."""
    return ("headline", article.headline), ("text", article.text)


def by_model(reading: Reading, field: Where, text: str) -> Iterator[Span]:
    """Yield what the model found in *field*, trimmed."""
    for part in reading.parts:
        if part.field != field:
            continue
        for found in part.doc.ents:
            label = LABELS.get(found.label_)
            begin, end = part.start + found.start_char, part.start + found.end_char
            if label == "DATE":
                yield from (Span(*one, label) for one in days_named(text, begin, end))
            elif label and (span := trimmed(text, Span(begin, end, label))):
                yield span


def ruled(text: str) -> Iterator[Span]:
    """Yield what the rules find."""
    return (Span(start, end, label, ruled=True) for start, end, label in by_rule(text))


def trimmed(text: str, span: Span) -> Span | None:
    """Return *span* without quotation marks, footnote, possessive, title; None if that is all.

    >>> trimmed("President Ada Moor's plan", Span(0, 20, "PERSON"))
    Span(start=10, end=18, label='PERSON', ruled=False)
    >>> trimmed("Kofu[1]", Span(0, 6, "GPE"))
    Span(start=0, end=4, label='GPE', ruled=False)
    """
    words = text[span.start : span.end]
    begin = span.start + len(words) - len(words.lstrip(EDGE))
    words = FOOTNOTE.sub("", words).strip(EDGE)
    if span.label in NAMES:
        words = POSSESSIVE.sub("", words).rstrip(EDGE)
    while span.label == "PERSON" and (title := TITLE.match(words)):
        begin, words = begin + title.end(), words[title.end() :]
    if span.label in NAMES and (TITLE.fullmatch(f"{words} ") or words.casefold() in NAMELESS):
        return None
    return Span(begin, begin + len(words), span.label, span.ruled) if words else None


def apart(spans: Iterable[Span]) -> list[Span]:
    """Return *spans* without those that overlap a longer one; of two alike a rule's stays.

    >>> apart([Span(0, 4, "ORG"), Span(2, 9, "MONEY", ruled=True)])
    [Span(start=2, end=9, label='MONEY', ruled=True)]
    """
    kept: list[Span] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda one: (one.start - one.end, not one.ruled, one.start)):
        if span.start not in taken and span.end - 1 not in taken:
            kept.append(span)
            taken.update(range(span.start, span.end))
    return kept


def countries(text: str, spans: Iterable[Span], known: Gazetteer) -> Iterator[Span]:
    """Yield the countries and peoples that nobody found, unless a person here is called so."""
    people = {word for span in spans for word in person_words(text, span)}
    for start, end in known.mentions(text):
        if text[start:end] not in people:
            yield Span(start, end, "NORP" if known.people(text[start:end]) else "GPE")
    for start, end in known.groups_in(text):
        yield Span(start, end, "NORP")


def person_words(text: str, span: Span) -> list[str]:
    """Return the words of a person's full name, none for anything else."""
    words = text[span.start : span.end].split()
    return words if span.label == "PERSON" and len(words) > 1 else []


def start(span: Span) -> int:
    """Sort by place."""
    return span.start


def as_entity(text: str, span: Span, field: Where) -> Entity:
    """Return *span* as it stands on the record."""
    words = text[span.start : span.end]
    label = cast("Label", span.label)
    return Entity(
        text=words, label=label, start=span.start, end=span.end, field=field, name=tidy(words)
    )


def tidy(words: str) -> str:
    r"""Return *words* as a name: one space between words, no leading article.

    >>> tidy("the  United\nNations")
    'United Nations'
    """
    name = " ".join(words.split())
    return name[found.end() :] if (found := ARTICLE.match(name)) else name
