"""sentences: they lie in the text, in order, without the space around them."""

from __future__ import annotations

from pipeline.enrich.language_model import MAX_READ
from pipeline.enrich.paragraphs import MAX_PIECE
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


def test_a_book_is_read_at_its_beginning_and_says_so(fast: Stage) -> None:
    """The language model reads what it can in the time of a record; rules go on to the end."""
    text = 'Ada Moor won in Lima on Monday. "We are glad," she said.\n\n' * 3000
    record = fast.run(CleanArticle(id="1", text=text, language="en")).model_dump()

    end = record["sentences"][-1][1]
    assert MAX_READ <= end < MAX_READ + MAX_PIECE
    assert record["notes"] == (f"the language model read up to character {end:,} only",)
    assert record["annotated"]
    assert record["entities"][-1]["end"] > end
