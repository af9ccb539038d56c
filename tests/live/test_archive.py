"""The raw archive: killed, torn, out of room; and what comes back when Kafka has forgotten."""

from __future__ import annotations

import json
import signal
import threading
from datetime import timedelta

import pytest

from pipeline.cli.main import main
from pipeline.settings import Settings
from pipeline.stream import topics
from pipeline.stream.archive import run
from pipeline.stream.archive_days import Archive, days, lines
from pipeline.stream.health import read_all
from pipeline.stream.kept import AGAIN
from pipeline.stream.reading import messages
from schemas import RawArticle
from schemas.topics import RAW, lane
from tests.live.articles import NOON, articles
from tests.live.processes import Processes, produce, wait_for
from tests.live.sweep import sweep

pytestmark = pytest.mark.timeout(300)
BACKFILL = lane(RAW, "backfill")


@pytest.fixture
def beside(kafka, elasticsearch, tmp_path, monkeypatch):
    """Give processes on swept servers, and a folder for their archive."""
    sweep(kafka, elasticsearch)
    settings = Settings(_env_file=None, kafka_bootstrap_servers=kafka, state_dir=tmp_path / "state")
    monkeypatch.setenv("NEWSMILL_KAFKA_BOOTSTRAP_SERVERS", kafka)
    monkeypatch.setenv("NEWSMILL_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setattr("pipeline.telemetry.configure", lambda _format: None)
    monkeypatch.chdir(tmp_path)
    topics.apply(settings)
    made = Processes(settings, tmp_path)
    yield made
    made.kill()
    sweep(kafka, elasticsearch)


def ids(folder):
    """Return the ids that an archive holds, each as often as it is there."""
    return [RawArticle.from_bytes(line).id for day in days(folder) for line in lines(day)]


def test_a_killed_archive_loses_nothing(beside, kafka):
    """Killed twice while records come, with a torn tail: each id is there in the end."""
    folder = beside.folder / "raw"
    raws = articles(4500, seed=41)
    for wave in range(2):
        seen = len(set(ids(folder)))
        sending = send(kafka, raws[wave * 1500 : (wave + 1) * 1500])
        service = beside.start("archive", str(folder))
        wait_for(lambda seen=seen: len(set(ids(folder))) > seen, 60, lambda: days(folder))
        service.kill()
        service.wait()
        sending.join()
        with days(folder)[-1].open("ab") as file:
            file.write(b"\x1f\x8b\x08\x00torn by a crash")
    beside.running.clear()
    send(kafka, raws[3000:]).join()
    service = beside.start("archive", str(folder))
    wait_for(lambda: set(ids(folder)) == {raw.id for raw in raws}, 90, lambda: len(ids(folder)))
    service.send_signal(signal.SIGTERM)
    assert service.wait(30) == 0
    beside.running.clear()
    assert main(["archive", str(folder), "--list", "--json"]) == 0
    assert main(["archive", str(folder), "--once"]) == 0
    assert set(ids(folder)) == {raw.id for raw in raws}


def send(kafka, raws):
    """Send *raws* to Kafka beside what else is done; return the thread that does it."""
    pairs = [(raw.id, raw.to_bytes()) for raw in raws]
    sending = threading.Thread(target=produce, args=(kafka, RAW.name, pairs))
    sending.start()
    return sending


def test_what_kafka_has_forgotten_comes_back_from_the_archive(beside, kafka, elasticsearch, capsys):
    """Both lanes are archived by the day of their fetch, copies are not, and all can be sent."""
    folder = beside.folder / "raw"
    first, second, history, copy = articles(4, seed=42)
    second = second.fetched(NOON + timedelta(days=1))
    produce(kafka, RAW.name, [(one.id, one.to_bytes()) for one in (first, second)])
    produce(kafka, RAW.name, [("bad", b"{")])
    produce(kafka, BACKFILL.name, [(history.id, history.to_bytes())])
    produce(kafka, BACKFILL.name, [(copy.id, copy.to_bytes())], [(AGAIN, b"1")])
    assert main(["archive", str(folder), "--once", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told.pop("bytes") > 0
    assert told == {"archived": 3, "copies passed over": 1, "unreadable, see articles.dead": 1}
    assert [path.name[4:14] for path in days(folder)] == ["2026-11-01", "2026-11-02"]
    assert main(["archive", str(folder), "--once"]) == 0
    assert capsys.readouterr().out == "nothing new\n"

    sweep(kafka, elasticsearch)
    topics.apply(beside.settings)
    until = ("--until", "2026-11-02")
    assert main(["reprocess", "--from-archive", str(folder), *until, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sent"] == 2
    assert {one.value for one in messages(beside.settings, BACKFILL)} == {
        first.to_bytes(), history.to_bytes(),
    }  # fmt: skip


def test_an_archive_without_room_waits_and_says_so(beside, kafka):
    """Nothing is committed that is not on disk: with a larger budget it goes on."""
    folder, stop = beside.folder / "raw", threading.Event()
    raws = articles(30, seed=43)
    produce(kafka, RAW.name, [(raw.id, raw.to_bytes()) for raw in raws])
    assert ids(folder) == []
    (folder).mkdir()
    Archive(folder, 10**9).append(NOON.date(), [b'{"id": "before"}'])
    service = threading.Thread(target=run, args=(Archive(folder, 100), beside.settings, stop))
    service.start()
    wait_for(
        lambda: any("raise --budget-gb" in str(one) for one in read_all(beside.settings.state_dir)),
        30, lambda: read_all(beside.settings.state_dir),
    )  # fmt: skip
    stop.set()
    service.join(30)
    assert main(["archive", str(folder), "--once"]) == 0
    there = {json.loads(line)["id"] for day in days(folder) for line in lines(day)}
    assert there == {"before", *(raw.id for raw in raws)}
