"""forget: what it asks for before anything is deleted; tests/live/test_forget.py does the rest."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from pipeline.index.takedown import Found
from pipeline.stream import takedown
from pipeline.stream.takedown import Held, Wanted, all_of, wanted
from schemas import Forgotten, address_id

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _there(monkeypatch: pytest.MonkeyPatch) -> None:
    """One article is in the index; whoever deletes it is wrong here."""
    found = Found("articles-v1", "id1", 7, "gazette", "Rain \x1b[31m")
    monkeypatch.setattr(takedown, "held", lambda *_args: Held((found,), ()))
    monkeypatch.setattr(takedown.Takedown, "forget", None)


@pytest.mark.parametrize(
    "args",
    [[], ["--list", "--again"], ["id1", "--list"], ["--undo"], ["id1", "--again"]],
)
def test_what_makes_no_sense_is_a_wrong_use(newsmill: Any, args: list[str]) -> None:
    """Nothing is guessed where something would be deleted."""
    assert newsmill("forget", *args).code == 2


def test_a_dry_run_shows_what_is_there(newsmill: Any) -> None:
    """Headline, source and index; a headline cannot paint the terminal."""
    ended = newsmill("forget", "id1", "--dry-run")
    assert (ended.code, ended.out) == (0, "id1  gazette  Rain \\x1b[31m\n    in articles-v1\n")


def test_without_yes_somebody_must_answer(newsmill: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that cannot answer is told; a no changes nothing."""
    assert newsmill("forget", "id1").code == 2
    monkeypatch.setattr("pipeline.cli.forget.confirmed", lambda _question, yes: yes)
    ended = newsmill("forget", "id1")
    assert (ended.code, ended.out.splitlines()[-1]) == (1, "nothing was changed")


@pytest.mark.parametrize(
    ("given", "address"),
    [("https://gazette.test/1", True), ("HTTP://gazette.test", True), ("3f1c", False),
     ("gazette.test/1", False), ("https://", False), ("http://[::1", False), ("ftp://a/b", False)],
)  # fmt: skip
def test_an_address_has_a_scheme_and_a_host(given: str, address: bool) -> None:
    """All else is an id."""
    assert wanted([given]) == (Wanted(urls=(given,)) if address else Wanted(ids=(given,)))


def test_all_that_is_forgotten_is_ids_and_addresses() -> None:
    """The tombstone of an address names no id."""
    url = "https://gazette.test/1"
    records = [Forgotten(id="a", url=url, at=NOON), Forgotten(id=address_id(url), url=url, at=NOON),
               Forgotten(id="b", at=NOON)]  # fmt: skip
    assert all_of(records) == Wanted(ids=("a", "b"), urls=(url,))
