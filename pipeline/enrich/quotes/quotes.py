"""The quotations of an article, as they stand on the record."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Any, Literal

from pipeline.enrich.gazetteer import Gazetteer
from pipeline.enrich.language_model import Reading
from pipeline.enrich.paragraphs import paragraphs
from pipeline.enrich.quotes.marks import Marked, marked
from pipeline.enrich.quotes.resolve import Cast
from pipeline.enrich.quotes.retold import retold
from pipeline.enrich.quotes.spoken import Found, spoken
from pipeline.enrich.quotes.words import Words, words
from schemas import EnrichedArticle
from schemas.enriched import Quote, Speaker

Kind = Literal["direct", "mixed", "indirect"]


def find(article: EnrichedArticle, reading: Reading, _known: Gazetteer) -> dict[str, Any]:
    """Return the quotations of the text, in order."""
    if not article.annotated:
        return {"quotes": ()}
    text = article.text
    places = list(paragraphs(text))
    quoted = marked(text, places)
    row = words(text, reading, quoted)
    direct = list(spoken(row, quoted))
    taken = {one.cue[0] for one in direct if one.cue}
    found = [*direct, *(whole(one, quoted) for one in retold(row, taken))]
    cast = Cast(article, row, [start for start, _ in places])
    return {"quotes": tuple(recorded(row, apart(found), quoted, cast))}


def apart(found: Iterable[Found]) -> list[Found]:
    """Return the quotations in text order, without those within the words of another."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def whole(found: Found, quoted: list[Marked]) -> Found:
    """Return *found* with all that stands in marks at its end, where it has a part of it."""
    start, end = found.spans[0]
    for one in touching(quoted, end - 1, end):
        found.spans = [(start, max(end, one.end))]
    return found


def touching(quoted: list[Marked], start: int, end: int) -> list[Marked]:
    """Return those that share something with what lies between *start* and *end*.

    >>> touching([Marked(0, 4), Marked(6, 9)], 3, 6)
    [Marked(start=0, end=4, closed=True)]
    """
    first = bisect_left(quoted, start, key=lambda one: one.end - 1)
    return quoted[first : bisect_left(quoted, end, key=lambda one: one.start)]


def recorded(
    row: Words, found: Iterable[Found], quoted: list[Marked], cast: Cast
) -> Iterable[Quote]:
    """Yield the quotations as they stand on the record."""
    last: Speaker | None = None
    where = -2
    for one in found:
        here = cast.paragraph(one.start)
        speaker = None
        if one.speaker:
            speaker = Speaker(text=row.between(*one.speaker), name=cast.name(one.speaker))
        elif one.bare and here - where <= 1:
            speaker = last
        if speaker:
            last, where = speaker, cast.paragraph(one.end)
        yield Quote(
            text=row.text[one.start : one.end],
            start=one.start,
            end=one.end,
            spans=tuple(one.spans) if len(one.spans) > 1 else (),
            kind=kind(one, quoted, row.text),
            speaker=speaker,
            cue=row.between(*one.cue) if one.cue else None,
        )


def kind(found: Found, quoted: list[Marked], text: str) -> Kind:
    """Tell whether it stands in marks: wholly, partly or not at all."""
    inside = outside = 0
    for start, end in found.spans:
        size = len(text[start:end].strip(" .,"))
        shared = sum(
            min(end, one.end) - max(start, one.start) for one in touching(quoted, start, end)
        )
        inside += shared
        outside += max(0, size - shared)
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"
