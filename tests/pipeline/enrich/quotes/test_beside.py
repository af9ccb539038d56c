"""beside: the verb and the speaker next to a quotation."""

from __future__ import annotations

import pytest

from pipeline.enrich.paragraphs import paragraphs
from pipeline.enrich.quotes.beside import said_after, said_before
from pipeline.enrich.quotes.marks import marked
from tests.pipeline.enrich.quotes.conftest import Read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We won," Ada Moor said.', ("Ada Moor", "said")),
        ('"We won," said Ada Moor, the minister.', ("Ada Moor", "said")),
        ('"We won," Moor, who leads the board, told reporters.', ("Moor", "told")),
        ('"Did we win?" she asked.', ("she", "asked")),
        ("'We won', said the mayor.", ("the mayor", "said")),
        ('"We won." Moor said nothing else.', None),
    ],
)
def test_what_follows_a_quotation(read: Read, text: str, expected: tuple[str, str] | None) -> None:
    """Speaker and verb in either order, unless the quotation ended its sentence."""
    row = read(text)
    found = said_after(row, marked(text, paragraphs(text))[0])
    assert (found and tuple(row.between(*part) for part in found if part)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Moor said: "We won."', ("Moor", "said")),
        ('Ada Moor told reporters in Kyiv, "We won."', ("Ada Moor", "told")),
        ('The letter: "We won."', ("The letter", ":")),
        ('Moor said it at the "Harbour Ball" in Kyiv.', None),
    ],
)
def test_what_leads_to_a_quotation(read: Read, text: str, expected: tuple[str, str] | None) -> None:
    """A verb right before it, or one before a comma or colon."""
    row = read(text)
    begin = row.at(marked(text, paragraphs(text))[0].start)
    found = said_before(row, begin, 0)
    assert (found and tuple(row.between(*part) for part in found if part)) == expected
