"""The tools that are compared: each sees the same pages and lines."""

from __future__ import annotations

import pytest

from bench.peers import TOOLS, Tool, by_page

from .conftest import STORY, TEASER

INSTALLED = [tool for tool in TOOLS if not tool.missing()]
PAGE = f"<html><body><article><p>{' '.join(STORY)}</p><p>{STORY[0]}</p></article></body></html>"


@pytest.mark.parametrize("tool", INSTALLED, ids=lambda tool: tool.name)
def test_a_tool_reads_pages_and_lines(tool: Tool) -> None:
    """Each finds the story of a plain page, and drops no line that is not there."""
    extract, drop = tool.load()
    assert STORY[0] in extract(PAGE)
    assert drop([*STORY[:2], TEASER, STORY[2]]) <= {0, 1, 2, 3}


@pytest.mark.parametrize("name", ["newsmill balanced", "newsmill careful", "regex list"])
def test_those_that_know_lines_drop_the_teaser(name: str) -> None:
    """A line that only leads elsewhere is dropped, and nothing else."""
    (tool,) = [one for one in TOOLS if one.name == name]
    _, drop = tool.load()
    assert drop([*STORY[:2], TEASER, STORY[2]]) == {2}


def test_what_does_not_come_back_was_dropped() -> None:
    """A short line must come back as a line; a long one may stand within another."""
    drop = by_page(lambda _page: "Share this and more\nA long line of many words, and more.\n___")
    lines = ["Share this", "A long line of many words", "Share this and more", "___", "Gone"]
    assert drop(lines) == {0, 4}


def test_a_tool_that_is_not_there_says_how_to_get_it() -> None:
    """No error, but a sentence for its row."""
    tool = Tool("none", INSTALLED[0].load, "no_such_module", "no-such-package")
    assert tool.missing() == "not installed: pip install no-such-package"
