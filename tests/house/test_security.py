"""SECURITY.md: each test that it names exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "SECURITY.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py(?:::\w+)?)`", TEXT)))


def test_tests_are_named() -> None:
    """The page names tests at all; else the next test would pass by having nothing to do."""
    assert len(NAMED) > 20


@pytest.mark.parametrize("name", NAMED)
def test_a_named_test_exists(name: str) -> None:
    """A file of tests is there, and in it the test or the class."""
    file, _, test = name.partition("::")
    text = (ROOT / file).read_text("utf-8")
    wanted = rf"{test}\b" if test else r"\w+"
    assert re.search(rf"^\s*(?:async )?(?:def|class) {wanted}", text, re.MULTILINE)


def test_every_defence_names_what_holds_it() -> None:
    """No row of a table of defences is a mere claim."""
    defences = TEXT[TEXT.index("## What is fetched") :]
    rows = re.findall(r"^\| (?!defence)[^|-].*\|$", defences, re.MULTILINE)
    assert [row for row in rows if "`tests/" not in row] == []
