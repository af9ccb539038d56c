"""memory: learned from files, listed, shown."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.stream import reading
from schemas import CleanArticle

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def lines(plus: str = "Gazette Plus") -> bytes:
    """Return clean articles as JSON Lines, each with a line that all have."""
    articles = [
        CleanArticle(
            id=str(number), source="gazette", published_at=NOON + timedelta(days=number),
            text=f"Cod cost {number} kroner more in port {number} on Monday.\n\n{plus}",
        )
        for number in range(8)
    ]  # fmt: skip
    return b"".join(article.to_bytes() + b"\n" for article in articles)


@pytest.fixture
def clean_articles(tmp_path: Path) -> str:
    """Return a file of clean articles."""
    path = tmp_path / "clean.jsonl"
    path.write_bytes(lines())
    return str(path)


def test_learn_list_show(newsmill: Any, clean_articles: str, tmp_path: Path) -> None:
    """A snapshot is learned from a file, and can be looked at."""
    done = newsmill("memory", "learn", clean_articles)
    assert (done.code, done.out.splitlines()[0]) == (
        0, "from 8 articles: snapshot 000001, 1 lines of 1 sources",
    )  # fmt: skip
    (row,) = json.loads(newsmill("memory", "list", "--json").out)
    assert (row["snapshot"], row["lines"]) == ("000001", 1)
    assert row["file"] == str(tmp_path / "state" / "memory" / "000001.json")
    assert "000001" in newsmill("memory", "list").out
    assert "2026-11-08" in newsmill("memory", "show").out
    assert "8 of 8" in newsmill("memory", "show", "1", "--source", "gazette").out
    shown = json.loads(newsmill("memory", "show", "latest", "--json").out)
    assert shown["sources"]["gazette"]["articles"] == 8


def test_learn_says_how_clean_uses_it(newsmill: Any, clean_articles: str, tmp_path: Path) -> None:
    """A snapshot of the settings' folder is used by its number, any other by its path."""
    ours = newsmill("memory", "learn", clean_articles)
    assert ours.out.splitlines()[1].endswith("NEWSMILL_MEMORY=1")
    other = tmp_path / "other"
    theirs = newsmill("memory", "learn", clean_articles, "--dir", str(other))
    assert theirs.out.splitlines()[1].endswith(f"NEWSMILL_MEMORY={other / '000001.json'}")


def test_nothing_new_makes_no_snapshot(newsmill: Any, clean_articles: str) -> None:
    """Learning the same again writes nothing; something else is the next number."""
    newsmill("memory", "learn", clean_articles)
    again = newsmill("memory", "learn", clean_articles)
    assert again.out.startswith("nothing has changed since snapshot 000001")
    Path(clean_articles).write_bytes(lines("Gazette Extra"))
    assert json.loads(newsmill("memory", "learn", clean_articles, "--json").out)["snapshot"] == (
        "000002"
    )


def test_what_is_no_article_is_counted(newsmill: Any, clean_articles: str) -> None:
    """A line that is none is passed over and told; without any article nothing is learned."""
    with Path(clean_articles).open("ab") as file:
        file.write(b"{}\ncod\n")
    assert newsmill("memory", "learn", clean_articles).err.startswith("2 records are no clean")
    Path(clean_articles).write_bytes(b"cod\n")
    assert newsmill("memory", "learn", clean_articles).code == 1


def test_without_a_file_the_topic_is_read(newsmill: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The topic of clean articles is learned from; tombstones are no articles."""
    sent = [SimpleNamespace(value=value) for value in (*lines().splitlines(), None)]
    asked = []
    monkeypatch.setattr(
        reading, "messages", lambda _settings, topic: asked.append(topic.name) or iter(sent)
    )
    done = newsmill("memory", "learn")
    assert (done.code, done.err, asked) == (0, "", ["articles.clean"])


def test_what_is_not_there(newsmill: Any, clean_articles: str) -> None:
    """No snapshot, no such source, no such file: each is told, with what to do."""
    assert "newsmill memory learn" in newsmill("memory", "list").out
    assert newsmill("memory", "show", "3").code == 78
    newsmill("memory", "learn", clean_articles)
    assert newsmill("memory", "show", "--source", "herald").code == 1
    assert newsmill("memory", "learn", "none.jsonl").code == 1
