"""The command line in this process, in an empty folder, with no setting of this machine."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.cli.main import main


@dataclass(frozen=True)
class Ended:
    """How a command ended: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Newsmill = Callable[..., Ended]


@pytest.fixture
def newsmill(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Newsmill:
    """Return a function that runs a command line as a person types it."""
    for name in [name for name in os.environ if name.startswith("NEWSMILL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("NEWSMILL_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)

    def typed(*args: str) -> Ended:
        capsys.readouterr()
        code = main(args)
        told = capsys.readouterr()
        return Ended(code, told.out, told.err)

    return typed
