"""schema: the forms of the records, for other programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pipeline.cli.schema import schemas
from pipeline.samples import samples

ROOT = Path(__file__).parents[3]
NAMES = [
    "RawArticle", "CleanArticle", "EnrichedArticle", "Dropped", "DeadLetter", "Forgotten",
    "sources",
]  # fmt: skip


def test_without_a_name_they_are_listed(newsmill: Any) -> None:
    """One name a line."""
    assert newsmill("schema").out.splitlines() == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_is_a_json_schema(newsmill: Any, name: str) -> None:
    """What is printed is valid by the standard that it names."""
    done = newsmill("schema", name)
    assert done.code == 0
    Draft202012Validator.check_schema(json.loads(done.out))


@pytest.mark.parametrize("raw", samples(), ids=lambda raw: raw.source)
def test_a_record_fits_its_schema(raw: Any) -> None:
    """What newsmill writes passes a validator that knows the schema alone."""
    Draft202012Validator(schemas()["RawArticle"]).validate(json.loads(raw.to_bytes()))


def test_the_committed_files_are_those_that_it_writes(newsmill: Any, tmp_path: Path) -> None:
    """A record that changed without `make generate` is found here."""
    newsmill("schema", "--write", str(tmp_path / "new"))
    made = {path.name: path.read_text("utf-8") for path in (tmp_path / "new").iterdir()}
    assert set(made) == {f"{name}.schema.json" for name in NAMES}
    committed = ROOT / "schemas" / "json"
    assert {path.name: path.read_text("utf-8") for path in committed.iterdir()} == made
