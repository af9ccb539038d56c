"""An article as a page: everything in place, nothing obeyed."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipeline.cli.shown.page import page
from schemas import CleanArticle, RemovedLine

EVIL = "<script>alert('x')</script><img src=x onerror=y>\"><b>"


def cut(text: str, **changes: object) -> RemovedLine:
    """Return a cut of the whole first line."""
    known = {"kind": "related", "by": "listed", "start": 0, "end": 9, "at": 0, "line": 0}
    return RemovedLine.model_validate({"text": text} | known | changes)


def test_cuts_stand_in_their_place() -> None:
    """The story and its cuts come in raw order; a cut has its words, kind, rule, score and why."""
    article = CleanArticle(
        id="1", headline="Cod", text="One.\n\nTwo.",
        removed=(cut("More on cod", at=6, score=0.5, why="in 4 of 8 articles"),),
    )  # fmt: skip
    lines = html.fromstring(page(article)).findall(".//main/p")

    assert [line.text_content()[:4] for line in lines] == ["One.", "More", "Two."]
    assert lines[1].find("del").text == "More on cod"
    note = lines[1].find_class("why")[0].text_content()
    assert (
        note
        == "related, by listed; score 0.50; in 4 of 8 articles; characters 0 to 9 of the raw text"
    )


def test_a_part_of_a_line_is_marked_within_it() -> None:
    """What stays of a line stands beside the cut."""
    article = CleanArticle(
        id="1", text="Cod is dear.", removed=(cut("OSLO - ", kind="dateline", line=None),)
    )
    (line,) = html.fromstring(page(article)).findall(".//main/p")
    assert (line.find(".//del").text, line.find("span").tail) == ("OSLO - ", "Cod is dear.")


def test_each_kind_can_be_hidden() -> None:
    """There is a box for each kind that was cut, and a rule of style for each box."""
    made = page(CleanArticle(id="1", text="Cod.", removed=(cut("a"), cut("b", kind="advert"))))
    boxes = {box.get("id") for box in html.fromstring(made).findall(".//input")}
    assert boxes == {"cuts", "k-related", "k-advert"}
    assert "body:has(#k-advert:not(:checked)) .k-advert { display: none; }" in made


def test_the_page_allows_itself_nothing_but_its_style() -> None:
    """No script, no address: the policy names the hash of the style and nothing else."""
    made = page(CleanArticle(id="1", text="Cod."))
    style = made.partition("<style>")[2].partition("</style>")[0]
    hashed = b64encode(sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{hashed}'" in made
    assert re.findall(r"(?:src|href)=|url\(|@import|https?:", made) == []


def tags(made: str) -> list[str]:
    """Return the names of all elements of a page."""
    return [element.tag for element in html.fromstring(made).iter()]


@given(st.text(max_size=40))
def test_whatever_the_article_holds_is_only_shown(text: str) -> None:
    """No field of an article can add an element, an attribute or a turn of direction."""
    hostile = EVIL + text
    evil = {"headline": hostile, "authors": (hostile,), "language": hostile,
            "canonical_url": f"javascript:{hostile}", "models": {hostile: hostile}}  # fmt: skip
    tame = {name: {"a": "a"} if name == "models" else "a" for name in evil} | {"authors": ("a",)}
    told = CleanArticle(
        id=hostile, text=hostile.replace("\n", " "), **evil,
        removed=(cut(hostile, by=hostile, why=hostile),),
    )  # fmt: skip
    plain = CleanArticle(id="1", text="a", **tame, removed=(cut("a", by="a", why="a"),))
    made = page(told)

    assert tags(made) == tags(page(plain))
    assert re.findall(r"[\x00-\x08\x0b-\x1f\u202a-\u202e]", made) == []
