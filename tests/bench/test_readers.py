"""What is measured side by side."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bench.labelled_texts import Text
from bench.readers import (
    Reader,
    Stage,
    alone,
    dates_of,
    entities_of,
    quotes_of,
    readers,
    stage,
)
from schemas import Dated, EnrichedArticle, Entity, Quote, Speaker

from .labelled import NAMES


@pytest.fixture(scope="module")
def fast() -> Stage:
    """Return the stage in its faster setting."""
    return stage(Reader("newsmill fast", "fast"))


def test_every_model_reads_with_our_rules_and_alone() -> None:
    """The shipped one in both settings; one that the settings name beside it."""
    names = [reader.name for reader in readers("/models/en_own")]
    assert names[:2] == ["newsmill accurate", "newsmill fast"]
    assert {"newsmill with en_own", "news_open_sm alone", "en_own alone"} <= set(names)


def test_a_stage_gives_records(fast: Stage) -> None:
    """The text is taken as it is, with the day it was published."""
    noon = datetime(2022, 3, 7, tzinfo=UTC)
    article = fast.read(Text("1", NAMES, (), noon))
    start = NAMES.index("$3 million")
    assert (article.text, article.published_at, article.annotated) == (NAMES, noon, True)
    assert (start, start + 10, "MONEY") in entities_of(article)


def test_alone_there_are_no_rules() -> None:
    """A model gives what it finds; the shipped one knows no money."""
    (reader,) = [one for one in readers("") if one.name == "news_open_sm alone"]
    (labels,) = alone(reader, [NAMES])
    assert labels
    assert "MONEY" not in {label for _, _, label in labels}


def test_findings_of_a_record() -> None:
    """Those of the headline are left out; a quote that is broken off is its parts."""
    article = EnrichedArticle(
        id="1", text="x" * 40,
        entities=(
            Entity(text="x", label="ORG", start=0, end=1, field="headline", name="x"),
            Entity(text="x", label="GPE", start=2, end=3, name="x"),
        ),
        quotes=(
            Quote(text="x", start=0, end=9, spans=((0, 2), (7, 9)), kind="direct",
                  speaker=Speaker(text="she", name="Ada Moor")),
            Quote(text="x", start=20, end=22, kind="indirect"),
        ),
        dates=(
            Dated(text="x", start=3, end=4, value="2022", granularity="year", basis="explicit"),
        ),
    )  # fmt: skip
    first, second = quotes_of(article)
    assert entities_of(article) == [(2, 3, "GPE")]
    assert (sorted(first.characters), first.speakers) == ([0, 1, 7, 8], ("she",))
    assert (sorted(second.characters), second.speakers) == ([20, 21], ())
    assert [(one.start, one.value) for one in dates_of(article)] == [(3, "2022")]
