"""The folder of labelled pages, as it is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.dataset import Dataset


def test_pages(data: Path) -> None:
    """Pages of the language are read with their gold, and the noise where it is labelled."""
    one, two = Dataset.at(data).pages()
    assert (one.id, one.news, one.noise) == (
        "p1", True, frozenset({"read more trawlers stay in port"}),
    )  # fmt: skip
    assert (two.id, two.news, two.noise) == ("p2", False, None)
    assert [page.id for page in Dataset.at(data).pages("de")] == ["p3"]


def test_what_a_tool_made_is_no_gold(data: Path) -> None:
    """A text that some tool gave cannot say how good another is."""
    rows = [json.loads(line) for line in (data / "index.jsonl").read_text().splitlines()]
    rows[0]["gold_kind"] = "tool-output"
    (data / "index.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert [page.id for page in Dataset.at(data).pages()] == ["p2"]
    assert Dataset.at(data).lines("col") == []


def test_lines(data: Path) -> None:
    """Labelled lines are read; a variant that is not there has none."""
    (text,) = Dataset.at(data).lines("col")
    assert (text.id, len(text.lines), text.labels[3]) == ("p1", 5, "drop")
    assert Dataset.at(data).lines("readability") == []


def test_a_sample_is_always_the_same(data: Path) -> None:
    """`quick` chooses by the ids, so two runs see the same pages."""
    first = [page.id for page in Dataset.at(data, quick=1).pages()]
    assert len(first) == 1
    assert first == [page.id for page in Dataset.at(data, quick=1).pages()]


def test_news_alone(data: Path) -> None:
    """Pages that are no news can be left out."""
    assert [page.id for page in Dataset.at(data, news=True).pages()] == ["p1"]


def test_no_index(tmp_path: Path) -> None:
    """A folder without an index holds no such data."""
    with pytest.raises(OSError, match=r"index\.jsonl"):
        Dataset.at(tmp_path)
