"""What was seen of each source."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from connectors import Cursors, Note
from connectors.cursors import KEEP, Visit
from schemas import ConfigError, RawArticle
from tests.contracts.connector_contract import NOW


def article(number: int = 1, body: str = "Rain", revision: int = 1) -> RawArticle:
    """Return an article."""
    return RawArticle(
        id=f"{number:032x}",
        source="gazette",
        content_type="text/plain",
        body=body,
        revision=revision,
    ).fetched(NOW)


def test_revisions(cursors: Cursors) -> None:
    """New is 1, the same is 0, changed is the next number."""
    cursor = cursors.of("gazette")
    assert cursor.revision(article()) == 1
    cursor.save([article()], [], NOW)
    assert cursor.revision(article().fetched(NOW + KEEP)) == 0
    assert cursor.revision(article(body="Storm")) == 2
    cursor.save([article(body="Storm", revision=2)], [], NOW)
    assert cursor.revision(article()) == 3


def test_sources_do_not_mix(cursors: Cursors) -> None:
    """What one source has shown is new for another."""
    cursors.of("gazette").save([article()], [Note("k", "v")], NOW)
    other = cursors.of("courier")
    assert (other.revision(article()), other.noted(Note("k", "v"))) == (1, False)


def test_notes(cursors: Cursors) -> None:
    """A note is found as it was made, and replaced by a newer one."""
    cursor = cursors.of("gazette")
    cursor.save([], [Note("k", "old")], NOW)
    cursor.save([], [Note("k", "new")], NOW)
    assert [cursor.noted(Note("k", value)) for value in ("old", "new")] == [False, True]
    assert cursor.unchanged == 1


def test_expiry(cursors: Cursors) -> None:
    """What is not shown any more is forgotten; what is still there is kept."""
    cursor = cursors.of("gazette")
    cursor.save([article(1), article(2)], [Note("gone", "x"), Note("there", "x")], NOW)
    cursor.noted(Note("there", "x"))
    cursor.revision(article(2))
    cursor.save([], [], NOW + KEEP)
    cursors.expire(NOW + KEEP + timedelta(days=1))
    assert [cursor.note(key) for key in ("gone", "there")] == ["", "x"]
    assert [cursor.revision(article(number)) for number in (1, 2)] == [1, 0]


def test_visits(cursors: Cursors) -> None:
    """A success ends an error, and the moments stay."""
    cursor = cursors.of("gazette")
    cursor.failed(NOW, "away")
    assert cursor.visit() == Visit("", "2026-03-01T12:00:00.123+00:00", "away")
    cursor.succeeded(NOW)
    assert cursor.visit().error == ""
    assert cursor.visit().failed_at == cursor.visit().succeeded_at


def test_survives(tmp_path: Path) -> None:
    """The memory is on disk when save returns."""
    file = tmp_path / "state" / "cursors.db"
    Cursors(file).of("gazette").save([article()], [], NOW)
    assert Cursors(file).of("gazette").revision(article()) == 0


def test_no_file_of_ours(tmp_path: Path) -> None:
    """A file that is something else is left alone, and told in words."""
    file = tmp_path / "notes.txt"
    file.write_text("my notes, " * 200)
    with pytest.raises(ConfigError, match="--state"):
        Cursors(file)
    assert file.read_text().startswith("my notes")


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from connectors import Cursors, Files, Tools
from connectors.feed import read_feed
from connectors.http import Http
from connectors.round import Round

folder, state, log, kill_at = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]

def publish(articles):
    with log.open("a") as file:
        for number, article in enumerate(articles):
            file.write(f"{article.url} {article.revision}\\n")
            file.flush()
            os.fsync(file.fileno())
            if kill_at == str(number):
                os.kill(os.getpid(), signal.SIGKILL)
    if kill_at == "end":
        os.kill(os.getpid(), signal.SIGKILL)
    return []

this = Round(Cursors(state).of("gazette"), publish, lambda: datetime.now(UTC))
this.ask(Files(id="gazette", type="files", path=folder), Tools(Http(), read_feed))
"""


@pytest.mark.parametrize("kill_at", ["0", "7", "end"])
def test_killed_before_the_cursor_moved(tmp_path: Path, kill_at: str) -> None:
    """A process killed between Kafka and the cursor sends again: duplicates only, no loss."""
    folder, state, log = tmp_path / "in", tmp_path / "c.db", tmp_path / "log"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number}.txt").write_text(f"story {number}")
        os.utime(folder / f"{number}.txt", (1e9, 1e9))
    codes = []
    for kill in (kill_at, "never", "never"):
        command = [sys.executable, "-c", KILLED, str(folder), str(state), str(log), kill]
        codes.append(subprocess.run(command, check=False, cwd=Path(__file__).parents[2]).returncode)
    sent = log.read_text().splitlines()
    assert codes == [-signal.SIGKILL, 0, 0]
    assert {line for line in sent if line} == {f"files://gazette/{n}.txt 1" for n in range(20)}
    assert len(sent) == 20 + {"0": 1, "7": 8, "end": 20}[kill_at]
