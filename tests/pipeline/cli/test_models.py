"""models: what is installed, and a choice that is proved before it is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.assets import asset
from pipeline.cli.models import with_setting

OURS = str(asset("models/news_open_sm"))
OWN = ("entities", "news_parser", "news_open_sm")


def listed(newsmill: Any) -> dict[str, dict[str, Any]]:
    """Return the models by name."""
    return {one["name"]: one for one in json.loads(newsmill("models", "list", "--json").out)}


def test_what_ships_is_listed(newsmill: Any) -> None:
    """With language, size, licence, and what it is used for."""
    found = listed(newsmill)
    assert {name: found[name]["in_use"] for name in OWN} == {
        "entities": "entities", "news_parser": "tags parse lemmas", "news_open_sm": "",
    }  # fmt: skip
    for name in OWN:
        ours = found[name]
        assert (ours["language"], ours["shipped"]) == ("en", True)
        assert ours["licence"].startswith("CC BY-SA 4.0")
        assert 4e6 < ours["bytes"] < 20e6
    assert "news_open_sm 0.2.0" in newsmill("models", "list").out


def test_the_setting_decides_what_is_used(newsmill: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """In `fast` the small network finds the entities, and nothing is parsed."""
    monkeypatch.setenv("NEWSMILL_LANGUAGE", "fast")
    found = listed(newsmill)
    assert [found[name]["in_use"] for name in OWN] == ["", "", "entities"]


def test_a_choice_is_written_and_the_rest_kept(newsmill: Any, tmp_path: Path) -> None:
    """A path is written whole; another English model takes the place of ours."""
    (tmp_path / ".env").write_text("# of mine\nNEWSMILL_CONTACT=a@b.example\n")
    (tmp_path / ".env").chmod(0o640)
    done = newsmill("models", "use", OURS)
    assert done.code == 0
    assert "newsmill stream enrich" in done.out
    assert (tmp_path / ".env").read_text() == (
        f"# of mine\nNEWSMILL_CONTACT=a@b.example\nNEWSMILL_MODEL={OURS}\n"
    )
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == [".env"]

    found = listed(newsmill)
    assert (found["news_open_sm"]["in_use"], found[OURS]["shipped"]) == ("", False)
    assert found[OURS]["in_use"] == "entities"


def test_back_to_the_shipped_one(newsmill: Any, tmp_path: Path) -> None:
    """`shipped` empties the setting; a new file is its owner's alone."""
    assert newsmill("models", "use", "shipped").code == 0
    assert (tmp_path / ".env").read_text() == "NEWSMILL_MODEL=\n"
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600


def test_what_is_not_there_is_not_written(newsmill: Any, tmp_path: Path) -> None:
    """A name that nothing answers to is told with what to do."""
    done = newsmill("models", "use", "no_such_model")
    assert (done.code, "no spaCy pipeline 'no_such_model' here" in done.err) == (78, True)
    assert list(tmp_path.iterdir()) == []


def test_a_model_that_finds_nobody_is_not_written(
    newsmill: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To load is not enough."""
    monkeypatch.setattr("pipeline.cli.models.TEXTS", {"en": "It rained and rained."})
    done = newsmill("models", "use", OURS)
    assert (done.code, "finds no person in 'It rained and rained.'" in done.err) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_the_environment_wins(newsmill: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever set the variable there is told that the file will not be heard."""
    monkeypatch.setenv("NEWSMILL_MODEL", OURS)
    assert "unset it" in newsmill("models", "use", "shipped").err


@pytest.mark.parametrize(
    ("text", "after"),
    [("", "B=x\n"), ("B=\nC=3\n", "B=x\nC=3\n"), ("export B = 1\n", "B=x\n"),
     ("BB=1\n", "BB=1\nB=x\n"), ("# B=1", "# B=1\nB=x\n"), ("B=1\nB=2\n", "B=x\nB=x\n")],
)  # fmt: skip
def test_one_line_of_the_settings_file_changes(text: str, after: str) -> None:
    """Comments and other names stay; a name that stands twice says the same twice."""
    assert with_setting(text, "B", "x") == after
