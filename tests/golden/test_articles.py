"""The sample articles, each a folder that a person can read: raw page in, expected record out."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.clean import clean, restore
from pipeline.samples import folders, sample, samples

FOLDERS = folders()


def expected(folder: Path) -> dict[str, Any]:
    """Return what was written down by hand for the article in *folder*."""
    fields: dict[str, Any] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return fields


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_text(folder: Path) -> None:
    """The clean text of a sample article is the text that was written down by hand."""
    text = (folder / "expected.txt").read_text(encoding="utf-8").removesuffix("\n")

    assert clean(sample(folder)).text == text


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_removed(folder: Path) -> None:
    """Each cut of a sample article has the kind and the words that were written down by hand."""
    removed = clean(sample(folder)).removed

    assert [[cut.kind, cut.text[:40]] for cut in removed] == expected(folder)["removed"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_metadata(folder: Path) -> None:
    """Headline, writers, date and language are those that were written down by hand."""
    article, wanted = clean(sample(folder)), expected(folder)
    at = wanted["published_at"] and datetime.fromisoformat(wanted["published_at"])

    assert article.headline == wanted["headline"]
    assert list(article.authors) == wanted["authors"]
    assert article.published_at == at
    assert article.published_from == wanted["published_from"]
    assert article.language == wanted["language"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_careful_keeps_every_line_of_the_story(folder: Path) -> None:
    """Careful cleaning loses no line of the story of any sample article."""
    kept = "\n".join(restore(clean(sample(folder), "careful")))
    story = (folder / "expected.txt").read_text(encoding="utf-8").split("\n\n")

    assert [line for line in story if line.strip() not in kept] == []


def test_samples_differ() -> None:
    """Every sample article has an id of its own, and there are enough of them for a demo."""
    ids = [raw.id for raw in samples()]

    assert len(set(ids)) == len(ids) >= 14
