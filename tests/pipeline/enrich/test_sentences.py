"""sentences: they lie in the text, in order, without the space around them."""

from __future__ import annotations

from pipeline.stage import Stage
from schemas import CleanArticle

TEXT = "  Ada Moor won. Jan Vale lost.\n\nThe count took nine days.\n"


def sentences(stage: Stage, language: str | None) -> list[str]:
    """Return the words of each sentence of `TEXT`."""
    record = stage.run(CleanArticle(id="1", text=TEXT, headline="A. B.", language=language))
    return [TEXT[start:end] for start, end in record.model_dump()["sentences"]]


def test_sentences_are_those_of_the_text(fast: Stage, accurate: Stage) -> None:
    """Both settings, and a language that no model knows, find the sentences of plain prose."""
    expected = ["Ada Moor won.", "Jan Vale lost.", "The count took nine days."]
    assert sentences(fast, "en") == expected
    assert sentences(accurate, "en") == expected
    assert sentences(fast, "sv") == expected
