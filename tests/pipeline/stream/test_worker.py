"""A worker is given what the settings name, or it does not start."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.settings import Settings
from pipeline.stream.worker import options_of
from schemas import ConfigError


def settings(folder: Path, **changes: object) -> Settings:
    """Return settings of a worker whose files lie in *folder*."""
    return Settings(_env_file=None, state_dir=folder, sources_dir=folder / "sources", **changes)


def test_what_is_there_is_given(tmp_path: Path) -> None:
    """Source files where there are any, and the snapshot, by its file: it stays the same one."""
    assert options_of("clean", settings(tmp_path)).sources == ""
    (tmp_path / "sources").mkdir()
    (tmp_path / "memory").mkdir()
    (tmp_path / "memory" / "000003.json").write_text("{}")
    options = options_of("clean", settings(tmp_path, memory="latest"))
    assert options.sources == str(tmp_path / "sources")
    assert options.memory == str(tmp_path / "memory" / "000003.json")


def test_without_its_snapshot_it_does_not_start(tmp_path: Path) -> None:
    """A snapshot that is named and not there is a fault of the settings."""
    with pytest.raises(ConfigError, match="000012"):
        options_of("clean", settings(tmp_path, memory="12"))
    assert options_of("enrich", settings(tmp_path, memory="12")).memory == ""
