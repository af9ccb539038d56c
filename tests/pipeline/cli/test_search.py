"""search in the embedded index."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.index.document import document
from pipeline.index.local import Local
from schemas import EnrichedArticle

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
TEXTS = {"1": "Heavy rain fell on Lima.", "2": "Rain, heavy at times, fell on Quito.", "3": "Snow."}


@pytest.fixture
def index(tmp_path: Path) -> str:
    """Return the path of an index with three articles."""
    local = Local(tmp_path / "found.db")
    local.open()
    articles = [
        EnrichedArticle(
            id=id_, text=text, source="gazette", headline=f"No {id_}", published_at=NOON
        )
        for id_, text in TEXTS.items()
    ]
    local.write([document(article, NOON) for article in articles])
    local.close()
    return str(local.path)


def found(newsmill: Any, index: str, *words: str) -> list[str]:
    """Return the ids that a search prints."""
    return sorted(
        hit["id"] for hit in json.loads(newsmill("search", *words, "--in", index, "--json").out)
    )


def test_finds_what_holds_every_word(newsmill: Any, index: str) -> None:
    """Words stand anywhere, a phrase in quotes stands together, case does not count."""
    assert found(newsmill, index, "heavy", "RAIN") == ["1", "2"]
    assert found(newsmill, index, "heavy rain") == ["1"]
    assert found(newsmill, index, "rain", "snow") == []


@pytest.mark.parametrize("odd", ['"', '" OR', "*", "a:b", "NEAR(", "-rain", "'; DROP", "😀", "AND"])
def test_no_word_is_taken_for_a_command(newsmill: Any, index: str, odd: str) -> None:
    """Whatever is typed is looked for, or not found; it is no error."""
    assert newsmill("search", "--in", index, "--", odd).code in {0, 1}


def test_a_table_for_people(newsmill: Any, index: str) -> None:
    """Day, source, headline, and the words in their place."""
    out = newsmill("search", "snow", "--in", index).out
    assert [one in out for one in ("2026-11-01", "gazette", "No 3", "[Snow]")] == [True] * 4


def test_nothing_found_is_1(newsmill: Any, index: str) -> None:
    """A program learns it from the exit code, a person from a sentence."""
    done = newsmill("search", "hail", "--in", index)
    assert (done.code, done.out) == (1, "no article holds all of: hail\n")


def test_without_an_index_it_says_how_to_make_one(newsmill: Any, tmp_path: Path) -> None:
    """No empty file is made by looking."""
    done = newsmill("search", "rain")
    assert done.code == 2
    assert "newsmill demo" in done.err
    assert list(tmp_path.iterdir()) == []
