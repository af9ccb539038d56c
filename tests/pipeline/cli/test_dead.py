"""dead: what was given up, why, what to do about it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from pipeline.cli.dead import WHAT_TO_DO
from pipeline.stream import replay
from pipeline.stream.replay import Replayed
from schemas import DeadLetter, ErrorType

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def letter(id_: str, **changes: Any) -> DeadLetter:
    """Return a dead letter of the clean stage."""
    known = {"stage": "clean", "reason": "no_text", "at": NOON, "topic": "articles.raw"}
    record = DeadLetter(id=id_, message="the body is empty", **{**known, **changes})
    return record.model_copy(update={"record": b'{"id": "\xff"}'})


LETTERS = {
    one.id: one
    for one in (
        letter("a"), letter("b", attempts=3),
        letter("c", stage="index", reason="refused", topic="articles.enriched"),
    )
}  # fmt: skip


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand in for Kafka: these letters are unresolved, and `b` cannot be sent."""
    gone: list[str] = []

    def send(_settings: object, letters: list[DeadLetter], told: Any) -> int:
        for one in letters:
            problem = "only its beginning is held here" if one.id == "b" else ""
            told(Replayed(one.id, "" if problem else one.topic, problem))
            gone.extend([] if problem else [one.id])
        return len(gone)

    monkeypatch.setattr(replay, "unresolved", lambda _settings: LETTERS)
    monkeypatch.setattr(replay, "replay", send)
    return gone


def test_every_reason_has_its_remedy() -> None:
    """Whatever the reason, the operator is told what to do."""
    assert set(get_args(ErrorType)) == set(WHAT_TO_DO)


def test_list_counts_by_reason_and_says_what_to_do(newsmill: Any) -> None:
    """Each letter has a line, each reason a number and a remedy."""
    done = newsmill("dead", "list")
    assert done.code == 0
    assert done.out.splitlines()[-3:] == [
        f"2 x no_text in clean: {WHAT_TO_DO['no_text']}",
        f"1 x refused in index: {WHAT_TO_DO['refused']}",
        "3 unresolved",
    ]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ([], ["a", "b", "c"]),
        (["--reason", "no_text"], ["a", "b"]),
        (["--stage", "index"], ["c"]),
        (["--stage", "index", "--reason", "no_text"], []),
    ],
)
def test_list_can_be_narrowed(newsmill: Any, options: list[str], ids: list[str]) -> None:
    """By reason, by stage, by both; as JSON it holds everything but the record."""
    rows = json.loads(newsmill("dead", "list", "--json", *options).out)
    assert [row["id"] for row in rows] == ids
    assert all("record" not in row for row in rows)


def test_show_prints_the_record_as_it_came(newsmill: Any) -> None:
    """Error, attempts, what to do, and the bytes, also where they are no text."""
    done = newsmill("dead", "show", "b")
    assert done.code == 0
    assert WHAT_TO_DO["no_text"] in done.out
    assert done.out.endswith('\n\n{"id": "\N{REPLACEMENT CHARACTER}"}\n')
    assert json.loads(newsmill("dead", "show", "b", "--json").out)["attempts"] == 3


def test_show_of_one_that_is_not_there_is_1(newsmill: Any) -> None:
    """It may be resolved by now."""
    done = newsmill("dead", "show", "z")
    assert (done.code, done.out) == (1, "no unresolved dead letter has the id 'z'\n")


def test_replay_sends_what_was_chosen(newsmill: Any, sent: list[str]) -> None:
    """By reason or by id; it says that resolving comes later."""
    done = newsmill("dead", "replay", "--reason", "refused")
    assert (done.code, sent) == (0, ["c"])
    assert done.out.splitlines() == [
        "c sent to articles.enriched",
        "1 of 1 sent again; each is resolved when its record has ended",
    ]


def test_replay_of_what_cannot_be_sent_is_1(newsmill: Any, sent: list[str]) -> None:
    """The others are sent all the same, and each says what became of it."""
    done = newsmill("dead", "replay", "a", "b")
    assert (done.code, sent) == (1, ["a"])
    assert "b only its beginning is held here" in done.out


def test_a_dry_run_sends_nothing(newsmill: Any, sent: list[str]) -> None:
    """It only says what would go where."""
    done = newsmill("dead", "replay", "--dry-run")
    assert (done.code, sent) == (0, [])
    assert done.out.splitlines()[0] == "a would go to articles.raw"
