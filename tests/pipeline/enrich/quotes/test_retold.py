"""retold: what is said without marks."""

from __future__ import annotations

import pytest

from pipeline.enrich.quotes.retold import retold
from tests.pipeline.enrich.quotes.conftest import Parsed, Read


def found(row: object) -> list[tuple[str, str, str]]:
    """Return words, speaker and cue of what is retold."""
    return [
        (row.text[one.start : one.end], row.between(*one.speaker), row.between(*one.cue))  # type: ignore[attr-defined]
        for one in retold(row, set())  # type: ignore[arg-type]
        if one.speaker and one.cue
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moor said that the port was closed.", ("the port was closed", "Moor", "said")),
        ("Moor said on Friday that the port was closed.", ("the port was closed", "Moor", "said")),
        ("She said the port was closed.", ("the port was closed", "She", "said")),
        ("The port is closed, Moor said on Friday.", ("The port is closed", "Moor", "said")),
        ("The port is closed, said Ada Moor.", ("The port is closed", "Ada Moor", "said")),
        (
            "The port is closed, according to the ministry.",
            ("The port is closed", "the ministry", "according to"),
        ),
        (
            "According to Ada Moor, the port is closed.",
            ("the port is closed", "Ada Moor", "According to"),
        ),
    ],
)
def test_patterns_do_without_a_parse(read: Read, text: str, expected: tuple[str, str, str]) -> None:
    """In the fast setting plain words are enough."""
    assert found(read(text)) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "In a statement, Moor said nothing.",
        "Moor said on Friday.",
        "I said that the port was closed.",
        "They stuck to it according as they could.",
    ],
)
def test_where_nothing_is_retold_nothing_is_found(read: Read, text: str) -> None:
    """Circumstances are no content, and the writer is no source."""
    assert found(read(text)) == []


def test_a_parse_gives_the_clause(parsed: Parsed) -> None:
    """Where it ends is not where the sentence ends."""
    tree = [
        (1, "nsubj", "PROPN"), (1, "ROOT", "VERB"), (3, "nsubj", "PRON"), (1, "ccomp", "VERB"),
        (5, "cc", "CCONJ"), (1, "conj", "VERB"),
    ]  # fmt: skip
    assert found(parsed("Moor said they lost and left", tree)) == [("they lost", "Moor", "said")]


def test_a_noun_of_the_same_letters_brings_nothing(parsed: Parsed) -> None:
    """Reports and claims are verbs here."""
    tree = [(1, "nsubj", "PROPN"), (1, "ROOT", "VERB"), (3, "nsubj", "NOUN"), (1, "ccomp", "VERB")]
    assert found(parsed("Moor reads claims fell", tree)) == []
