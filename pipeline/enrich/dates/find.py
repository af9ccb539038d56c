"""The dates of an article: expressions of time in headline and text, with what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.enrich.dates.scan import scan
from pipeline.enrich.dates.scene import Scene
from pipeline.enrich.gazetteer import Gazetteer
from pipeline.enrich.language_model import Reading
from pipeline.enrich.spacy_pipelines import spacy_code
from schemas import Dated, EnrichedArticle
from schemas.enriched import Where

WORDS_OF = "en"
"""The language whose words the rules know."""


def find(article: EnrichedArticle, _reading: Reading, _known: Gazetteer) -> dict[str, Any]:
    """Return the expressions of time in headline and text, in that order."""
    if spacy_code(article.language) != WORDS_OF:
        return {"dates": ()}
    headline = in_field(article, "headline", article.headline, [(0, len(article.headline))])
    return {"dates": (*headline, *in_field(article, "text", article.text, article.sentences))}


def in_field(
    article: EnrichedArticle, field: Where, text: str, sentences: Sequence[tuple[int, int]]
) -> list[Dated]:
    """Return the expressions of one field."""
    return [
        Dated(
            text=text[one.start : one.end], start=one.start, end=one.end, field=field,
            value=one.value, granularity=one.granularity, basis=one.basis,
        )
        for one in scan(Scene(text, article.published_at, sentences))
    ]  # fmt: skip
