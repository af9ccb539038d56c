"""explain: one annotated article for a person to look at."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.index.document import document
from pipeline.index.local import Local

from .shown.articles import annotated

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
STORY = "Ministers from nine countries met in Oslo on Monday to talk about the price of cod."
IDS = ("3f2a91bc00", "3f2a91bcff", "77")


@pytest.fixture
def index(tmp_path: Path) -> str:
    """Return the path of an index with the annotated article under three ids."""
    local = Local(tmp_path / "found.db")
    local.open()
    articles = [annotated().model_copy(update={"id": id_}) for id_ in IDS]
    local.write([document(article, NOON) for article in articles])
    local.close()
    return str(local.path)


def test_an_article_of_the_index(newsmill: Any, index: str) -> None:
    """It is shown as it was indexed, found by its id or by how that begins."""
    done = newsmill("explain", "3f2a91bc00", "--in", index)
    assert done.code == 0
    assert '{1 "and soon." | Ada Moor (Moor)}' in done.out
    assert "mayor of Oslo" in done.out
    assert json.loads(newsmill("explain", "7", "--in", index, "--json").out)["id"] == "77"


@pytest.mark.parametrize(
    ("id_", "told"), [("3f2a", "several articles"), ("9", "no article of that id")]
)
def test_an_id_that_tells_no_article(newsmill: Any, index: str, id_: str, told: str) -> None:
    """Several that begin so, or none, are said."""
    done = newsmill("explain", id_, "--in", index)
    assert (done.code, told in " ".join(done.err.replace("│", " ").split())) == (2, True)


def test_a_wrong_file_is_helped(newsmill: Any, tmp_path: Path) -> None:
    """What looks like a file is told with what was probably meant; no index is asked."""
    (tmp_path / "cod.txt").write_text(STORY)
    done = newsmill("explain", "cdo.txt")
    assert (done.code, "Did you mean cod.txt?" in done.err) == (2, True)


def test_without_an_index_it_says_how_to_make_one(newsmill: Any) -> None:
    """An id needs an index."""
    done = newsmill("explain", "3f2a91bc")
    assert (done.code, "newsmill demo" in done.err) == (2, True)


def test_a_file_is_cleaned_and_read(newsmill: Any, tmp_path: Path) -> None:
    """It is read by the language model, in the setting that is asked for."""
    (tmp_path / "cod.txt").write_text(f"{STORY}\n\nREAD MORE: Trawlers stay in port\n")
    done = newsmill("explain", "cod.txt", "--language", "fast", "--json", "--headline", "Cod")
    record = json.loads(done.out)
    assert (done.code, record["text"], record["headline"]) == (0, STORY, "Cod")
    assert "Oslo" in [entity["name"] for entity in record["entities"]]


def test_the_day_of_publication_gives_dates_their_value(newsmill: Any, tmp_path: Path) -> None:
    """Where the file does not say it, the reader may."""
    (tmp_path / "cod.txt").write_text(STORY)
    done = newsmill("explain", "cod.txt", "--language", "fast", "--published", "2026-11-03")
    assert "[Monday DATE: 2026-11-02]" in done.out


def test_an_annotated_record_is_shown_as_it_is(newsmill: Any, tmp_path: Path) -> None:
    """What pipe mode wrote needs no model."""
    (tmp_path / "a.json").write_text(annotated().model_dump_json())
    assert "[Moor PERSON: Ada Moor]" in newsmill("explain", "a.json").out
    done = newsmill("explain", "a.json", "--language", "fast", "--json")
    assert json.loads(done.out)["models"]["language_model"] != "by hand 1"


def test_html(newsmill: Any, tmp_path: Path) -> None:
    """--html writes a page in place of the report and says where."""
    (tmp_path / "a.json").write_text(annotated().model_dump_json())
    done = newsmill("explain", "a.json", "--html", "a.html")
    assert (done.code, done.out, done.err) == (0, "", "written: a.html\n")
    assert "Ada Moor</b>; PERSON" in (tmp_path / "a.html").read_text()


def test_no_colour_where_none_is_wanted(
    newsmill: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A terminal gets colours; with NO_COLOR it gets the marks."""
    (tmp_path / "a.json").write_text(annotated().model_dump_json())
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "[Moor" not in newsmill("explain", "a.json").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "[Moor" in newsmill("explain", "a.json").out


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [("a.txt", "Advertisement\n", "only_boilerplate"), ("a.json", "{", "invalid_json"),
     ("b.json", '{"entities": 7}', "invalid_record")],
)  # fmt: skip
def test_what_gives_no_article(
    newsmill: Any, tmp_path: Path, name: str, body: str, reason: str
) -> None:
    """A dead letter or a drop ends with 1, and says why."""
    (tmp_path / name).write_text(body)
    done = newsmill("explain", name)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("newsmill explain: ")
    assert reason in done.err
