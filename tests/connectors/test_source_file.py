"""The source file, right and wrong."""

from __future__ import annotations

from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest

from connectors import Files, Rss
from connectors.source_file import load, sources_schema
from connectors.strict_yaml import compose
from schemas import ConfigError

RIGHT = """\
sources:
  - id: gazette
    type: rss
    url: https://gazette.example/rss.xml
    country: NOR
    every_secs: 300
  - {id: archive, type: files, path: old/pages}
"""
WRONG = """\
sources:
  - id: gazette
    type: rss
    url: ftp://gazette.example
    evry_secs: 300
    country: NO
  - id: Gazette 2
    type: files
  - type: sitmap
    glod: x
  - id: gazette
    type: files
    path: x
    every_secs: often
  - just words
source: 1
"""
FAULTS = """\
4:5: `url: ftp://gazette.example`: an address begins with https:// or http:// and a host, \
for example `url: https://gazette.example/world/rss.xml`
5:5: unknown option `evry_secs` for type `rss`. Did you mean `every_secs`?
6:5: `country: NO`: String should match pattern '^[A-Z]{3}$', for example `country: NOR`
7:5: `id: Gazette 2`: String should match pattern '^[a-z0-9][a-z0-9_-]{0,62}$', \
for example `id: gazette`
7:5: required option `path` is missing, for example `path: ../articles`
9:5: unknown type `sitmap`; there are: files, rss
10:5: unknown option `glod`. Did you mean `glob`?
11:5: the id `gazette` is taken by {file}:2:5; choose another
14:5: `every_secs: often`: Input should be a valid integer, unable to parse string as an integer, \
for example `every_secs: 60`
15:5: a source is a mapping of options: id, type, …
16:1: unknown key `source`. Did you mean `sources`?
"""


def test_right(tmp_path: Path) -> None:
    """A right file gives its connectors in order; folders are beside the file."""
    (tmp_path / "a.yaml").write_text(RIGHT)
    assert load([tmp_path]) == (
        Rss(
            id="gazette",
            type="rss",
            url="https://gazette.example/rss.xml",
            country="NOR",
            every_secs=300,
        ),
        Files(id="archive", type="files", path=tmp_path / "old/pages"),
    )


def test_everything_wrong_at_once(tmp_path: Path) -> None:
    """Every fault is told at once, in the order of the file, with place and nearest word."""
    file = tmp_path / "a.yaml"
    file.write_text(WRONG)
    with pytest.raises(ConfigError) as error:
        load([file])
    told = [str(fault).removeprefix(f"{file}:") for fault in error.value.faults]
    assert told == FAULTS.replace("{file}", str(file)).splitlines()


def test_all_files(tmp_path: Path) -> None:
    """The faults of all files come together, also an id that two of them use."""
    (tmp_path / "a.yaml").write_text(RIGHT)
    (tmp_path / "b.yml").write_text("sources:\n  - {id: archive, type: files, path: x}\n")
    (tmp_path / "c.yaml").write_text("sources: [")
    with pytest.raises(ConfigError) as error:
        load([tmp_path, tmp_path / "none.yaml"])
    where = [fault.where.removeprefix(f"{tmp_path}/") for fault in error.value.faults]
    assert where == ["b.yml:2:6", "c.yaml:1:11", "none.yaml"]


@pytest.mark.parametrize("text", ["", "words", "[]", "source: []", "sources: 1"])
def test_no_list(tmp_path: Path, text: str) -> None:
    """A file without a list of sources says how one is written."""
    (tmp_path / "a.yaml").write_text(text)
    with pytest.raises(ConfigError, match="write `sources:`"):
        load([tmp_path])


def test_empty_folder(tmp_path: Path) -> None:
    """A folder without source files is a fault: something else was meant."""
    with pytest.raises(ConfigError, match=r"no \.yaml"):
        load([tmp_path])


def test_password_is_not_repeated(tmp_path: Path) -> None:
    """A password in an address is refused, and not shown."""
    (tmp_path / "a.yaml").write_text(
        "sources:\n  - {id: a, type: rss, url: 'https://me:hunter2@g.example/'}\n"
    )
    with pytest.raises(ConfigError) as error:
        load([tmp_path])
    assert "hunter2" not in str(error.value)


def test_schema(tmp_path: Path) -> None:
    """Editors check with the schema what we check: it is draft-07 and knows every option."""
    schema = sources_schema()
    jsonschema.Draft7Validator.check_schema(schema)
    checker = jsonschema.Draft7Validator(schema)
    for name, text, faults in (("a.yaml", RIGHT, False), ("b.yaml", WRONG, True)):
        (tmp_path / name).write_text(text)
        assert bool(list(checker.iter_errors(compose(tmp_path / name)[0]))) is faults


def test_descriptions_in_the_schema() -> None:
    """Each option says in the editor what it is."""
    for kind in sources_schema()["definitions"].values():
        assert all("description" in option for option in kind["properties"].values())
