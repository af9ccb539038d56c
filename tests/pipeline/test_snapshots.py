"""Numbered files that are written once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.snapshots import all_in, find, write
from schemas import ConfigError


def numbered(number: int) -> bytes:
    """Return a content that tells its number."""
    return f"number {number}".encode()


def test_numbers_go_up(tmp_path: Path) -> None:
    """Each snapshot has the next number, and knows it; other files do not count."""
    (tmp_path / "notes.json").write_text("{}")
    paths = [write(numbered, tmp_path / "memory") for _ in range(3)]
    assert [path.name for path in paths] == ["000001.json", "000002.json", "000003.json"]
    assert paths[2].read_bytes() == b"number 3"
    assert all_in(tmp_path / "memory") == paths


def test_a_number_that_is_taken_stays_as_it_is(tmp_path: Path) -> None:
    """Two who learn at the same time get two numbers."""

    def slow(number: int) -> bytes:
        if number == 1:
            write(numbered, tmp_path)
        return b"slow"

    path = write(slow, tmp_path)
    assert (path.name, (tmp_path / "000001.json").read_bytes()) == ("000002.json", b"number 1")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["000001.json", "000002.json"]


def test_nothing_half_is_left(tmp_path: Path) -> None:
    """Where writing fails no file is left behind."""

    def fails(_number: int) -> bytes:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        write(fails, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_find(tmp_path: Path) -> None:
    """A snapshot is named by its number, as the latest, or by its file."""
    first, second = write(numbered, tmp_path), write(numbered, tmp_path)
    assert find("1", tmp_path) == first
    assert find("000002", tmp_path) == find("latest", tmp_path) == second
    assert find(str(first), tmp_path / "elsewhere") == first


@pytest.mark.parametrize("name", ["7", "latest", "none.json"])
def test_what_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    """Nothing is started with a snapshot that is not there."""
    with pytest.raises(ConfigError, match="newsmill memory"):
        find(name, tmp_path)
