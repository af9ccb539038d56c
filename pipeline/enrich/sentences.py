"""Where the sentences of a text are, and whether a model has read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.enrich.gazetteer import Gazetteer
from pipeline.enrich.language_model import Part, Reading
from schemas import EnrichedArticle


def find(article: EnrichedArticle, reading: Reading, _known: Gazetteer) -> dict[str, Any]:
    """Return the sentences, and a note where they are all that is found, or end early."""
    parts = [part for part in reading.parts if part.field == "text"]
    return {
        "annotated": not reading.note,
        "notes": tuple(filter(None, (reading.note, unread(article.text, parts)))),
        "sentences": tuple(found for part in parts for found in in_part(article.text, part)),
    }


def unread(text: str, parts: Sequence[Part]) -> str:
    """Return a note of where reading ended, if it did before the text."""
    end = parts[-1].start + len(parts[-1].doc.text) if parts else 0
    return f"the language model read up to character {end:,} only" if text[end:].strip() else ""


def in_part(text: str, part: Part) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence of *part*, without the space around it."""
    for found in part.doc.sents:
        words = text[part.start + found.start_char : part.start + found.end_char]
        if words.strip():
            start = part.start + found.start_char + len(words) - len(words.lstrip())
            yield start, start + len(words.strip())
