"""entities: what is found stands where the record says, trimmed to the name."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.enrich.entities import Span, apart, trimmed
from pipeline.stage import Stage
from schemas import CleanArticle, EnrichedArticle

NEWS = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            ["President Ada Moor's", "Kyiv", "$5 million", "on Friday", "the U.N.", "\n\n", "'s",
             "Ukrainians", "\U0001f600", "e\u0301", "(ONT)", "Moors plan", "\u202e", "\x00", "\r\n"]
        ),
    ),
    max_size=20,
).map(" ".join)  # fmt: skip


def enriched(stage: Stage, text: str, headline: str = "") -> EnrichedArticle:
    """Return what the stage makes of an English text."""
    article = CleanArticle(id="1", text=text, headline=headline, language="en")
    record = stage.run(article)
    assert isinstance(record, EnrichedArticle)
    return record


@settings(max_examples=150, deadline=None)
@given(NEWS, NEWS)
def test_offsets_point_at_the_words(fast: Stage, text: str, headline: str) -> None:
    """Whatever the text is, each mention is its words, in order, and none lies over another."""
    record = enriched(fast, text, headline)
    assert (record.text, record.headline) == (text, headline)
    for field, whole in (("headline", headline), ("text", text)):
        found = [entity for entity in record.entities if entity.field == field]
        assert [whole[entity.start : entity.end] for entity in found] == [e.text for e in found]
        assert all(one.end <= two.start for one, two in pairwise(found))
        assert all(entity.name.strip() for entity in found)
    assert all(text[start:end].strip() for start, end in record.sentences)


def test_offsets_count_code_points(fast: Stage) -> None:
    """A picture character before a name moves it by one, however many bytes it takes."""
    record = enriched(fast, "\U0001f600\U0001f600 Kyiv said no.")
    assert [(entity.text, entity.start) for entity in record.entities] == [("Kyiv", 3)]


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("Mr. Jan Vale", "PERSON", "Jan Vale"),
        ("vice president Ada Moor\u2019s", "PERSON", "Ada Moor"),
        ("Northern Trade Union's", "ORG", "Northern Trade Union"),
        ('"Kyiv",', "GPE", "Kyiv"),
        ("Sirius Black", "PERSON", "Sirius Black"),
        ("5 o'clock", "TIME", "5 o'clock"),
    ],
)
def test_a_mention_is_trimmed_to_the_name(text: str, label: str, expected: str) -> None:
    """Title, possessive and quotation marks are no part of a name."""
    span = trimmed(text, Span(0, len(text), label))
    assert span is not None
    assert text[span.start : span.end] == expected


def test_what_is_only_a_possessive_is_nothing() -> None:
    """A mention with no name in it is left out."""
    assert trimmed("\u2019s", Span(0, 2, "ORG")) is None


def test_a_rule_wins_over_a_model_that_found_as_much() -> None:
    """Of two findings of the same length the rule's stays."""
    model, rule = Span(0, 4, "ORG"), Span(0, 4, "MONEY", ruled=True)
    assert apart([model, rule]) == [rule]


def test_countries_that_the_model_missed_are_found(fast: Stage) -> None:
    """Countries and peoples of the gazetteer are found in any sentence."""
    record = enriched(fast, "tuvalu no, Tuvalu yes; Malians too.")
    found = {(entity.text, entity.label, entity.country) for entity in record.entities}
    assert found == {("Tuvalu", "GPE", "TUV"), ("Malians", "NORP", "MLI")}
