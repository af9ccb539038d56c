"""Where the sentences of a text are, and whether a model has read them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.enrich.gazetteer import Gazetteer
from pipeline.enrich.language_model import Part, Reading
from schemas import EnrichedArticle


def find(article: EnrichedArticle, reading: Reading, _known: Gazetteer) -> dict[str, Any]:
    """Return the sentences, and a note where they are all that is found."""
    notes = (reading.note,) if reading.note else ()
    return {
        "annotated": not notes,
        "notes": notes,
        "sentences": tuple(
            sentence
            for part in reading.parts
            if part.field == "text"
            for sentence in in_part(article.text, part)
        ),
    }


def in_part(text: str, part: Part) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence of *part*, without the space around it."""
    for found in part.doc.sents:
        words = text[part.start + found.start_char : part.start + found.end_char]
        if words.strip():
            start = part.start + found.start_char + len(words) - len(words.lstrip())
            yield start, start + len(words.strip())
