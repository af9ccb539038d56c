"""find: the dates of headline and text are on the record, with offsets into each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from pipeline.enrich.dates.find import find
from pipeline.enrich.gazetteer import Gazetteer
from pipeline.enrich.language_model import Reading
from schemas import Dated, EnrichedArticle

TEXT = "The ferry sank on Thursday. A second one sank in 2019."


def found(known: Gazetteer, published: datetime, language: str = "en") -> tuple[Dated, ...]:
    """Return the dates of an article."""
    article = EnrichedArticle(
        id="1", headline="Ferry sank yesterday", text=TEXT, language=language,
        published_at=published, sentences=((0, 27), (28, 54)),
    )  # fmt: skip
    dates: tuple[Dated, ...] = find(article, Reading((), ""), known)["dates"]
    return dates


def test_both_fields_are_read(known: Gazetteer) -> None:
    """Offsets point into the field that is named, and the words stand there."""
    headline, text, explicit = found(known, datetime(2022, 2, 11, tzinfo=UTC))
    assert (headline.field, headline.start, headline.value) == ("headline", 11, "2022-02-10")
    assert (text.field, TEXT[text.start : text.end], text.value) == (
        "text", "Thursday", "2022-02-10",
    )  # fmt: skip
    assert (explicit.value, explicit.granularity, explicit.basis) == ("2019", "year", "explicit")


def test_the_day_is_that_of_the_zone(known: Gazetteer) -> None:
    """Late on Thursday in the paper's own zone is still Thursday."""
    zone = timezone(timedelta(hours=-5))
    headline, *_ = found(known, datetime(2022, 2, 10, 23, 30, tzinfo=zone))
    assert headline.value == "2022-02-09"


def test_another_language_has_no_dates(known: Gazetteer) -> None:
    """The rules know English words only."""
    assert found(known, datetime(2022, 2, 11, tzinfo=UTC), "de") == ()
