"""The command line itself: the right command, the right exit code, one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.cli import main as program
from pipeline.cli import version
from pipeline.cli.main import COMMANDS
from schemas import ConfigError, Fault, ServiceUnavailable

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "pipeline" / "cli"
NO_COMMANDS = {"__init__", "__main__", "main", "show"}


def test_every_module_is_a_command_and_every_command_a_module() -> None:
    """The table of contents is the folder."""
    assert {path.stem for path in FOLDER.glob("*.py")} - NO_COMMANDS == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(newsmill: Any, name: str) -> None:
    """--help of each command works, says how to use it, and ends with 0."""
    module = import_module(f"pipeline.cli.{name}")
    assert hasattr(module, "app") or callable(getattr(module, name))
    done = newsmill(name, "--help")
    assert (done.code, done.err) == (0, "")
    assert f"newsmill {name}" in done.out


@pytest.mark.parametrize("args", [["--help"], ["-h"], ["help"]])
def test_help_lists_every_command(newsmill: Any, args: list[str]) -> None:
    """The overview names each command once and ends with 0."""
    done = newsmill(*args)
    assert done.code == 0
    assert [name for name in COMMANDS if f"\n  {name} " not in done.out] == []


def test_nothing_at_all_is_wrong_usage(newsmill: Any) -> None:
    """Without a command there is help, and exit 2."""
    done = newsmill()
    assert done.code == 2
    assert "newsmill demo" in done.out


@pytest.mark.parametrize("args", [["--version"], ["-V"], ["version"]])
def test_version(newsmill: Any, args: list[str]) -> None:
    """Each way to ask for the version gives it."""
    assert newsmill(*args).out.startswith("newsmill ")


@pytest.mark.parametrize(
    ("typed", "told"),
    [("serch", "Did you mean 'search'?"), ("clen", "Did you mean 'clean'?"), ("x", "lists them")],
)
def test_an_unknown_command_is_2_with_the_nearest(newsmill: Any, typed: str, told: str) -> None:
    """A slip of the finger is answered with the right word."""
    done = newsmill(typed, "--whatever")
    assert (done.code, done.out) == (2, "")
    assert told in done.err


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["search"], "words"),
        (["search", "--limit", "0", "rain"], "--limit"),
        (["sources", "chek"], "'check'"),
        (["stream", "cleen"], "there are clean, enrich, index"),
        (["schema", "Raw"], "RawArticle"),
        (["clean", "--clening", "careful", "x"], "--cleaning"),
    ],
)
def test_wrong_usage_is_2_and_names_what_is_wrong(
    newsmill: Any, args: list[str], told: str
) -> None:
    """The message names the option or the words there are, without a traceback."""
    done = newsmill(*args)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert "Traceback" not in done.err


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch, newsmill: Any) -> Any:
    """Return a function that runs a command which raises what it is given."""

    def run(error: BaseException, *args: str) -> Any:
        def raising() -> None:
            raise error

        monkeypatch.setattr(version, "version", raising)
        return newsmill("version", *args)

    return run


def test_a_wrong_configuration_is_78_with_every_fault(fails: Any) -> None:
    """Each fault has its line, and the last one says that nothing was started."""
    faults = Fault("s.yaml:1:2", "unknown type"), Fault("environment", "no number")
    done = fails(ConfigError(*faults))
    assert (done.code, done.out) == (78, "")
    assert done.err.splitlines() == [
        "s.yaml:1:2: unknown type", "environment: no number", "nothing was started",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (ServiceUnavailable("Kafka is away"), 69, "newsmill: Kafka is away\n"),
        (FileNotFoundError(2, "No such file", "x"), 1, "newsmill: [Errno 2] No such file: 'x'\n"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_an_error_is_one_sentence(fails: Any, error: BaseException, code: int, told: str) -> None:
    """A service that is away is 69, a file 1, Ctrl-C 130."""
    done = fails(error)
    assert (done.code, done.out, done.err) == (code, "", told)


def test_a_fault_of_ours_is_70_and_says_so(fails: Any) -> None:
    """Nobody is left to guess whose fault it is."""
    done = fails(KeyError("a bug"))
    assert done.code == 70
    assert "newsmill: KeyError: 'a bug'" in done.err
    assert "a fault of newsmill" in done.err


def test_debug_shows_the_traceback(fails: Any) -> None:
    """With --debug the error itself comes out, wherever the option stands."""
    with pytest.raises(ServiceUnavailable):
        fails(ServiceUnavailable("away"), "--debug")


def test_settings_that_are_wrong_start_nothing(
    newsmill: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that needs settings ends with 78 and names each wrong variable."""
    monkeypatch.setenv("NEWSMILL_WORKERS", "many")
    monkeypatch.setenv("NEWSMILL_LOG_FORMAT", "loud")
    done = newsmill("config", "show")
    assert (done.code, done.out) == (78, "")
    assert [name in done.err for name in ("NEWSMILL_WORKERS", "NEWSMILL_LOG_FORMAT")] == [True] * 2


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", ["--help", "version", "schema sources"])
def test_a_reader_that_has_gone_is_no_reason_to_shout(command: str, unbuffered: str) -> None:
    """`newsmill ... | head -0` ends with 1 and not a word."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", *command.split()], stdout=writer, check=False,
        stderr=subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
    )  # fmt: skip
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


def test_the_console_script_ends_with_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """What main returns is what the shell sees."""
    monkeypatch.setattr(program, "sys", SimpleNamespace(exit=sys.exit))
    monkeypatch.setattr(program, "main", lambda: 69)
    with pytest.raises(SystemExit) as end:
        program.entry()
    assert end.value.code == 69
