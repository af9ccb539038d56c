"""clean: one article for a person to look at."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from connectors.errors import SourceRefused, SourceUnavailable
from connectors.http import Http
from connectors.response import Response

STORY = "Ministers from nine countries met in Oslo on Monday to talk about the price of cod."


@pytest.fixture
def article(tmp_path: Path) -> str:
    """Return a file with a small article."""
    path = tmp_path / "cod.txt"
    path.write_text(f"Talks on cod open in Oslo\n\n{STORY}\n\nREAD MORE: Trawlers stay in port\n")
    return str(path)


def test_cuts_are_shown_in_place(newsmill: Any, article: str) -> None:
    """Without a terminal each cut stands in its place between marks, with kind and rule."""
    done = newsmill("clean", article)
    lines = [line for line in done.out.splitlines() if line.strip()]

    assert done.code == 0
    assert lines[0] == "Talks on cod open in Oslo  (text)"
    assert lines[-6:-4] == [
        STORY, "[- READ MORE: Trawlers stay in port -] {read-more, by read-more}",
    ]  # fmt: skip
    assert lines[-2] == "kept 1 paragraph of 16 words, cut 2 lines of 12 words"


def test_no_colour_where_none_is_wanted(
    newsmill: Any, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A terminal gets colours; with NO_COLOR it gets the marks."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "[-" not in newsmill("clean", article).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "[- READ MORE" in newsmill("clean", article).out


def test_json(newsmill: Any, article: str) -> None:
    """--json prints the record."""
    done = newsmill("clean", article, "--json", "--headline", "Cod")
    record = json.loads(done.out)

    assert (record["text"], record["headline"]) == (f"Talks on cod open in Oslo\n\n{STORY}", "Cod")


def test_html(newsmill: Any, article: str, tmp_path: Path) -> None:
    """--html writes a page in place of the report and says where."""
    done = newsmill("clean", article, "--html", str(tmp_path / "cod.html"))

    assert (done.code, done.out) == (0, "")
    assert str(tmp_path / "cod.html") in done.err
    assert "<del>READ MORE: Trawlers stay in port</del>" in (tmp_path / "cod.html").read_text()


def test_what_is_known_of_the_source_counts(
    newsmill: Any, article: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With --source the lines that its file keeps and removes are shown as the stream does it."""
    (tmp_path / "s.yaml").write_text(
        "sources:\n  - {id: gazette, type: files, path: x, keep: ['READ MORE*']}\n"
    )
    monkeypatch.setenv("NEWSMILL_SOURCES_DIR", str(tmp_path / "s.yaml"))

    assert "[- READ MORE" in newsmill("clean", article).out
    assert "[- READ MORE" not in newsmill("clean", article, "--source", "gazette").out
    done = newsmill("clean", article, "--source", "gazette", "--memory", "9")
    assert (done.code, "newsmill memory list" in done.err) == (78, True)


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [("a.html", b"%PDF-1.7 ...", "undecodable"), ("a.txt", b"Advertisement\n", "only_boilerplate"),
     ("a.json", b"{}", "invalid_record")],
)  # fmt: skip
def test_what_gives_no_article(
    newsmill: Any, tmp_path: Path, name: str, body: bytes, reason: str
) -> None:
    """A dead letter or a drop ends with 1, and says why in words or as JSON."""
    (tmp_path / name).write_bytes(body)
    done = newsmill("clean", name)

    assert (done.code, done.out) == (1, "")
    assert reason in done.err
    assert json.loads(newsmill("clean", name, "--json").out)["reason"] == reason


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("cdo.txt", "Did you mean cod.txt?"),
        ("www.gazette.example/cod", "https://www.gazette.example/cod"),
        (".", "is a folder"),
    ],
)
def test_a_wrong_name_is_helped(newsmill: Any, article: str, given: str, told: str) -> None:
    """What is not there is told with what was probably meant."""
    done = newsmill("clean", given)
    assert (done.code, told in " ".join(done.err.replace("│", " ").split())) == (2, True)


def test_a_record(newsmill: Any, tmp_path: Path) -> None:
    """A file that ends in .json is a record as pipe mode reads it."""
    (tmp_path / "a.json").write_text(
        json.dumps({"url": "", "source": "s", "content_type": "text/plain", "body": STORY})
    )
    assert json.loads(newsmill("clean", "a.json", "--json").out)["source"] == "s"


@pytest.mark.parametrize(
    ("error", "code"), [(SourceRefused("robots.txt says no"), 1), (SourceUnavailable("away"), 69)]
)
def test_an_address_is_read_as_connectors_read(
    newsmill: Any, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int
) -> None:
    """It goes through the guarded client, with our contact; a refusal is told in its words."""
    asked = []

    def get(client: Http, url: str) -> Response:
        asked.append((client.contact, url))
        if len(asked) > 1:
            raise error
        return Response(200, url, STORY.encode(), "text/plain", {})

    monkeypatch.setenv("NEWSMILL_CONTACT", "desk@house.example")
    monkeypatch.setattr(Http, "get", get)
    assert STORY in newsmill("clean", "https://gazette.example/cod").out
    done = newsmill("clean", "https://gazette.example/cod")
    assert (done.code, str(error) in done.err) == (code, True)
    assert asked[0] == ("desk@house.example", "https://gazette.example/cod")
