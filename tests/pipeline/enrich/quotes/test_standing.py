"""standing: who he, she, the minister and the board are."""

from __future__ import annotations

import pytest

from pipeline.enrich.paragraphs import paragraphs
from pipeline.enrich.quotes.resolve import Cast
from schemas.enriched import Label
from tests.pipeline.enrich.quotes.conftest import Read, Told

MENTIONS: dict[str, tuple[Label, str]] = {
    "Moor": ("PERSON", "Ada Moor"),
    "Vale": ("PERSON", "Jan Vale"),
    "Northern_Trade_Board": ("ORG", "Northern Trade Board"),
}


def name(read: Read, told: Told, text: str, who: str) -> str:
    """Return the name that the last *who* in *text* stands for."""
    row = read(text)
    cast = Cast(told(text, **MENTIONS), row, [start for start, _ in paragraphs(text)])
    start = text.rindex(who)
    return cast.name((row.at(start), row.at(start + len(who))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moor came.\n\nShe spoke: she", "Ada Moor"),
        ("Moor met Vale. It rained: she", "Ada Moor"),
        ("It rained on Moor and on Vale: she", "she"),
        ("It rained on Ms. Moor and on Mr. Vale: he", "Jan Vale"),
        ("Moor came.\n\nIt rained.\n\nIt snowed: she", "she"),
        ('"Moor lied," came a voice: she', "she"),
    ],
)
def test_a_pronoun_is_who_acted_last_or_the_only_one(
    read: Read, told: Told, text: str, expected: str
) -> None:
    """Within two paragraphs and outside of marks; two of like standing are left alone."""
    assert name(read, told, text, text.rsplit(maxsplit=1)[-1]) == expected


@pytest.mark.parametrize(
    ("text", "who", "expected"),
    [
        ("Finance minister Moor met Vale. So says the minister", "the minister", "Ada Moor"),
        ("Vale, the pilot, met Moor. So says the pilot", "the pilot", "Jan Vale"),
        ("The pilot of the late ferry, Vale, met Moor. So says the pilot", "the pilot", "Jan Vale"),
        ("Moor met Vale. So says the minister", "the minister", "the minister"),
        ("Minister Moor met minister Vale. So says the minister", "the minister", "the minister"),
        ("The Northern Trade Board met. So says the board", "the board", "Northern Trade Board"),
        ("Moor, of the debate, left. So says the debate", "the debate", "the debate"),
    ],
)
def test_an_office_is_whose_name_it_stands_beside(
    read: Read, told: Told, text: str, who: str, expected: str
) -> None:
    """One holder alone is known by the office; a thing is nobody."""
    assert name(read, told, text, who) == expected
