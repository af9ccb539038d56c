"""The wheel and the lock files: what is installed, and what is not."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("schemas", "connectors", "pipeline")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock")
HEAVY = {
    "typer", "rich", "pydantic", "spacy", "faust", "kafka", "elasticsearch", "trafilatura", "lxml",
    "orjson", "yaml", "structlog", "numpy", "onnxruntime",
}  # fmt: skip
SHIPPED = (
    "pipeline/_assets/models/entities/encoder.onnx",
    "pipeline/_assets/models/lines/first.onnx",
    "pipeline/_assets/models/news_open_sm/meta.json",
    "pipeline/_assets/models/news_open_sm/ner/model",
    "pipeline/_assets/models/parser/trees.onnx",
    "pipeline/_assets/models/words/rows.npy",
    "pipeline/_assets/seeds/gazetteer/cities.tsv",
    "pipeline/_assets/seeds/gazetteer/countries.tsv",
    "pipeline/_assets/seeds/articles/01-flat-teasers/raw.json",
    "pipeline/_assets/seeds/sources/demo.yaml",
    "schemas/elasticsearch/base.json",
    "schemas/elasticsearch/language.json",
    "schemas/elasticsearch/lifecycle.json",
    "schemas/elasticsearch/policy.json",
    "schemas/py.typed",
    "connectors/py.typed",
    "pipeline/py.typed",
)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Build the wheel as `make wheel` does; return the names of the files in it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, str(folder)], cwd=ROOT, check=True, timeout=120)
    (made,) = folder.glob("*.whl")
    with zipfile.ZipFile(made) as held:
        return held.namelist()


def test_the_wheel_holds_our_packages_and_nothing_else(wheel: list[str]) -> None:
    """Three packages and the dist-info; no tests, no benchmarks, no caches."""
    tops = {name.split("/")[0] for name in wheel}
    assert {name for name in tops if not name.endswith(".dist-info")} == set(PACKAGES)
    assert [name for name in wheel if re.search(r"test_|conftest|__pycache__|\.pyc$", name)] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_the_wheel_holds_what_the_code_reads(wheel: list[str], name: str) -> None:
    """Model, gazetteer, samples, starter sources, templates and type marks are installed too."""
    assert name in wheel


def test_every_file_of_the_packages_is_in_the_wheel(wheel: list[str]) -> None:
    """What git knows of the packages is what is installed."""
    done = subprocess.run(
        ["git", "ls-files", *PACKAGES], cwd=ROOT, capture_output=True, text=True, check=True
    )
    there = {name for name in done.stdout.splitlines() if (ROOT / name).exists()}
    assert there - set(wheel) == set()


def test_each_import_name_has_one_owner() -> None:
    """No other distribution of this environment holds a package of the same name."""
    try:
        distribution("newsmill")
    except PackageNotFoundError:
        if os.environ.get("CI"):
            pytest.fail("newsmill is not installed: `make setup` does it", pytrace=False)
        pytest.skip("newsmill is not installed here; `make setup` does it")
    owners = packages_distributions()  # an editable install lists no packages of its own
    assert {name: set(owners.get(name, ())) - {"newsmill"} for name in PACKAGES} == {
        name: set() for name in PACKAGES
    }
    places = {name: Path(str(find_spec(name).origin)).parents[1] for name in PACKAGES}
    assert set(places.values()) == {ROOT}


def blocks(name: str) -> list[str]:
    """Return each requirement of a lock file, with its hashes, on one line."""
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_and_hashed(name: str) -> None:
    """An exact version and at least one SHA-256: what was tested is what is installed."""
    pinned = re.compile(
        r"[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==\S+( ; .+?)?( +--hash=sha256:\w{64})+"
    )
    assert [line for line in blocks(name) if not pinned.fullmatch(line.strip())] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_names_no_address(name: str) -> None:
    """Where packages come from is the installer's affair: any mirror will do."""
    text = (ROOT / name).read_text("utf-8")
    assert re.findall(r"\S*://\S*|--(?:extra-)?index-url\S*|--find-links\S*|@ ", text) == []


def names(requirements: list[str]) -> set[str]:
    """Return the names of requirements in their normal form."""
    found = (re.match(r"[A-Za-z0-9._-]+", one) for one in requirements)
    return {re.sub(r"[-_.]+", "-", match[0]).lower() for match in found if match}


@pytest.mark.parametrize("name", LOCKS)
def test_every_dependency_is_locked(name: str) -> None:
    """What pyproject.toml asks for stands in the lock file."""
    wanted = names(PROJECT["project"]["dependencies"])
    assert wanted - names(blocks(name)) == set()


def test_every_tool_is_locked() -> None:
    """The tools of the checks stand in the lock file of the developers."""
    tools = names(PROJECT["dependency-groups"]["dev"])
    assert tools - names(blocks("requirements-dev.lock")) == set()


@pytest.mark.parametrize("command", [["--help"], [], ["nonsense"]])
def test_a_first_look_imports_nothing_heavy(command: list[str]) -> None:
    """Help comes at once: no library that takes long to load is loaded."""
    look = (
        "import sys; from pipeline.cli.main import main; "
        f"main({command!r}); sys.stderr.write(' '.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert HEAVY & set(done.stderr.split()) == set()
