"""The dependency audit that needs no network: nothing is pinned that has a hole we know of."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.version import Version

ROOT = Path(__file__).parents[2]
HOLES: dict[str, dict[str, str]] = tomllib.loads(
    (Path(__file__).parent / "known_holes.toml").read_text("utf-8")
)
PIN = re.compile(r"^([a-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
LOCKS = ("requirements.lock", "requirements-dev.lock")


def pinned(lock: str) -> list[tuple[str, str]]:
    """Return name and version of each pin; a package may have one for each Python."""
    return PIN.findall((ROOT / lock).read_text("utf-8"))


def with_holes(pins: list[tuple[str, str]]) -> list[str]:
    """Return each pin that is older than a version which closed a hole, with the hole's name."""
    return [
        f"{name} {version}: {hole}, closed in {closed}"
        for name, version in pins
        for hole, closed in HOLES.get(name, {}).items()
        if Version(version) < Version(closed)
    ]


@pytest.mark.parametrize("lock", LOCKS)
def test_nothing_pinned_has_a_known_hole(lock: str) -> None:
    """Each pin is at least the version that closed the last hole of its package."""
    assert with_holes(pinned(lock)) == []


def test_an_old_pin_is_found() -> None:
    """The check can fail: the last version with a hole is named with it."""
    assert with_holes([("jinja2", "3.1.5")]) == ["jinja2 3.1.5: CVE-2025-27516, closed in 3.1.6"]


def test_the_table_is_about_packages_that_are_pinned() -> None:
    """A package that was taken out takes its rows with it."""
    assert HOLES.keys() <= {name for lock in LOCKS for name, _ in pinned(lock)}
