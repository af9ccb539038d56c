"""Where the findings of an article are: nothing lost, nothing twice."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli.shown.marks import headline_of, story_of
from schemas import Dated, EnrichedArticle, Entity, Quote

from .articles import annotated

OFFSETS = st.tuples(st.integers(0, 40), st.integers(0, 40))


def said(article: EnrichedArticle) -> list[tuple[int | None, bool, str]]:
    """Return each stretch of the story: its quote, whether that ends, its words."""
    return [
        (one.quote, one.closes, "".join(run.words for run in one.runs))
        for paragraph in story_of(article)
        for one in paragraph
    ]


def test_a_quote_that_is_broken_off_closes_once() -> None:
    """Its parts have one number; the last one closes it."""
    assert [one for one in said(annotated()) if one[0] is not None] == [
        (0, False, '"We will act,"'), (0, True, '"and soon."'),
    ]  # fmt: skip


def test_a_date_says_more_than_its_mention() -> None:
    """Of a DATE and what it means only the latter is marked."""
    runs = [run for paragraph in story_of(annotated()) for one in paragraph for run in one.runs]
    marks = [(run.words, run.mark.label, run.mark.meant) for run in runs if run.mark]
    assert marks == [
        ("Ada Moor", "PERSON", "Ada Moor"), ("Monday", "DATE", "2026-11-02"),
        ("Moor", "PERSON", "Ada Moor"), ("Norwegian", "NORP", "Norwegian"),
    ]  # fmt: skip


def test_a_mention_tells_what_is_known_of_its_name() -> None:
    """Roles stand on `named`; a mention that names nothing there has its country alone."""
    (oslo,) = [run.mark for run in headline_of(annotated()) if run.mark]
    runs = [run for paragraph in story_of(annotated()) for one in paragraph for run in one.runs]
    moor, *_, norwegian = [run.mark for run in runs if run.mark]
    assert (oslo.notes, oslo.named) == (("NOR",), 1)
    assert (moor.notes, moor.named) == (("mayor of Oslo",), 0)
    assert (norwegian.notes, norwegian.named) == (("NOR",), None)


@given(
    st.text(alphabet='ab "\n', max_size=40),
    st.lists(OFFSETS, max_size=5),
    st.lists(OFFSETS, max_size=5),
    st.lists(OFFSETS, max_size=5),
)
def test_all_words_are_shown_once(
    text: str,
    entities: list[tuple[int, int]],
    quotes: list[tuple[int, int]],
    dates: list[tuple[int, int]],
) -> None:
    """Whatever offsets a record holds, wrong ones too, its words come out in order."""
    article = EnrichedArticle(
        id="1", text=text,
        entities=tuple(Entity(text="", label="ORG", start=a, end=b, name="") for a, b in entities),
        quotes=tuple(Quote(text="", start=a, end=b, kind="direct") for a, b in quotes),
        dates=tuple(
            Dated(text="", start=a, end=b, value="", granularity="day", basis="explicit")
            for a, b in dates
        ),
    )  # fmt: skip
    shown = "".join(words for _, _, words in said(article))
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text)
