"""clean: one article for a person to look at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.cli.clean import clean

STORY = "Ministers from nine countries met in Oslo on Monday to talk about the price of cod."


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """Return a file with a small article."""
    path = tmp_path / "cod.txt"
    path.write_text(f"Talks on cod open in Oslo\n\n{STORY}\n\nREAD MORE: Trawlers stay in port\n")
    return path


def test_cuts_are_shown_in_place(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a terminal each cut stands in its place, with kind and rule."""
    code = clean(str(article))
    lines = [line for line in capsys.readouterr().out.splitlines() if line.strip()]

    assert code == 0
    assert lines[0] == "Talks on cod open in Oslo"
    assert lines[-3:-1] == [STORY, "- [read-more  read-more] READ MORE: Trawlers stay in port"]
    assert lines[-1] == "kept 1 paragraph, cut 2: 1 headline, 1 read-more"


def test_json(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--json prints the record."""
    clean(str(article), json=True, source="gazette")
    record = json.loads(capsys.readouterr().out)

    assert (record["text"], record["source"]) == (STORY, "gazette")


def test_dead_letter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A body that is no text ends with 1 and says why in words."""
    path = tmp_path / "a.html"
    path.write_bytes(b"%PDF-1.7 ...")

    assert clean(str(path)) == 1
    assert "undecodable: the body is a PDF" in capsys.readouterr().err


def test_drop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A body of noise alone ends with 1 and says so."""
    path = tmp_path / "a.txt"
    path.write_text("Advertisement\n")

    assert clean(str(path)) == 1
    assert "only_boilerplate" in capsys.readouterr().err
