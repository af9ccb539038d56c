"""`newsmill init`: passwords that are random, private, and never lost by accident."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
import typer

from pipeline.cli.init import environment, init, write_environment

ROOT = Path(__file__).parents[3]


def settings(path: Path) -> dict[str, str]:
    """Return the settings in a file as docker compose reads them."""
    lines = [line for line in path.read_text("utf-8").splitlines() if "=" in line]
    return dict(line.split("=", 1) for line in lines if not line.startswith("#"))


def test_each_secret_is_another(tmp_path: Path) -> None:
    """Two runs, and two secrets of one run, have nothing in common."""
    init(tmp_path / "one")
    init(tmp_path / "two")
    names = ("ELASTIC_PASSWORD", "KIBANA_PASSWORD", "KIBANA_KEY")
    secrets = {settings(tmp_path / run / ".env")[name] for run in ("one", "two") for name in names}
    assert len(secrets) == 6
    assert all(len(secret) >= 32 for secret in secrets)


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    """Nobody else on the machine may read the passwords."""
    init(tmp_path)
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its passwords may be in use; the command says so and ends with 1."""
    (tmp_path / ".env").write_text("ELASTIC_PASSWORD=old\n")
    with pytest.raises(typer.Exit) as end:
        init(tmp_path)
    assert end.value.exit_code == 1
    assert "newsmill init --force" in capsys.readouterr().err
    assert settings(tmp_path / ".env") == {"ELASTIC_PASSWORD": "old"}


def test_force_replaces_it(tmp_path: Path) -> None:
    """With --force a new file takes its place, as private as the first."""
    (tmp_path / ".env").write_text("ELASTIC_PASSWORD=old\n")
    init(tmp_path, force=True)
    assert settings(tmp_path / ".env")["ELASTIC_PASSWORD"] != "old"
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [".env"]


def test_secrets_are_drawn_one_by_one(tmp_path: Path) -> None:
    """Each secret is a draw of its own, in the order of the file."""
    numbers = map(str, count(1))
    path = write_environment(tmp_path, force=False, draw=lambda: next(numbers))
    found = settings(path)
    assert (found["ELASTIC_PASSWORD"], found["KIBANA_PASSWORD"], found["KIBANA_KEY"]) == (
        "1",
        "2",
        "3",
    )


def test_the_example_is_the_file_without_its_secrets() -> None:
    """.env.example is made from the same table."""
    assert (ROOT / ".env.example").read_text("utf-8") == environment(lambda: "")
