"""quotes: the quotations of an article, as they stand on the record."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.enrich.gazetteer import Gazetteer
from pipeline.enrich.language_model import Reading
from pipeline.enrich.quotes import find
from pipeline.stage import Stage
from schemas import CleanArticle, EnrichedArticle
from schemas.enriched import Quote
from tests.pipeline.enrich.quotes.conftest import Told

TEXT = (
    "Trade minister Ada Moor met the pilots in Port Velora on Monday.\n\n"
    "“We shall rebuild the harbour,” she said. “It will take a year.\n\n"
    "“Nobody will lose work.”\n\n"
    "The plan was “too slow by far,” Jan Vale, a pilot, told the Velora Times.\n\n"
    "He said that the board had known about the silt since May."
)
MENTIONS = {
    "Ada_Moor": ("PERSON", "Ada Moor"),
    "Jan_Vale": ("PERSON", "Jan Vale"),
    "Velora_Times": ("ORG", "Velora Times"),
}
Find = Callable[..., tuple[Quote, ...]]


@pytest.fixture
def quotes(told: Told, reading: Callable[[str], Reading], known: Gazetteer) -> Find:
    """Return the quotations of a text read without a model."""

    def found(text: str, **mentions: tuple[str, str]) -> tuple[Quote, ...]:
        record: tuple[Quote, ...] = find(told(text, **mentions), reading(text), known)["quotes"]
        return record

    return found


def test_direct_mixed_and_retold_ones_are_told_apart(quotes: Find) -> None:
    """Each has its speaker as written and by name, and its cue."""
    found = quotes(TEXT, **MENTIONS)
    assert [
        (one.kind, one.speaker and (one.speaker.text, one.speaker.name), one.cue) for one in found
    ] == [
        ("direct", ("she", "Ada Moor"), "said"),
        ("mixed", ("Jan Vale", "Jan Vale"), "told"),
        ("indirect", ("He", "Jan Vale"), "said"),
    ]


def test_a_quotation_that_is_broken_off_has_its_parts(quotes: Find) -> None:
    """Its offsets are their hull, over paragraphs too."""
    first = quotes(TEXT, **MENTIONS)[0]
    assert [TEXT[start:end] for start, end in first.spans] == [
        "“We shall rebuild the harbour,”",
        "“It will take a year.\n\n“Nobody will lose work.”",
    ]
    assert (first.start, first.end) == (first.spans[0][0], first.spans[1][1])


def test_a_quotation_of_its_own_goes_to_who_spoke_before(quotes: Find) -> None:
    """In the next paragraph, where nobody else is named."""
    text = "“We lost the harbour,” Moor said.\n\n“But nobody was hurt in the storm at all.”"
    found = quotes(text, Moor=("PERSON", "Ada Moor"))
    assert [one.speaker and one.speaker.name for one in found] == ["Ada Moor", "Ada Moor"]


def test_nothing_is_looked_for_where_no_model_reads(
    told: Told, reading: Callable[[str], Reading], known: Gazetteer
) -> None:
    """The record says so elsewhere."""
    article = told(TEXT).model_copy(update={"annotated": False})
    assert find(article, reading(TEXT), known) == {"quotes": ()}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.text(alphabet="aT .,:\n\"'“”‘’", max_size=60), st.sampled_from(["", "he said", "said Moor"])
)
def test_offsets_point_at_the_words(quotes: Find, text: str, told_by: str) -> None:
    """Whatever the text, a quotation is what stands between its offsets, and none overlap."""
    whole = f"{text}{told_by}{text}, {told_by} {text}"
    found = quotes(whole)
    assert [one.text for one in found] == [whole[one.start : one.end] for one in found]
    edges = [edge for one in found for edge in (one.start, one.end)]
    assert edges == sorted(edges)


@pytest.mark.parametrize("setting", ["fast", "accurate"])
def test_both_settings_find_who_says_what(setting: str, request: pytest.FixtureRequest) -> None:
    """With the shipped models the plain cases are the same."""
    stage: Stage = request.getfixturevalue(setting)
    record = stage.run(CleanArticle(id="1", text=TEXT, language="en"))
    assert isinstance(record, EnrichedArticle)
    assert [(one.kind, one.speaker and one.speaker.name) for one in record.quotes] == [
        ("direct", "Ada Moor"),
        ("mixed", "Jan Vale"),
        ("indirect", "Jan Vale"),
    ]
