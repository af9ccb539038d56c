"""The documents: generated pages match the code, commands run, links lead somewhere."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from docs import generate
from pipeline.cli.main import COMMANDS

ROOT = Path(__file__).parents[2]
FOLDERS = ("docs", "models", "ops", "seeds")
BLOCK = re.compile(r"^ *```console\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
EXIT = re.compile(r"\s+# exit (\d+)$")
SECS = 120
"""No command of the documents may take longer, on a busy machine."""


@dataclass(frozen=True)
class Shown:
    """A command as a page shows it, and the exit code that it ends with."""

    line: str
    code: int


def pages() -> list[Path]:
    """Return every Markdown page of the project, without what tools left in the folder."""
    found = {page for folder in FOLDERS for page in (ROOT / folder).rglob("*.md")}
    return sorted(found | set(ROOT.glob("*.md")))


def commands(page: Path) -> list[Shown]:
    """Return the commands of the console blocks of *page*, in order."""
    told = page.read_text("utf-8")
    lines = [line.strip() for block in BLOCK.findall(told) for line in block.splitlines()]
    return [shown(line.removeprefix("$ ")) for line in lines if line.startswith("$ ")]


def shown(line: str) -> Shown:
    """Return a line without its note of the exit code, and that code."""
    note = EXIT.search(line)
    return Shown(EXIT.sub("", line), int(note[1]) if note else 0)


@dataclass
class Reader:
    """Somebody who types the commands of the pages, each once, in a folder like a checkout."""

    place: Path
    seen: dict[str, subprocess.CompletedProcess[str]] = field(default_factory=dict)

    def type(self, line: str) -> subprocess.CompletedProcess[str]:
        """Run a line of shell with newsmill on the path and no setting of ours."""
        if line not in self.seen:
            theirs = {name: it for name, it in os.environ.items() if name[:9] != "NEWSMILL_"}
            path = f"{self.place / '.bin'}{os.pathsep}{theirs.get('PATH', '')}"
            ours = {"PATH": path, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
            self.seen[line] = subprocess.run(
                ["bash", "-c", line], cwd=self.place, env=theirs | ours, timeout=SECS,
                capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        return self.seen[line]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Return a reader in a folder that holds the samples and the program, and room to write."""
    place = tmp_path_factory.mktemp("newsmill")
    (place / "seeds").symlink_to(ROOT / "seeds")
    (place / ".bin").mkdir()
    program = place / ".bin" / "newsmill"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pipeline.cli "$@"\n')
    program.chmod(0o755)
    return Reader(place)


def named(page: Path) -> str:
    """Return how a test calls a page."""
    return page.relative_to(ROOT).as_posix()


every_page = pytest.mark.parametrize("page", pages(), ids=named)
pages_with_commands = pytest.mark.parametrize(
    "page", [page for page in pages() if commands(page)], ids=named
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every generated file, made anew."""
    folder = tmp_path_factory.mktemp("made")
    generate.write(folder)
    return folder


@pytest.mark.parametrize("folder", ["docs/reference", "schemas/json"])
def test_generated_files_are_as_the_code_makes_them(made: Path, folder: str) -> None:
    """Whoever changes an option or a record runs `make generate` and commits what it writes."""
    expected = {file.name: file.read_text("utf-8") for file in (made / folder).iterdir()}
    actual = {file.name: file.read_text("utf-8") for file in (ROOT / folder).iterdir()}
    hand_written = {"pipe-mode.md"} & actual.keys()

    assert expected == {name: actual[name] for name in actual if name not in hand_written}


def test_the_generators_examples_hold() -> None:
    """The generator lies outside the packages, so its doctests are run here."""
    found = doctest.testmod(generate)

    assert found.attempted > 0
    assert found.failed == 0


def test_every_command_is_in_the_reference() -> None:
    """A command that is added is one that people can read about."""
    told = (ROOT / "docs/reference/commands.md").read_text("utf-8")
    headings = re.findall(r"^## newsmill (\w+)$", told, re.MULTILINE)

    assert list(COMMANDS) == headings


@every_page
def test_links_lead_to_files_that_exist(page: Path) -> None:
    """Each relative link of a page names a file or folder of the project."""
    links = LINK.findall(FENCED.sub("", page.read_text("utf-8")))
    near = [link.partition("#")[0] for link in links if "://" not in link and link[0] != "#"]
    dead = [link for link in near if not (page.parent / link).exists()]

    assert dead == []


@pages_with_commands
def test_commands_end_as_the_page_says(page: Path, reader: Reader) -> None:
    """A reader who types the commands of a page, in order, sees them work."""
    for shown in commands(page):
        if shown.line.startswith("make "):
            continue  # `test_make_targets_exist` looks at these
        ended = reader.type(shown.line)

        assert shown.code == ended.returncode, f"$ {shown.line}\n{ended.stdout}{ended.stderr}"


@pages_with_commands
def test_make_targets_exist(page: Path) -> None:
    """Each target that a page names is one of the Makefile's."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    asked = {shown.line for shown in commands(page) if shown.line.startswith("make ")}
    unknown = {target for line in asked for target in shlex.split(line)[1:]} - targets

    assert unknown == set()


def test_the_readme_shows_what_the_demo_prints(reader: Reader) -> None:
    """Each line of the sample output is one that the demo prints, in that order."""
    told = (ROOT / "README.md").read_text("utf-8").partition("```text demo\n")[2]
    sample = [line.strip() for line in told.partition("```")[0].splitlines()]
    printed = reader.type("newsmill demo").stdout.splitlines()
    lines = iter([line.strip() for line in printed])
    missing = [line for line in sample if line not in ("", "[…]") and line not in lines]

    assert missing == []
