"""dead: what was given up, why, what to do about it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from pipeline.cli.dead import WHAT_TO_DO
from pipeline.stream import letters as reading
from pipeline.stream import receipts, replay
from pipeline.stream.letters import Choice
from pipeline.stream.replay import Replayed
from schemas import DeadLetter, ErrorType

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def letter(id_: str, **changes: Any) -> DeadLetter:
    """Return a dead letter of the clean stage."""
    known = {"stage": "clean", "reason": "no_text", "at": NOON, "topic": "articles.raw"}
    return DeadLetter(
        id=id_, **{"name": f"{id_}:1", "message": "the body is empty", **known, **changes}
    )


LETTERS = [
    letter("a", source="gazette"),
    letter("b", attempts=3, truncated=True, offset=7),
    letter("c", stage="index", reason="refused", topic="articles.enriched", source="gazette"),
]


@pytest.fixture
def done() -> list[str]:
    """What was sent or resolved."""
    return []


@pytest.fixture(autouse=True)
def _kafka(monkeypatch: pytest.MonkeyPatch, done: list[str]) -> None:
    """Stand in for Kafka: these letters are unresolved, and the whole of `b` is gone."""

    def chosen(_settings: object, choice: Choice) -> list[DeadLetter]:
        return [one for one in LETTERS if choice.takes(one)]

    def held(_settings: object, letters: list[DeadLetter]) -> list[DeadLetter]:
        return [one.model_copy(update={"record": b'{"id": "\xff"}'}) for one in letters]

    def send(_settings: object, letters: list[DeadLetter], told: Any, into: str, pace: Any) -> None:
        for one in letters:
            target, problem = replay.target_of(one, into)
            told(Replayed(one.id, target, problem))
            done.extend([] if problem else [f"{one.id} {target} {pace.rate}"])

    def settle(_settings: object, letters: list[DeadLetter], decision: Any, told: Any) -> int:
        for one in letters:
            told(one)
            done.append(f"{one.id} {decision.reason}: {decision.why}")
        return len(letters)

    monkeypatch.setattr(reading, "letters", chosen)
    monkeypatch.setattr(reading, "with_records", held)
    monkeypatch.setattr(replay, "replay", send)
    monkeypatch.setattr(receipts, "settle", settle)


def test_every_reason_has_its_remedy() -> None:
    """Whatever the reason, the operator is told what to do."""
    assert set(get_args(ErrorType)) == set(WHAT_TO_DO)


def test_list_groups_and_says_what_to_do(newsmill: Any) -> None:
    """Each reason, stage and source has a line with its number, each reason its remedy."""
    ended = newsmill("dead", "list")
    assert ended.code == 0
    rows = [line.split()[:4] for line in ended.out.splitlines()]
    assert ["1", "no_text", "clean", "gazette"] in rows
    assert ["1", "no_text", "clean", "?"] in rows
    assert ["1", "refused", "index", "gazette"] in rows
    assert ended.out.splitlines()[-3:] == [
        f"no_text: {WHAT_TO_DO['no_text']}", f"refused: {WHAT_TO_DO['refused']}", "3 unresolved",
    ]  # fmt: skip


def test_list_can_tell_each(newsmill: Any) -> None:
    """A letter has its id, how often it was tried, and the error in words."""
    told = newsmill("dead", "list", "--each", "--stage", "clean").out
    assert "b  unknown source  clean  no_text  3 tries  2026-11-01 12:00\n" in told
    assert "    the body is empty\n" in told


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ([], ["a", "b", "c"]),
        (["--reason", "no_text"], ["a", "b"]),
        (["--stage", "index"], ["c"]),
        (["--source", "gazette"], ["a", "c"]),
        (["--stage", "index", "--reason", "no_text"], []),
        (["--since", "2026-11-02"], []),
        (["--until", "2026-11-02"], ["a", "b", "c"]),
        (["--until", "2026-11-01T12:00Z"], []),
    ],
)
def test_list_can_be_narrowed(newsmill: Any, options: list[str], ids: list[str]) -> None:
    """By reason, stage, source and time; as JSON it holds everything but the record."""
    rows = json.loads(newsmill("dead", "list", "--json", *options).out)
    assert [row["id"] for row in rows] == ids
    assert all("record" not in row for row in rows)


def test_show_prints_the_record_as_it_came(newsmill: Any) -> None:
    """Error, attempts, what to do, and the bytes, also where they are no text."""
    ended = newsmill("dead", "show", "b")
    assert ended.code == 0
    assert WHAT_TO_DO["no_text"] in ended.out
    assert ended.out.endswith('\n\n{"id": "\N{REPLACEMENT CHARACTER}"}\n\n')
    (told,) = json.loads(newsmill("dead", "show", "b:1", "--json").out)
    assert (told["attempts"], told["what_to_do"]) == (3, WHAT_TO_DO["no_text"])


def test_show_of_one_that_is_not_there_is_1(newsmill: Any) -> None:
    """It may be resolved by now."""
    ended = newsmill("dead", "show", "z")
    assert (ended.code, ended.out) == (1, "no unresolved dead letter has the id 'z'\n")


def test_replay_sends_what_was_chosen_into_the_second_lane(newsmill: Any, done: list[str]) -> None:
    """Live news never waits for it; it says that resolving comes later, and who works there."""
    ended = newsmill("dead", "replay", "--reason", "refused", "--rate", "5")
    assert (ended.code, done) == (0, ["c articles.enriched.backfill 5.0"])
    assert ended.out.splitlines() == [
        "c sent to articles.enriched.backfill",
        "1 of 1 sent again; each is resolved when its record has ended",
        "workers of the lane backfill take them: newsmill stream clean --lane backfill",
    ]


@pytest.mark.parametrize("lane", ["live", "same"])
def test_replay_can_take_the_lane_of_live_news(newsmill: Any, done: list[str], lane: str) -> None:
    """For a few letters that are wanted now."""
    assert newsmill("dead", "replay", "a", "--lane", lane).code == 0
    assert done == ["a articles.raw 0.0"]


def test_replay_of_what_cannot_be_sent_is_1(newsmill: Any, done: list[str]) -> None:
    """The others are sent all the same, and each says what became of it."""
    ended = newsmill("dead", "replay", "a", "b", "--json")
    assert (ended.code, done) == (1, ["a articles.raw.backfill 0.0"])
    told = {row["id"]: row["problem"] for row in json.loads(ended.out)}
    assert told["a"] == ""
    assert "articles.raw, partition -1, offset 7" in told["b"]


def test_replay_of_nothing_is_1(newsmill: Any, done: list[str]) -> None:
    """Whoever mistyped an id must not believe that it was sent."""
    ended = newsmill("dead", "replay", "z")
    assert (ended.code, done) == (1, [])
    assert ended.out == "no unresolved dead letter has the id 'z'\n"


def test_a_dry_run_sends_nothing(newsmill: Any, done: list[str]) -> None:
    """It only says what would go where."""
    ended = newsmill("dead", "replay", "--dry-run")
    assert (ended.code, done) == (0, [])
    assert ended.out.splitlines()[0] == "a would go to articles.raw.backfill"
    assert ended.out.splitlines()[-1] == "3 of 3 would be sent"


def test_resolve_writes_receipts(newsmill: Any, done: list[str]) -> None:
    """The words of whoever did it go into them."""
    ended = newsmill("dead", "resolve", "a", "--why", "a gallery", "--yes")
    assert (ended.code, done) == (0, ["a resolved: a gallery"])
    assert "receipt" in ended.out


def test_purge_takes_all_that_are_chosen(newsmill: Any, done: list[str]) -> None:
    """By reason, stage, source or age."""
    assert newsmill("dead", "purge", "--reason", "no_text", "--yes").code == 0
    assert done == ["a purged: ", "b purged: "]


@pytest.mark.parametrize("command", [("resolve", "a"), ("purge",)])
def test_nobody_to_ask_is_a_wrong_use(newsmill: Any, done: list[str], command: Any) -> None:
    """What cannot be undone is asked for; without a terminal it needs --yes."""
    ended = newsmill("dead", *command)
    assert (ended.code, done) == (2, [])
    assert "--yes" in ended.err


def test_a_no_changes_nothing(
    newsmill: Any, done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked whether to go on, the default is no."""
    monkeypatch.setattr("pipeline.cli.dead.confirmed", lambda _question, yes: yes)
    ended = newsmill("dead", "purge")
    assert (ended.code, done) == (1, [])
    assert ended.out.endswith("nothing was changed\n")


def test_resolving_what_is_not_there_is_1(newsmill: Any) -> None:
    """It may be resolved by now."""
    assert newsmill("dead", "resolve", "z", "--yes").code == 1
    assert newsmill("dead", "purge", "--source", "nobody", "--yes").code == 1
