"""letters: which of them are meant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pipeline.stream.letters import Choice, is_older
from schemas import DeadLetter

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
LETTER = DeadLetter(
    id="a", name="a:1", stage="clean", reason="no_text", at=NOON, source="gazette",
    code_version="0.0.9",
)  # fmt: skip


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ({}, True),
        ({"ids": frozenset({"a"})}, True),
        ({"ids": frozenset({"a:1", "z"})}, True),
        ({"ids": frozenset({"z"})}, False),
        ({"reason": "no_text", "stage": "clean", "source": "gazette"}, True),
        ({"reason": "no_text", "stage": "enrich"}, False),
        ({"source": "herald"}, False),
        ({"since": NOON}, True),
        ({"since": NOON + timedelta(seconds=1)}, False),
        ({"until": NOON}, False),
        ({"until": NOON + timedelta(seconds=1)}, True),
    ],
)
def test_a_choice_takes_what_is_all_it_asks_for(given: dict[str, Any], taken: bool) -> None:
    """By id or by name; everything that is given must hold."""
    assert Choice(**given).takes(LETTER) == taken


@pytest.mark.parametrize(
    ("version", "older"),
    [("0.9", True), ("1.2", True), ("1.2.9", True), ("1.10.0", False), ("1.10.1", False),
     ("2", False), ("", False), ("?", False), ("0+uninstalled", True), ("1.x", False)],
)  # fmt: skip
def test_versions_are_compared_as_numbers(version: str, older: bool) -> None:
    """1.9 comes before 1.10; what is no version is not older than anything."""
    assert is_older(version, "1.10.0") == older


def test_a_folder_that_was_never_installed_is_newer_than_any_release() -> None:
    """Whoever runs it mends something, so what a release gave up is worth another try."""
    assert is_older("1.10.0", "0+uninstalled")
    assert not is_older("0+uninstalled", "0+uninstalled")
