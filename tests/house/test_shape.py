"""The shape of the code: what a newcomer may rely on wherever they open a file."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors import CONNECTORS
from pipeline.settings import Settings
from schemas import CleanArticle, DeadLetter, Dropped, EnrichedArticle, Forgotten, RawArticle

ROOT = Path(__file__).parents[2]
PACKAGES = ("schemas", "connectors", "pipeline")
MODULES = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))
FILE_LINES, FUNCTION_LINES = 400, 40
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}
WRITTEN_BY_PROGRAMS = ("models/", "seeds/gazetteer/", "seeds/articles/")
REGISTRIES = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org")
MACHINE = re.compile(r"(?<![\w./*-])/(?:work|home|root|Users)/\w")
Function = ast.FunctionDef | ast.AsyncFunctionDef
each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))


def tree(path: Path) -> ast.Module:
    """Return the syntax of a file."""
    return ast.parse(path.read_text("utf-8"))


def functions(path: Path) -> Iterator[Function]:
    """Yield every function of a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, Function):
            yield node


def public(node: ast.Module | ast.ClassDef) -> Iterator[Function | ast.ClassDef]:
    """Yield what a reader of the reference would see: public functions, classes, methods."""
    for child in node.body:
        if isinstance(child, Function | ast.ClassDef) and not child.name.startswith("_"):
            yield child
            if isinstance(child, ast.ClassDef):
                yield from public(child)


def tracked() -> list[str]:
    """Return the paths of the files that git knows."""
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@each_module
def test_a_file_is_short(path: Path) -> None:
    """A file above the wall holds more than one thing."""
    assert len(path.read_text("utf-8").splitlines()) <= FILE_LINES


@each_module
def test_a_function_is_short(path: Path) -> None:
    """A function above the wall does more than one thing."""
    lengths = {one.name: (one.end_lineno or 0) - one.lineno + 1 for one in functions(path)}
    assert {name: length for name, length in lengths.items() if length > FUNCTION_LINES} == {}


@each_module
def test_every_public_name_is_told(path: Path) -> None:
    """Module, class, function and method have a docstring."""
    module = tree(path)
    assert ast.get_docstring(module)
    assert [node.name for node in public(module) if not ast.get_docstring(node)] == []


@each_module
def test_a_name_says_what_is_in_it(path: Path) -> None:
    """No file or folder is called after nothing in particular."""
    assert not {path.stem, *path.relative_to(ROOT).parts[:-1]} & SAYS_NOTHING


@each_module
def test_an_import_does_nothing(path: Path) -> None:
    """The top of a module opens nothing and waits for nothing."""
    loose = ast.While | ast.With
    assert [node.lineno for node in tree(path).body if isinstance(node, loose)] == []


def described(model: type) -> list[str]:
    """Return the fields of a pydantic model that say nothing of themselves."""
    fields = model.model_fields  # type: ignore[attr-defined]
    return [name for name, field in fields.items() if not field.description]


@pytest.mark.parametrize(
    "model",
    [Settings, RawArticle, CleanArticle, EnrichedArticle, Dropped, DeadLetter, Forgotten,
     *dict.fromkeys(CONNECTORS.values())],
    ids=lambda model: model.__name__,
)  # fmt: skip
def test_every_option_and_field_is_described(model: type) -> None:
    """The reference pages are made of these descriptions."""
    assert described(model) == []


def test_nothing_names_a_machine_or_a_registry() -> None:
    """What is written here works on any machine and with any mirror."""
    found = []
    for name in tracked():
        if name.startswith(WRITTEN_BY_PROGRAMS) or not (ROOT / name).is_file():
            continue
        text = (ROOT / name).read_bytes().decode("utf-8", errors="replace")
        hosts = [host for host in REGISTRIES if host in text]
        found += [(name, word) for word in [*MACHINE.findall(text), *hosts]]
    assert found == []
