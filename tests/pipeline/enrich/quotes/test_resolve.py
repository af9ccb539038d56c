"""resolve: whom the words of a speaker stand for."""

from __future__ import annotations

import pytest

from pipeline.enrich.paragraphs import paragraphs
from pipeline.enrich.quotes.resolve import Cast
from tests.pipeline.enrich.quotes.conftest import Read, Told


def name(read: Read, told: Told, text: str, who: str, **mentions: tuple[str, str]) -> str:
    """Return the name that the last *who* in *text* stands for."""
    row = read(text)
    cast = Cast(told(text, **mentions), row, [start for start, _ in paragraphs(text)])
    start = text.rindex(who)
    return cast.name((row.at(start), row.at(start + len(who))))


MOOR = ("PERSON", "Ada Moor")
VALE = ("PERSON", "Jan Vale")
BOARD = ("ORG", "Northern Trade Board")


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("Moor", "Ada Moor"),
        ("Moor and Vale", "Moor and Vale"),
        ("a neighbour of Moor", "a neighbour of Moor"),
        ("Moor of the Northern Trade Board", "Ada Moor"),
        ("the Northern Trade Board", "Northern Trade Board"),
    ],
)
def test_a_name_counts_where_it_is_the_head(
    read: Read, told: Told, who: str, expected: str
) -> None:
    """Not what is said of somebody else, and not one of two."""
    mentions = {"Moor": MOOR, "Vale": VALE, "Northern_Trade_Board": BOARD}
    assert name(read, told, f"It rains, {who}", who, **mentions) == expected


def test_and_within_a_name_joins_nobody(read: Read, told: Told) -> None:
    """A body's own name may hold one."""
    mentions = {"Board_of_Ports_and_Docks": ("ORG", "Board of Ports and Docks")}
    text = "So says the Board of Ports and Docks"
    assert name(read, told, text, "the Board of Ports and Docks", **mentions) == (
        "Board of Ports and Docks"
    )


def test_a_name_right_after_the_phrase_counts(read: Read, told: Told) -> None:
    """What a comma sets beside an office is who holds it."""
    text = "So says the mayor of Velora, Moor, in May"
    assert name(read, told, text, "the mayor of Velora", Moor=MOOR) == "Ada Moor"


def test_a_body_is_never_he(read: Read, told: Told) -> None:
    """Who spoke last counts for a pronoun if it is a person."""
    text = "Moor met the Northern Trade Board. It rained: she"
    row = read(text)
    mentions = {"Moor": MOOR, "Northern_Trade_Board": BOARD}
    cast = Cast(told(text, **mentions), row, [0])
    assert cast.name((2, 6)) == "Northern Trade Board"
    assert cast.name((row.at(text.rindex("she")), len(row.lower))) == "Ada Moor"
