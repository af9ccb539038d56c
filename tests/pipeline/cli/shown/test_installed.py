"""Language models as they lie on disk."""

from __future__ import annotations

import json
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import SimpleNamespace
from typing import Literal

import pytest

from pipeline.cli.shown import installed
from pipeline.settings import Settings


def package(folder: Path, name: str, language: str) -> None:
    """Write what a package of a spaCy pipeline holds at least."""
    (folder / name).mkdir()
    (folder / name / "__init__.py").touch()
    meta = {"lang": language, "version": "3.8.0", "license": "MIT", "pipeline": ["tagger", "ner"]}
    (folder / name / "meta.json").write_text(json.dumps(meta))


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install an English and a German pipeline, as far as can be seen from outside."""
    for name, language in (("en_big", "en"), ("de_big", "de")):
        package(tmp_path, name, language)
    found = [SimpleNamespace(name="en_big"), SimpleNamespace(name="de_big")]
    monkeypatch.setattr(installed, "entry_points", lambda **_group: found)
    monkeypatch.setattr(
        installed, "find_spec",
        lambda name: ModuleSpec(name, None, origin=str(tmp_path / name / "__init__.py")),
    )  # fmt: skip


def uses(model: str) -> dict[str, str]:
    """Return what each model is used for when *model* is chosen."""
    return {one.name: one.in_use for one in installed.models(Settings(model=model))}


@pytest.mark.usefixtures("two")
def test_packages_are_listed_with_what_they_say_of_themselves() -> None:
    """Those of spaCy come after ours, by language."""
    *_, german, english = installed.models(Settings(model=""))
    assert (german.name, english.name) == ("de_big", "en_big")
    assert (german.version, german.licence, german.finds) == ("3.8.0", "MIT", ("tags", "entities"))


def test_one_of_spacys_own_is_used_unasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The best one for a language reads it, unless another was chosen for that language."""
    names = ("de_core_news_sm", "de_core_news_md", "de_big", "en_core_web_lg")
    for name in names:
        package(tmp_path, name, name[:2])
    found = [SimpleNamespace(name=name) for name in names]
    monkeypatch.setattr(installed, "entry_points", lambda **_group: found)
    monkeypatch.setattr(
        installed, "find_spec",
        lambda name: ModuleSpec(name, None, origin=str(tmp_path / name / "__init__.py")),
    )  # fmt: skip
    assert [name for name in names if uses("")[name]] == ["de_core_news_md"]
    assert [name for name in names if uses("de_big")[name]] == ["de_big"]


@pytest.mark.usefixtures("two")
def test_an_english_model_takes_the_place_of_ours() -> None:
    """Another one joins it."""
    assert uses("en_big")["news_parser"] == ""
    assert uses("en_big")["en_big"] == "tags entities"
    assert (uses("de_big")["news_parser"], uses("de_big")["de_big"]) == (
        "tags parse lemmas", "tags entities",
    )  # fmt: skip


@pytest.mark.parametrize(("language", "told"), [("accurate", "entities"), ("fast", "")])
def test_the_encoder_rests_where_fast_is_set(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: Literal["accurate", "fast"],
    told: str,
) -> None:
    """A model says what it stands for; what is no language model is left out."""
    (tmp_path / "encoder").mkdir()
    (tmp_path / "encoder" / "meta.json").write_text(
        '{"name": "e", "version": "1", "pipeline": ["ner"]}'
    )
    (tmp_path / "lines").mkdir()
    (tmp_path / "lines" / "meta.json").write_text('{"name": "lines", "version": "1"}')
    monkeypatch.setattr(installed, "asset", lambda _name: tmp_path)
    (found,) = installed.shipped(Settings(model="", language=language))
    assert (found.name, found.finds, found.in_use) == ("e", ("entities",), told)


def test_a_card_tells_the_licence_where_meta_does_not(tmp_path: Path) -> None:
    """The table of a model card has a row for it."""
    (tmp_path / "README.md").write_text("| | |\n|---|---|\n| Licence | CC BY 4.0, see NOTICE |\n")
    found = installed.described(tmp_path, {"version": "1", "pipeline": ["ner"]}, "a")
    assert (found.licence, found.finds) == ("CC BY 4.0, see NOTICE", ("entities",))
