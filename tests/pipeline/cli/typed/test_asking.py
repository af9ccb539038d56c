"""asking: who it is, and whether they mean it."""

from __future__ import annotations

import pytest

from pipeline.cli.typed.asking import confirmed, somebody


def test_whoever_runs_it_has_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user of a container that the system does not know goes by its number."""
    monkeypatch.setenv("LOGNAME", "anna")
    assert somebody() == "anna"

    def unknown() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr("getpass.getuser", unknown)
    assert somebody().startswith("user ")


def test_whoever_said_yes_is_not_asked() -> None:
    """A program need not answer questions."""
    assert confirmed("Really?", yes=True)
