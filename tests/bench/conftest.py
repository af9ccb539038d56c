"""A tiny folder of labelled pages of our own, laid out as docs/how-to/measure.md says."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from .labelled import labelled_texts

STORY = (
    "Ministers from nine countries met in Oslo on Monday to talk about the price of cod.",
    "The Norwegian minister said that the fleets of the north had no more to give this year.",
    "Buyers from the south left the hall before the evening and did not say when they will return.",
)
TEASER = "Read more: Trawlers stay in port"


def page(number: int, *, news: bool = True, language: str = "en") -> dict[str, object]:
    """Return the line of the index for a page."""
    return {
        "id": f"p{number}", "url": f"https://gazette{number}.example/cod", "lang": language,
        "domain": f"gazette{number}.example", "news": news, "gold_kind": "human",
        "gold_text": "\n".join(STORY), "optional": [], "html_path": f"html/p{number}.html",
    }  # fmt: skip


def write(path: Path, rows: list[dict[str, object]]) -> None:
    """Write JSON Lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return the folder: three pages, one of them not news, one in German, lines of the news."""
    write(tmp_path / "index.jsonl", [page(1), page(2, news=False), page(3, language="de")])
    (tmp_path / "html").mkdir()
    paragraphs = "".join(f"<p>{line}</p>" for line in (*STORY[:2], TEASER, STORY[2]))
    for number in (1, 2, 3):
        body = f"<html><body><nav>Home</nav><article>{paragraphs}</article></body></html>"
        (tmp_path / f"html/p{number}.html").write_text(body, encoding="utf-8")
    lines = {
        "id": "p1", "news": True, "lines": ["Cod", *STORY[:2], TEASER, STORY[2]],
        "labels": ["skip", "keep", "keep", "drop", "keep"], "kinds": ["", "", "", "read-more", ""],
    }  # fmt: skip
    write(tmp_path / "lines_col.jsonl", [lines])
    with gzip.open(tmp_path / "lines_body.jsonl.gz", "wt") as file:
        file.write(json.dumps(lines))
    return tmp_path


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """Return a folder of labelled texts."""
    return labelled_texts(tmp_path)
