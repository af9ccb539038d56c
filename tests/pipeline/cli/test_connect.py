"""connect: what it refuses to start with, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors import Connector, Files, Rss
from pipeline.cli.connect import DRAIN_SECS, Stopping, refuse
from pipeline.cli.main import main
from pipeline.settings import Settings
from schemas import ConfigError, Fault

FEED = Rss(id="gazette", type="rss", url="https://gazette.example/rss.xml")
FOLDER = Files(id="archive", type="files", path="in")


def settings(contact: str = "") -> Settings:
    """Return settings that no file and no variable of this machine is part of."""
    return Settings(_env_file=None, contact=contact)  # type: ignore[call-arg]


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run each test in an empty folder, with no contact address set."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEWSMILL_CONTACT", raising=False)


def test_no_site_is_read_without_a_contact() -> None:
    """A feed is refused while nobody is named whom its site may write to; the fault says so."""
    with pytest.raises(ConfigError) as error:
        refuse([FOLDER, FEED], [], settings())
    (fault,) = error.value.faults
    assert fault.where == ".env or environment"
    assert "NEWSMILL_CONTACT is not set, and gazette would be read without it" in fault.what


@pytest.mark.parametrize(
    ("found", "contact"), [([FEED, FOLDER], "desk@newsmill.example"), ([FOLDER], "")]
)
def test_files_need_no_contact(found: list[Connector], contact: str) -> None:
    """With a contact everything is read; without one, what lies on this disk."""
    refuse(found, [], settings(contact))


def test_nothing_to_read_is_refused() -> None:
    """A service that has nothing to do is not started: it would look healthy for ever."""
    with pytest.raises(ConfigError, match="there is none"):
        refuse([], [], settings())


def test_faults_alone_are_what_is_told() -> None:
    """Where no source is sound, what is wrong with them is more use than that there is none."""
    fault = Fault("s.yaml:3:5", "no such type")
    with pytest.raises(ConfigError) as error:
        refuse([], [fault], settings())
    assert error.value.faults == (fault,)


@pytest.mark.parametrize("how", ["--once", "--dry-run"])
def test_the_command_refuses_too(
    how: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It ends with 78, whatever it was asked to do, and leaves nothing behind."""
    file = tmp_path / "s.yaml"
    file.write_text("sources: [{id: gazette, type: rss, url: 'https://gazette.example/rss.xml'}]")
    assert main(["connect", "--sources", str(file), how]) == 78
    assert list(tmp_path.iterdir()) == [file]
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(".env or environment: NEWSMILL_CONTACT is not set")
    assert told.err.endswith("nothing was started\n")


def test_the_time_to_drain_begins_when_we_are_asked_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kafka has a while to confirm; a second signal gives it no more."""
    clock = iter([100.0, 100.0 + DRAIN_SECS, 101.0 + DRAIN_SECS])
    monkeypatch.setattr("pipeline.cli.connect.time.monotonic", lambda: next(clock))
    stopping = Stopping()
    assert not stopping.is_over()
    stopping.ask()
    stopping.ask()
    assert stopping.event.is_set()
    assert not stopping.is_over()
    assert stopping.is_over()
