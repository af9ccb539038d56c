"""demo and search: the first five minutes, with no server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.samples import samples
from schemas import EnrichedArticle


def test_the_demo_fills_an_index_that_search_finds(newsmill: Any, tmp_path: Path) -> None:
    """Every sample stands in the table; a word of one is found afterwards, another is not."""
    done = newsmill("demo")
    assert (done.code, done.err) == (0, "")
    assert f"{len(samples())} sample articles" in done.out
    assert [raw.source for raw in samples() if raw.source not in done.out] == []
    assert (tmp_path / "state" / "newsmill.db").exists()

    found = newsmill("search", "minister", "--json", "--limit", "2")
    hits = json.loads(found.out)
    assert (found.code, len(hits)) == (0, 2)
    assert "minister" in newsmill("search", "minister").out.lower()
    assert newsmill("search", "nosuchwordanywhere").code == 1


def test_the_demo_as_json_is_records(newsmill: Any, tmp_path: Path) -> None:
    """One enriched article a line, and nothing is left on the disk."""
    done = newsmill("demo", "--json")
    records = [EnrichedArticle.from_bytes(line.encode()) for line in done.out.splitlines()]
    assert (done.code, {one.id for one in records} <= {raw.id for raw in samples()}) == (0, True)
    assert len(records) >= len(samples()) - 1
    assert list(tmp_path.iterdir()) == []
