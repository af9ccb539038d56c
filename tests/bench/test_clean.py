"""The comparison as a whole, on a folder of three pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench import clean as bench
from bench.clean import as_dict, measure, told
from bench.peers import Tool


def fails(_item: Any) -> Any:
    """Fail as a peer may."""
    raise ValueError("no")


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare newsmill with a tool that fails and one that is not there."""
    monkeypatch.setattr(bench, "TOOLS", (
        bench.TOOLS[0],
        Tool("broken", lambda: (fails, fails)),
        Tool("absent", lambda: (fails, fails), "no_such_module", "no-such-package"),
    ))  # fmt: skip


@pytest.mark.usefixtures("tools")
def test_the_tables(data: Path) -> None:
    """Each tool has a row: figures, or how often it failed, or how to get it."""
    pages, lines = measure(data).tasks
    ours, broken, absent = pages.rows

    assert (pages.name, lines.name) == ("html", "col")
    assert ours.news is not None
    assert (ours.news.pages, ours.news.f1, ours.failed) == (1, 1, 0)
    assert ours.all is not None
    assert ours.all.pages == 2
    assert (broken.failed, broken.all.f1 if broken.all else None) == (2, 0)
    assert (absent.all, absent.missing) == (None, "not installed: pip install no-such-package")
    assert [row.failed for row in lines.rows] == [0, 1, 0]


@pytest.mark.usefixtures("tools")
def test_told_and_as_json(data: Path) -> None:
    """People get tables with the machine above, programs the same as JSON."""
    found = measure(data, quick=1)
    text = told(found)

    assert "Pages to text (" in text
    assert "3 pages of 3 sites, 1 of each task" in text
    assert "pip install no-such-package" in text
    assert json.loads(json.dumps(as_dict(found)))["tasks"][1]["name"] == "col"


def test_tasks_and_tools_can_be_chosen(data: Path) -> None:
    """Only what was asked for is measured."""
    (task,) = measure(data, tasks=["col"], tools=["regex list"]).tasks
    assert [(task.name, row.tool) for row in task.rows] == [("col", "regex list")]
