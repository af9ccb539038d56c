"""The reference page of source files."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors.reference import sources_page
from connectors.source_file import load
from pipeline.cli.sources import failing_tests

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "sources.md"


def test_page_is_up_to_date() -> None:
    """The committed page is the one that the options give."""
    assert PAGE.read_text() == sources_page()


@pytest.mark.parametrize("number", [0, 1])
def test_examples_are_right(tmp_path: Path, number: int) -> None:
    """The examples on the page have no faults, and what they show of lines is what happens."""
    example = sources_page().split("```yaml\n")[number + 1].partition("```")[0]
    (tmp_path / "a.yaml").write_text(example)
    found = load([tmp_path], failing_tests)
    assert [(connector.id, len(connector.tests)) for connector in found] == [("gazette", number)]
