"""of_event: an event takes the date beside its words, in its own sentence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.enrich.dates.find import find
from pipeline.enrich.dates.of_event import date_of
from pipeline.enrich.gazetteer import Gazetteer
from pipeline.enrich.language_model import Reading
from schemas import EnrichedArticle

FRIDAY = datetime(2022, 2, 11, tzinfo=UTC)


def dated(text: str, event: str, known: Gazetteer) -> str | None:
    """Return the value of the date that the words *event* take in a text of short sentences."""
    ends = [at + 1 for at, char in enumerate(text) if char == "."]
    sentences = tuple(zip([0, *ends[:-1]], ends, strict=True))
    article = EnrichedArticle(
        id="1", text=text, language="en", published_at=FRIDAY, sentences=sentences
    )
    dates = find(article, Reading((), ""), known)["dates"]
    start = text.index(event)
    found = date_of(start, start + len(event), dates, sentences, text)
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "event", "value"),
    [
        ("Rebels took the town on Monday.", "took", "2022-02-07"),
        ("On Monday rebels took the town.", "took", "2022-02-07"),
        ("Rebels took the town on Monday and left it on Wednesday.", "left", "2022-02-09"),
        ("Rebels took the town in 2019.", "took", "2019"),
        ("Rebels took the town, an officer said on Monday.", "took", None),
        ("Rebels took the town, an officer said on Monday.", "said", "2022-02-07"),
        ("An officer said on Monday that rebels took the town on Tuesday.", "took", "2022-02-08"),
        ("Rebels took the town. It was Monday.", "took", None),
        ("Rebels now hold the town they took.", "took", None),
        ("Rebels took the town in the 1990s.", "took", None),
    ],
)
def test_an_event_takes_the_nearest_date_of_its_sentence(
    text: str, event: str, value: str | None, known: Gazetteer
) -> None:
    """A date of a saying, a vague or very coarse one, or another sentence's, is not taken."""
    assert dated(text, event, known) == value
