"""repeats: what is named once is found wherever it surely means the same."""

from __future__ import annotations

import pytest

from pipeline.enrich.acronyms import LongForm
from pipeline.enrich.repeats import repeats, stands_alone
from schemas import EnrichedArticle, Entity


def test_a_long_form_and_its_acronym_are_found() -> None:
    """Both, wherever nobody found them, in headline and text."""
    article = EnrichedArticle(
        id="1", headline="NTB votes", text="The Northern Trade Board sat; the NTB voted."
    )
    acronyms = {"NTB": LongForm("Northern Trade Board", "ORG")}
    found = [(one.text, one.field, one.label) for one in repeats(article, (), acronyms)]
    assert found == [
        ("NTB", "headline", "ORG"), ("Northern Trade Board", "text", "ORG"), ("NTB", "text", "ORG"),
    ]  # fmt: skip


def test_what_is_taken_is_left() -> None:
    """Nothing is found over another mention."""
    whole = Entity(text="Ada Moor Prize", label="EVENT", start=0, end=14, name="Ada Moor Prize")
    person = Entity(text="Ada Moor", label="PERSON", start=16, end=24, name="Ada Moor")
    article = EnrichedArticle(id="1", text="Ada Moor Prize: Ada Moor won. Ada Moor Prize.")
    assert [one.text for one in repeats(article, (whole, person), {})] == ["Ada Moor Prize"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("then Moor left", True),
        ("Moor left", True),
        ("It was Friday. Moor left", True),
        ("J. Moor left", False),
        ("President Moor left", True),
        ("Tom Moor left", False),
        ("Moor Street", False),
    ],
)
def test_a_surname_is_no_part_of_another_name(text: str, expected: bool) -> None:
    """A capital beside it says that it is, but for a title."""
    at = text.index("Moor")
    assert stands_alone(text, at, at + 4) is expected
