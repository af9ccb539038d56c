"""When each source is asked."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest
import structlog

from connectors import Cursors, SourceRefused, SourceUnavailable, Tools
from connectors.connector import Found
from connectors.round import Tally
from connectors.schedule import Schedule, Turn, backoff, due
from schemas import ServiceUnavailable
from tests.connectors.test_round import Script, story
from tests.contracts.connector_contract import NOW, Kafka


def failing(error: Exception) -> Script:
    """Return a source that fails with *error*."""

    def play() -> Iterator[Found]:
        raise error
        yield

    return Script(id="bad", play=play)


def schedule(tools: Tools, cursors: Cursors, *sources: Script) -> Schedule:
    """Return a schedule of *sources* with a clock that stands still."""
    return Schedule(sources, tools, cursors, Kafka().publish, lambda: NOW, monotonic=lambda: 0.0)


GOOD = Script(id="good", play=lambda: iter([story(1)]))


@pytest.mark.parametrize(
    "error", [SourceUnavailable("away"), SourceRefused("closed"), ZeroDivisionError("bug")]
)
def test_one_bad_source_stops_nobody(tools: Tools, cursors: Cursors, error: Exception) -> None:
    """A source in trouble, or with a bug, is counted and remembered; the others go on."""
    made = schedule(tools, cursors, failing(error), GOOD)
    with structlog.testing.capture_logs() as logs:
        made.once()
    assert (made.tallies["bad"].errors, made.tallies["good"].sent) == (1, 1)
    assert cursors.of("bad").visit().error == str(error)
    assert cursors.of("good").visit().succeeded_at
    assert [line["event"] for line in logs][-1] == "connect"


def test_kafka_away_ends_it(tools: Tools, cursors: Cursors) -> None:
    """Without Kafka nothing goes on, and the command says so."""
    made = schedule(tools, cursors, GOOD)
    kafka = Kafka()
    kafka.away = True
    made.publish = kafka.publish
    with pytest.raises(ServiceUnavailable):
        made.once()


def test_nothing_clears_no_error(tools: Tools, cursors: Cursors) -> None:
    """A source that shows nothing, as after a 304, keeps its error."""
    cursors.of("quiet").failed(NOW, "away")
    schedule(tools, cursors, Script(id="quiet", play=lambda: iter(()))).once()
    assert cursors.of("quiet").visit().error == "away"


def test_backoff_grows(tools: Tools, cursors: Cursors) -> None:
    """A source that fails again and again is asked less and less often, then as before."""
    bad = failing(SourceUnavailable("away")).model_copy(update={"every_secs": 10})
    made, turn = schedule(tools, cursors, bad), Turn(bad)
    pauses = []
    for _ in range(4):
        made.ask(turn)
        pauses.append(turn.due)
    for pause, wanted in zip(pauses, (30, 60, 120, 240), strict=True):
        assert wanted * 0.9 <= pause <= wanted * 1.1
    turn.connector = GOOD.model_copy(update={"id": "bad"})
    made.ask(turn)
    assert turn.failures == 0


def test_the_source_may_ask_for_time() -> None:
    """A Retry-After is kept, up to an hour."""
    waits = [backoff(SourceUnavailable("busy", retry_secs=secs), 1) for secs in (0, 500, 1e9)]
    assert waits == [30.0, 500.0, 3600.0]


def test_longest_overdue_first() -> None:
    """Who waits longest is asked first, and nobody twice at a time."""
    turns = [Turn(GOOD, at) for at in (5.0, 1.0, 99.0, 3.0)]
    assert due(turns, [turns[1]], now=10.0, free=8) == [turns[3], turns[0]]
    assert due(turns, [], now=10.0, free=1) == [turns[1]]


def test_runs_until_it_is_stopped(tools: Tools, cursors: Cursors) -> None:
    """A schedule asks again and again; stopped, it sends what it has and ends."""
    stop, asked, kafka = Event(), list[int](), Kafka()

    def play() -> Iterator[Found]:
        asked.append(1)
        yield story(len(asked))
        if len(asked) == 3:
            stop.set()

    source = Script(id="g", play=play, every_secs=1)
    ticks = iter(range(10**6))
    clock = lambda: float(next(ticks))  # noqa: E731
    made = Schedule([source], tools, cursors, kafka.publish, monotonic=clock, stop=stop)
    made.run()
    assert len(kafka.arrived) == len(asked) == 3


def test_the_loop_ticks_until_the_last_round_has_ended(tools: Tools, cursors: Cursors) -> None:
    """Who listens hears from the loop itself, also while the last rounds send what they have."""
    begun, asked, ticks = Event(), Event(), list[bool]()

    def play() -> Iterator[Found]:
        begun.set()
        assert asked.wait(60)
        yield story(1)

    def on_tick(made: Schedule) -> None:
        ticks.append(made.stop.is_set())
        if begun.is_set():
            made.stop.set()
        if ticks.count(True) == 2:
            asked.set()

    source = Script(id="g", play=play, every_secs=1)
    made = Schedule([source], tools, cursors, Kafka().publish, on_tick=on_tick)
    made.run()
    assert made.total() == Tally(fetched=1, sent=1)
    assert ticks.count(True) >= 2


def test_a_bug_in_who_listens_ends_the_rounds(tools: Tools, cursors: Cursors) -> None:
    """Whatever ends the loop ends all of it; no round goes on without being watched."""

    def on_tick(_: Schedule) -> None:
        raise ZeroDivisionError

    made = Schedule([GOOD], tools, cursors, Kafka().publish, on_tick=on_tick)
    with pytest.raises(ZeroDivisionError):
        made.run()
    assert made.stop.is_set()


def test_who_fails_is_known_until_it_gives_articles(tools: Tools, cursors: Cursors) -> None:
    """A source in trouble is named, also by the next process, until it gives something again."""
    bad = failing(SourceUnavailable("away"))
    schedule(tools, cursors, bad, GOOD).once()
    next_one = schedule(tools, cursors, GOOD.model_copy(update={"id": "bad"}))
    assert next_one.failing == {"bad": "away"}
    next_one.once()
    assert next_one.failing == {}
