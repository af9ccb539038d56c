"""The reference page of source files."""

from __future__ import annotations

from pathlib import Path

from connectors.reference import sources_page
from connectors.source_file import load

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "sources.md"


def test_page_is_up_to_date() -> None:
    """The committed page is the one that the options give."""
    assert PAGE.read_text() == sources_page()


def test_example_is_right(tmp_path: Path) -> None:
    """The example on the page has no faults."""
    example = sources_page().split("```")[1].removeprefix("yaml\n")
    (tmp_path / "a.yaml").write_text(example)
    assert [connector.id for connector in load([tmp_path])] == ["gazette"]
