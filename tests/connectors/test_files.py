"""A watched folder."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from pydantic import ValidationError

from connectors import Cursor, Files, ItemMalformed, Note, SourceUnavailable, Tools
from connectors.files import MAX_BYTES
from schemas import RawArticle, article_id
from tests.contracts.connector_contract import ConnectorContract

LONG_AGO = time.time() - 3600


def write(folder: Path, name: str, body: str | bytes, at: float = LONG_AGO) -> Path:
    """Write a file that was last changed *at*."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body if isinstance(body, bytes) else body.encode())
    os.utime(file, (at, at))
    return file


def line(**fields: object) -> str:
    """Return an article as a line of a .jsonl file."""
    given = {"url": "https://g.example/x", "content_type": "text/plain", "body": "words"} | fields
    return json.dumps(given) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder that is watched."""
    made = tmp_path / "in"
    made.mkdir()
    return made


@pytest.fixture
def connector(folder: Path) -> Files:
    """Return a connector to the folder, which holds two articles and a broken line."""
    write(folder, "a.txt", "Rain hits coast")
    write(folder, "b.jsonl", line(url="https://g.example/b") + "{broken\n")
    return Files(id="gazette", type="files", path=folder, country="NOR")


def found(connector: Files, cursor: Cursor, tools: Tools) -> list[RawArticle | ItemMalformed]:
    """Return what is offered, notes left out."""
    return [x for x in connector.fetch(tools, cursor) if not isinstance(x, Note)]


class TestFiles(ConnectorContract):
    """A folder keeps what every connector promises."""


def only(folder: Path, cursor: Cursor, tools: Tools) -> RawArticle | ItemMalformed:
    """Return the one thing that *folder* holds."""
    (one,) = found(Files(id="gazette", type="files", path=folder), cursor, tools)
    return one


def test_text(folder: Path, cursor: Cursor, tools: Tools) -> None:
    """A text file is an article; its address names the source and the file, not this machine."""
    write(folder, "2026/märz 1.txt", "Rain")
    article = only(folder, cursor, tools)
    assert isinstance(article, RawArticle)
    assert article.url == "files://gazette/2026/m%C3%A4rz%201.txt"
    assert article.id == article_id("gazette", article.url)
    assert (article.body, article.content_type) == ("Rain", "text/plain; charset=utf-8")
    assert str(folder) not in article.to_bytes().decode()


def test_page_in_another_charset(folder: Path, cursor: Cursor, tools: Tools) -> None:
    """A page that is not UTF-8 keeps its bytes."""
    write(folder, "a.HTML", "<p>Zürich".encode("latin-1"))
    article = only(folder, cursor, tools)
    assert isinstance(article, RawArticle)
    assert (article.body_base64, article.content_type) == (b"<p>Z\xfcrich", "text/html")


def test_sidecar(folder: Path, cursor: Cursor, tools: Tools) -> None:
    """A .json beside a page tells about it, and is no article itself."""
    write(folder, "a.html", "<p>Rain")
    about = {"url": "https://g.example/a", "headline": "Rain", "source": "courier", "revision": 9}
    write(folder, "a.json", json.dumps(about))
    article = only(folder, cursor, tools)
    assert isinstance(article, RawArticle)
    assert (article.url, article.headline, article.body) == (about["url"], "Rain", "<p>Rain")
    assert article.id == article_id("courier", "https://g.example/a")
    assert article.revision == 1


def test_json(folder: Path, cursor: Cursor, tools: Tools) -> None:
    """A .json file that stands alone is an article, and keeps the id that it has."""
    write(folder, "a.json", b"\xef\xbb\xbf" + line(id="kept", language="de").encode())
    article = only(folder, cursor, tools)
    assert isinstance(article, RawArticle)
    assert (article.id, article.language, article.source) == ("kept", "de", "gazette")


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("{broken", "broken JSON"),
        ("[1]", "not an object"),
        ('"\\ud800"', "broken JSON"),
        (line(body=None), "exactly one"),
        (line(body=5), "body"),
        (line(source="../x"), "source"),
        (line(id=""), ""),
        ('{"a":' * 5000, "broken JSON"),
    ],
)
def test_bad_lines(folder: Path, cursor: Cursor, tools: Tools, bad: str, why: str) -> None:
    """A bad line is told with file and number; the lines around it are articles."""
    good = [line(url=f"https://g.example/{n}") for n in (1, 2)]
    write(folder, "a.jsonl", good[0] + bad.strip() + "\n\n" + good[1])
    offered = found(Files(id="gazette", type="files", path=folder), cursor, tools)
    malformed = [str(x) for x in offered if isinstance(x, ItemMalformed)]
    urls = [x.url for x in offered if isinstance(x, RawArticle)]
    assert {"https://g.example/1", "https://g.example/2"} <= set(urls)
    assert [m for m in malformed if not (m.startswith("a.jsonl:2: ") and why in m)] == []
    assert len(malformed) == (1 if why else 0)


def test_endless_line(folder: Path, cursor: Cursor, tools: Tools) -> None:
    """A line beyond all measure is skipped to its end, and the next one is read."""
    write(folder, "a.jsonl", b'{"a": "' + b"x" * (2 * MAX_BYTES) + b'"}\n' + line().encode())
    bad, good = found(Files(id="gazette", type="files", path=folder), cursor, tools)
    assert isinstance(bad, ItemMalformed)
    assert bad.where == "a.jsonl:1"
    assert isinstance(good, RawArticle)


def test_huge_file(folder: Path, cursor: Cursor, tools: Tools) -> None:
    """A file beyond all measure is not read."""
    with write(folder, "a.txt", "x").open("r+b") as file:
        file.truncate(MAX_BYTES + 1)
    os.utime(folder / "a.txt", (LONG_AGO, LONG_AGO))
    assert isinstance(only(folder, cursor, tools), ItemMalformed)


def test_written_just_now(folder: Path, cursor: Cursor, tools: Tools) -> None:
    """Nobody who fills a folder and looks at once goes away with nothing."""
    write(folder, "a.txt", "a story", at=time.time())
    assert isinstance(only(folder, cursor, tools), RawArticle)


def test_still_being_written(folder: Path, cursor: Cursor, tools: Tools, monkeypatch) -> None:
    """A file that grows while the folder is looked at is left for the next round."""
    write(folder, "a.txt", "half a sto", at=time.time())
    monkeypatch.setattr(time, "sleep", lambda _secs: write(folder, "a.txt", "half a story, and"))
    assert found(Files(id="gazette", type="files", path=folder), cursor, tools) == []


@pytest.mark.parametrize("target", ["outside", "gone"])
def test_links_that_leave(folder: Path, cursor: Cursor, tools: Tools, target: str) -> None:
    """A link to a file outside the folder is not followed."""
    write(folder.parent, "outside", "secret")
    (folder / "a.txt").symlink_to(folder.parent / target)
    os.utime(folder / "a.txt", (LONG_AGO, LONG_AGO), follow_symlinks=False)
    offered = found(Files(id="gazette", type="files", path=folder), cursor, tools)
    assert not [x for x in offered if isinstance(x, RawArticle)]


def test_linked_folder(folder: Path, cursor: Cursor, tools: Tools) -> None:
    """Nor is a link to a folder outside."""
    write(folder.parent / "other", "a.txt", "secret")
    (folder / "link").symlink_to(folder.parent / "other")
    files = Files(id="gazette", type="files", path=folder, glob="*/*")
    assert not [x for x in found(files, cursor, tools) if isinstance(x, RawArticle)]


def test_sidecar_that_leaves(folder: Path, cursor: Cursor, tools: Tools) -> None:
    """Nor is a sidecar that is a link."""
    write(folder.parent, "outside", '{"headline": "secret"}')
    write(folder, "a.txt", "Rain")
    (folder / "a.json").symlink_to(folder.parent / "outside")
    article = only(folder, cursor, tools)
    assert isinstance(article, RawArticle)
    assert article.headline == ""


def test_other_kinds(folder: Path, cursor: Cursor, tools: Tools) -> None:
    """Files of other kinds, and those that the pattern leaves out, are passed over."""
    write(folder, "a.pdf", "x")
    write(folder, "b.txt", "x")
    files = Files(id="gazette", type="files", path=folder, glob="*.html")
    assert found(files, cursor, tools) == []


def test_no_folder(tmp_path: Path, cursor: Cursor, tools: Tools) -> None:
    """A folder that is not there may be there later."""
    with pytest.raises(SourceUnavailable, match="no folder"):
        found(Files(id="gazette", type="files", path=tmp_path / "x"), cursor, tools)


@pytest.mark.parametrize("glob", ["../*", "/etc/*", "a/../../*"])
def test_pattern_stays_inside(glob: str) -> None:
    """A pattern that leads out of the folder is refused."""
    with pytest.raises(ValidationError, match="inside the folder"):
        Files(id="gazette", type="files", path=Path(), glob=glob)
