"""The health of connect."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from connectors import Cursors, SourceUnavailable, Tools
from connectors.connector import Found
from connectors.feed import read_feed
from connectors.http import Http
from connectors.schedule import Schedule
from pipeline.cli.health import told
from pipeline.stream import connect_health
from pipeline.stream.connect_health import SLOW_SECS, Confirming, Watch
from pipeline.stream.health import STALE_SECS, read_all
from schemas import RawArticle
from tests.connectors.test_round import Script, story
from tests.contracts.connector_contract import Kafka


def away() -> Iterator[Found]:
    """Play a source that does not answer."""
    raise SourceUnavailable("it does not answer")
    yield


GOOD = Script(id="good", play=lambda: iter([story(1), story(2)]))
BAD = Script(id="bad", play=away)


@pytest.fixture
def made() -> Iterator[Schedule]:
    """Return a schedule of a good source and a bad one that has asked both."""
    cursors = Cursors(":memory:")
    tools = Tools(Http(), read_feed)
    schedule = Schedule([GOOD, BAD], tools, cursors, Confirming(Kafka().publish).publish)
    schedule.once()
    yield schedule
    cursors.close()


def report(folder: Path) -> dict[str, Any]:
    """Return the one report that lies in *folder*."""
    (found,) = read_all(folder)
    return found


def test_the_report_tells_what_became_of_everything(tmp_path: Path, made: Schedule) -> None:
    """It sums up all sources; one in trouble is named, and does not make the service unready."""
    Watch(tmp_path, Confirming(Kafka().publish), sources=2).tick(made)
    found = report(tmp_path)
    counts = {"errors": 1, "fetched": 2, "malformed": 0, "sent": 2, "unchanged": 0}
    assert found["counts"] == counts
    assert found["notes"] == ["bad failed last time: it does not answer"]
    assert found["not_ready"] == []
    first, second = told(found).splitlines()
    assert "ready; 2 sources; 1 errors, 2 fetched" in first
    assert second == "  bad failed last time: it does not answer"


def test_it_says_since_when_kafka_owes_an_answer(tmp_path: Path, made: Schedule) -> None:
    """While a batch is not confirmed for some seconds it is not ready; then it is again."""
    watch = Watch(tmp_path, Confirming(Kafka().publish), sources=2)
    now = time.time()

    def slow(_: Sequence[RawArticle]) -> list[Any]:
        watch.look(made)
        assert watch.health.why_not_ready() == []
        with pytest.MonkeyPatch.context() as later:
            later.setattr("time.time", lambda: now + SLOW_SECS + 60)
            watch.look(made)
            (why,) = watch.health.why_not_ready()
        assert why == "it has been waiting for 65 s: Kafka has not confirmed what was sent"
        return []

    watch.kafka.send = slow
    with pytest.MonkeyPatch.context() as begun:
        begun.setattr(connect_health.time, "time", lambda: now)
        watch.kafka.publish([])
    assert watch.kafka.last_answer == now
    watch.look(made)
    assert watch.health.why_not_ready() == []
    assert watch.health.last_ack == now


def test_a_batch_that_fails_is_no_longer_waited_for() -> None:
    """Whatever ends a batch ends the waiting for it; of several, the oldest counts."""
    seen: list[float] = []
    kafka = Confirming(lambda _: [])

    def fails(_: Sequence[RawArticle]) -> list[Any]:
        seen.append(kafka.waiting_since())
        raise ZeroDivisionError

    kafka.send = fails
    with pytest.raises(ZeroDivisionError):
        kafka.publish([])
    assert seen[0] > 0
    assert kafka.waiting_since() == 0


def test_a_loop_that_hangs_cannot_look_well(
    tmp_path: Path, made: Schedule, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody but the loop writes the report, so it grows old with the loop."""
    Watch(tmp_path, Confirming(Kafka().publish), sources=2).tick(made)
    at = time.time() + STALE_SECS + 1
    monkeypatch.setattr("time.time", lambda: at)
    (why,) = report(tmp_path)["not_ready"]
    assert why.endswith("s old: it hangs")


def test_the_report_of_one_that_was_killed_is_replaced(tmp_path: Path, made: Schedule) -> None:
    """What lies there from an earlier process is gone with the first report; others' stay."""
    folder = tmp_path / "health"
    folder.mkdir()
    (folder / "connect-live-0.json").write_bytes(b"{}")
    (folder / "clean-live-0.json").write_bytes(b'{"at": 9e9, "pid": 1}')
    watch = Watch(tmp_path, Confirming(Kafka().publish), sources=2)
    watch.tick(made)
    names = sorted(path.name.split("-")[0] for path in folder.iterdir())
    assert names == ["clean", "connect"]
    assert not (folder / "connect-live-0.json").exists()
    watch.close()
    assert [path.name for path in folder.iterdir()] == ["clean-live-0.json"]


def test_draining_is_not_ready(tmp_path: Path, made: Schedule) -> None:
    """Told to end, it says so until it has ended."""
    made.stop.set()
    Watch(tmp_path, Confirming(Kafka().publish), sources=2).tick(made)
    assert report(tmp_path)["not_ready"] == ["it is draining before it ends"]
