"""replay: where a record goes again, and how fast."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.stream.replay import AT_ONCE, Pace, target_of
from schemas import DeadLetter

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def letter(topic: str = "articles.raw", **more: object) -> DeadLetter:
    """Return a dead letter of a record that was read in *topic*."""
    known = {"id": "a", "stage": "clean", "reason": "no_text", "at": NOON, "topic": topic}
    return DeadLetter.model_validate({**known, **more})


@pytest.mark.parametrize(
    ("topic", "into", "target"),
    [
        ("articles.raw", "", "articles.raw"),
        ("articles.raw", "backfill", "articles.raw.backfill"),
        ("articles.raw.backfill", "backfill", "articles.raw.backfill"),
        ("articles.enriched.backfill", "live", "articles.enriched"),
        ("articles.clean.backfill", "", "articles.clean.backfill"),
    ],
)
def test_a_record_goes_to_its_topic_in_the_lane_that_is_wanted(
    topic: str, into: str, target: str
) -> None:
    """Without a lane it goes where it came from."""
    assert target_of(letter(topic), into) == (target, "")


@pytest.mark.parametrize("topic", ["", "billing", "__consumer_offsets"])
def test_a_foreign_topic_is_never_written(topic: str) -> None:
    """A letter that somebody forged cannot make us write elsewhere."""
    assert target_of(letter(topic)) == ("", f"it came from {topic!r}, which is no topic of ours")


def test_what_is_only_a_beginning_is_not_sent() -> None:
    """It says where the whole was, or that it never was in Kafka."""
    assert "partition 1, offset 2" in target_of(letter(truncated=1, partition=1, offset=2))[1]
    assert "read again from its source" in target_of(letter(truncated=1))[1]


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def sleep(self, secs: float) -> None:
        self.now += secs


@settings(deadline=None)
@given(st.integers(0, 200), st.floats(0.5, 1000))
def test_no_more_are_sent_than_the_rate_allows(count: int, rate: float) -> None:
    """Every letter comes once, in order; none comes before those ahead of it took their time."""
    clock = Clock()
    pace = Pace(rate, clock.sleep, lambda: clock.now)
    given_at: list[float] = []
    letters = [letter(id=str(number)) for number in range(count)]
    seen: list[DeadLetter] = []
    for batch in pace.batches(iter(letters)):
        given_at += [clock.now] * len(batch)
        seen += batch
    assert seen == letters
    for number, at in enumerate(given_at):
        assert number - min(AT_ONCE, rate + 1) < at * rate + 1e-6
    assert all(one <= other for one, other in pairwise(given_at))


def test_without_a_rate_nobody_waits() -> None:
    """Kafka's answers are pace enough."""

    def never(_secs: float) -> None:
        raise AssertionError("it waited")

    batches = [*Pace(0, never).batches(letter() for _ in range(AT_ONCE + 1))]
    assert [len(batch) for batch in batches] == [AT_ONCE, 1]
