"""roles: what stands beside a name says what somebody is, and nothing more."""

from __future__ import annotations

import pytest

from pipeline.enrich.roles import cleaned, roles_beside


def roles(text: str, name: str = "Ada Moor") -> list[str]:
    """Return what *text* says that the person is."""
    start = text.index(name)
    spans = roles_beside(text, start, start + len(name))
    return [cleaned(text[first:last]) for first, last in spans]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("President Ada Moor left.", "President"),
        ("Ruritanian Foreign Minister Ada Moor left.", "Ruritanian Foreign Minister"),
        ("the country's prime minister, Ada Moor, left", "the country's prime minister"),
        ("Ruritania\u2019s president Ada Moor left.", "Ruritania\u2019s president"),
        ("It was company spokeswoman Ada Moor.", "company spokeswoman"),
        ("Northern Trade Board chairwoman Dr Ada Moor left.", "Northern Trade Board chairwoman"),
        ("Secretary of State Ada Moor left.", "Secretary of State"),
        ("A spokesperson for the NTB, Ada Moor, left.", "spokesperson for the NTB"),
        ("Ada Moor, president of Ruritania, left.", "president of Ruritania"),
        ("Ada Moor, 45, a farmer from Velora, left.", "farmer from Velora"),
        ("Ada Moor, the company's chief executive, left.", "the company's chief executive"),
        ("Ada Moor, founder and chief executive of Velora Steel, left.",
         "founder and chief executive of Velora Steel"),
        ("Ada Moor, who is the mayor of Velora, left.", "mayor of Velora"),
        ("Ada Moor is the minister of water and energy.", "minister of water and energy"),
        ("Ada Moor, an analyst at Harbour Bank, said it fell.", "analyst at Harbour Bank"),
    ],
)  # fmt: skip
def test_a_role_is_found_whole(text: str, role: str) -> None:
    """Before the name, after it, or by a plain statement."""
    assert roles(text) == [role]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Moor left.",
        "It rained, and Ada Moor left.",
        "The president met Ada Moor in Velora.",
        "Ada Moor, which is a name.",
        "Ada Moor, Jan Vale and others came.",
        "Ada Moor, who swims to the head of the bay, rests.",
        "He told the minister that Ada Moor had left.",
        "Mrs Ada Moor left.",
    ],
)
def test_what_is_no_role_is_left(text: str) -> None:
    """Another person's role, a verb or a form of address is none."""
    assert roles(text) == []
