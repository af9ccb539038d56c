"""Patterns of lines and their tests, as a person writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors.source_file import load
from schemas import ConfigError

SOURCE = "sources:\n  - id: gazette\n    type: files\n    path: x\n"


def faults(tmp_path: Path, lines: str) -> list[str]:
    """Return what is wrong with a source that has *lines* besides."""
    file = tmp_path / "a.yaml"
    file.write_text(SOURCE + lines)
    with pytest.raises(ConfigError) as error:
        load([file])
    return [str(fault).removeprefix(f"{file}:") for fault in error.value.faults]


def test_patterns_are_read(tmp_path: Path) -> None:
    """Patterns and tests come as they are written."""
    (tmp_path / "a.yaml").write_text(
        f"{SOURCE}    keep: ['Note: cod *']\n    tests:\n      - {{text: a, go: [abc]}}\n"
    )
    (source,) = load([tmp_path])
    assert (source.keep, source.remove, source.tests[0].go) == (("Note: cod *",), (), ("abc",))


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("The *", "at least 6 letters"),
        ("*", "at least 6 letters"),
        ("--", "at least 3 letters"),
        ("a" * 301, "300 characters at most"),
        ("one line\\nand another", "a pattern is one line"),
    ],
)
def test_a_pattern_says_enough(tmp_path: Path, pattern: str, why: str) -> None:
    """A pattern that would take half of each story, or is none, is refused in its place."""
    (told,) = faults(tmp_path, f'    remove:\n      - "{pattern}"\n')
    assert told.startswith("6:9: `remove: ")
    assert why in told


def test_faults_within_a_test_have_their_place(tmp_path: Path) -> None:
    """An unknown word, a missing text and a wrong value are each told where they stand."""
    told = faults(
        tmp_path, "    tests:\n      - {goes: [abc]}\n      - text: a\n        stay: abc\n"
    )
    assert told == [
        "6:9: required option `text` of `tests` is missing",
        "6:10: unknown option `goes` in `tests`. Did you mean `go`?",
        "8:9: `stay: abc` in `tests`: Input should be a valid tuple",
    ]
