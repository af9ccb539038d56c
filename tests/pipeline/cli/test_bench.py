"""bench: measures in a checkout, and says so elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.cli import bench


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Stand in for the benchmarks, which take minutes; return what they were asked."""
    asked: list[tuple[Any, ...]] = []

    def measure(*args: Any) -> int:
        asked.append(args)
        return 42

    module = SimpleNamespace(
        measure=measure, as_dict=lambda found: {"rate": found}, told=lambda found: f"{found} a s"
    )
    monkeypatch.setattr(bench, "import_module", lambda _name: module)
    return asked


def test_prints_what_was_measured(newsmill: Any, measured: list[Any]) -> None:
    """A sentence for people, JSON for programs."""
    assert newsmill("bench", "flow", "--count", "200").out == "42 a s\n"
    done = newsmill("bench", "memory", "--json", "--language", "accurate", "--count", "100")
    assert json.loads(done.out) == {"rate": 42}
    assert measured == [(200, 400), (100, 90, "accurate")]


def test_too_few_articles_measure_nothing(newsmill: Any, measured: list[Any]) -> None:
    """A rate over a handful says nothing, so it is refused."""
    assert (newsmill("bench", "flow", "--count", "5").code, measured) == (2, [])


def test_without_a_checkout_it_says_where_to_run(
    newsmill: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An installed wheel has no benchmarks."""
    monkeypatch.setattr(bench, "ROOT", tmp_path)
    done = newsmill("bench", "flow")
    assert done.code == 2
    assert "checkout" in done.err


def test_clean_is_asked_what_was_typed(
    newsmill: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Folder, sample, tasks and tools reach the benchmark; a wrong name is told with the right."""
    asked: list[tuple[Any, ...]] = []
    module = bench.benchmark("clean")
    monkeypatch.setattr(module, "measure", lambda *args, news: asked.append((*args, news)))
    monkeypatch.setattr(module, "told", lambda _found: "a table")
    assert newsmill("bench", "clean", "data").code == 2
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "index.jsonl").touch()
    done = newsmill(
        "bench", "clean", "data", "--quick", "9", "--task", "col", "--tool", "justext", "--news"
    )
    assert (done.out, asked) == ("a table\n", [(Path("data"), 9, ["col"], ["justext"], True)])
    assert "col_other" in newsmill("bench", "clean", "data", "--task", "cod").err


def test_language_is_asked_what_was_typed(
    newsmill: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Folders, sample, tasks and readers reach the benchmark; a folder without texts does not."""
    asked: list[tuple[Any, ...]] = []
    module = bench.benchmark("language")
    monkeypatch.setattr(module, "measure", lambda *args: asked.append(args))
    monkeypatch.setattr(module, "told", lambda _found: "a table")
    assert "measure.md" in newsmill("bench", "language", str(tmp_path)).err
    row = {"id": "1", "text": "Cod.", "ents": [], "classes": ["ORG"]}
    (tmp_path / "own.jsonl").write_text(json.dumps(row))
    args = ("--quick", "9", "--task", "dates", "--tool", "newsmill fast")
    done = newsmill("bench", "language", str(tmp_path), str(tmp_path), *args)
    assert done.out == "a table\n"
    assert asked == [([tmp_path, tmp_path], 9, ["dates"], ["newsmill fast"])]
    assert "regex quotes" in newsmill("bench", "language", str(tmp_path), "--tool", "cod").err


@pytest.mark.parametrize("name", ["clean", "flow", "language", "memory"])
def test_each_benchmark_is_there(name: str) -> None:
    """The modules that the command names exist and can measure."""
    module = bench.benchmark(name)
    assert callable(module.measure)
    assert callable(module.told)
    assert callable(module.as_dict)
