"""YAML as people mean it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from connectors.strict_yaml import MAX_BYTES, compose
from schemas import ConfigError


def parsed(folder: Path, text: str | bytes) -> Any:
    """Return what *text* says."""
    file = folder / "a.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return compose(file)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"), ("no", "no"), ("on", "on"), ("yes", "yes"), ("010", "010"), ("0x1F", "0x1F"),
        ("12:30:45", "12:30:45"), ("2026-03-01", "2026-03-01"), ("1_000", "1_000"), ("1e3", "1e3"),
        (".inf", ".inf"), ("True", "True"), ("=", "="), ("true", True), ("false", False),
        ("12", 12), ("-1.5", -1.5), ("null", None), ("~", None), ("", None), ("'12'", "12"),
        ("<<", "<<"),
    ],
)  # fmt: skip
def test_values(tmp_path: Path, text: str, value: object) -> None:
    """Norway stays a word, and so does everything but true, false, null and plain numbers."""
    assert parsed(tmp_path, f"a: {text}")[0] == {"a": value}


def test_marks(tmp_path: Path) -> None:
    """Each option has the line and column of its key."""
    _, marks = parsed(tmp_path, "sources:\n  - id: a\n    url: b\n")
    assert marks["sources", 0] == (2, 5)
    assert marks["sources", 0, "url"] == (3, 5)


@pytest.mark.parametrize(
    ("text", "where", "why"),
    [
        ("a: &x [1]\nb: *x", "1:4", "anchors"),
        ("a: &x [*x]", "1:4", "anchors"),
        ("a: *x", "1:4", "anchors"),
        ("a: 1\na: 2", "2:1", "twice"),
        ("? [1]\n: 2", "1:3", "a key is a word"),
        ("a: !!python/name:os.system", "1:4", "tags"),
        ("a: !!python/object/apply:os.system ['ls']", "1:4", "tags"),
        ("a:\n\t- b", "2:1", "mend"),
        ("a: 1\n---\nb: 2", "2:1", "another document"),
        ("[" * 5000, "1:21", "deeply"),
        ("a: \x07", "1:1", "special characters"),
        ("a: [1", "1:6", "mend"),
        ("a: " + "9" * 5000, "1:4", "too long"),
    ],
)
def test_refused(tmp_path: Path, text: str, where: str, why: str) -> None:
    """What has no place in a source file is refused with file, line and column."""
    with pytest.raises(ConfigError) as error:
        parsed(tmp_path, text)
    (fault,) = error.value.faults
    assert fault.where == f"{tmp_path / 'a.yaml'}:{where}"
    assert why in fault.what


@pytest.mark.parametrize("text", [b"a: \xff", b" " * (MAX_BYTES + 1)])
def test_unreadable(tmp_path: Path, text: bytes) -> None:
    """So is a file that is no text, or beyond all measure."""
    with pytest.raises(ConfigError, match=r"a\.yaml"):
        parsed(tmp_path, text)
