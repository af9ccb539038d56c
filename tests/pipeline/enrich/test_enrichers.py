"""enrichers: the stage gives one answer for one article, and takes its text as it is."""

from __future__ import annotations

import pytest

from pipeline.enrich import ENRICHERS, check_needs
from pipeline.stage import Done, Stage, run_through
from schemas import GENERATION, CleanArticle, EnrichedArticle

MEETING = (
    "President Ada Moor met the Northern Trade Board (NTB) in Kyiv on Friday.\n\n"
    "Moor offered $3.5 billion; the NTB wanted more, Jan Vale of the Velora Times wrote."
)
ARTICLES = (
    MEETING,
    "Two Swedish trawlers sank off Gotland. The crews, nine men from Malm\u00f6, are safe.",
    "Shares of Harbour Freight fell 12% in London after Georgia and Ukraine closed their ports.",
)


def article(text: str, language: str | None = "en") -> CleanArticle:
    """Return a clean article of *text*."""
    return CleanArticle(id="1", text=text, language=language)


def enriched(stage: Stage, text: str, language: str | None = "en") -> EnrichedArticle:
    """Return what *stage* makes of *text*."""
    record = stage.run(article(text, language))
    assert isinstance(record, EnrichedArticle)
    return record


def test_an_article_comes_out_annotated(accurate: Stage) -> None:
    """People, bodies, places, countries and the versions that found them are on the record."""
    record = enriched(accurate, ARTICLES[0])
    assert record.annotated
    assert record.notes == ()
    assert record.people == ("Ada Moor", "Jan Vale")
    assert record.organisations[0] == "Northern Trade Board"
    assert record.places == ("Kyiv",)
    assert record.countries == ("UKR",)
    assert [place.name for place in record.locations] == ["Kyiv"]
    assert record.models["language_model"] == "news_parser 1"
    assert record.models["gazetteer"].startswith("0.")


def test_a_record_says_which_weights_found_its_names(fast: Stage, accurate: Stage) -> None:
    """An encoder finds them in the accurate setting, the pipeline's own network in the fast one."""
    found = [enriched(stage, ARTICLES[0]) for stage in (fast, accurate)]
    assert ["entities" in record.models for record in found] == [False, True]
    assert found[1].models["entities"].startswith("entities ")
    assert set(found[0].people) & set(found[1].people)


def test_an_answer_depends_on_its_article_alone(accurate: Stage) -> None:
    """Read first, last, alone or again, an article gives the same bytes."""
    forward = [enriched(accurate, text).to_bytes() for text in ARTICLES]
    backward = [enriched(accurate, text).to_bytes() for text in reversed(ARTICLES)]
    assert forward == backward[::-1]


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\u200b"])
def test_an_empty_text_is_no_error(fast: Stage, text: str) -> None:
    """A text with no words comes out as it is, with nothing in it."""
    record = enriched(fast, text)
    assert record.text == text
    assert (record.entities, record.people) == ((), ())


def test_another_language_passes_and_says_so(fast: Stage) -> None:
    """An article in a language that no model knows has sentences, no names, and a note."""
    record = enriched(fast, "Herr M\u00fcller kam. Er ging.", "de")
    assert (record.language, record.annotated, record.entities) == ("de", False, ())
    assert len(record.sentences) == 2
    assert record.notes == ("no model for 'de': sentences only",)


def test_what_clean_wrote_stays(fast: Stage) -> None:
    """Every field of the clean article is on the enriched one, and its models too."""
    clean = article("  Ada  Moor won. ").model_copy(
        update={"models": {"cleaner": "1"}, "generation": 7, "pipeline_version": "9.9"}
    )
    record = fast.run(clean).model_dump()
    kept = {name: value for name, value in clean.model_dump().items() if name != "models"}
    assert {name: record[name] for name in kept} == kept
    assert record["models"]["cleaner"] == "1"


def test_what_clean_did_not_write_is_filled_in(fast: Stage) -> None:
    """A record that starts at this stage gets the generation and version of this code."""
    record = enriched(fast, "Hello.")
    assert record.generation == GENERATION
    assert record.pipeline_version


def test_the_record_travels(fast: Stage) -> None:
    """An enriched record is the same after it was written and read."""
    record = enriched(fast, ARTICLES[0])
    assert EnrichedArticle.from_bytes(record.to_bytes()) == record


def test_the_stage_runs_in_a_row_of_stages(fast: Stage) -> None:
    """The plain driver takes the stage as it is."""
    outcomes = list(run_through([fast], [article(text) for text in ARTICLES]))
    assert [type(outcome) for outcome in outcomes] == [Done] * len(ARTICLES)


def test_a_wrong_order_is_told_before_anything_starts() -> None:
    """An enricher before what it needs is an error when the stage is built."""
    with pytest.raises(ValueError, match="'search keys' needs"):
        check_needs(ENRICHERS[::-1])


def test_what_is_no_story_is_not_read(fast: Stage) -> None:
    """An error page comes out as it is, with a note; nothing is looked for in it."""
    page = article(ARTICLES[0]).model_copy(update={"article_kind": "error-page"})
    record = fast.run(page)
    assert isinstance(record, EnrichedArticle)
    assert (record.text, record.entities, record.annotated) == (page.text, (), False)
    assert "error-page" in record.notes[0]
