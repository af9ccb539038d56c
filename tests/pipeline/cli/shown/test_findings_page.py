"""An annotated article as a page: everything in place, nothing obeyed."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipeline.cli.shown.findings_page import findings_page
from schemas import Dated, EnrichedArticle, Entity, Named, Place, Quote, Speaker

from .articles import annotated

EVIL = "<script>alert('x')</script><img src=x onerror=y>\"><b>"


def test_marks_stand_in_the_text_and_hovering_tells() -> None:
    """A mention holds its note; a row of a name points at its mentions."""
    page = html.fromstring(findings_page(annotated()))
    main = page.find(".//main")
    told = [(mark.text, mark.find_class("why")[0].text_content()) for mark in main.find_class("m")]
    assert told == [
        ("Ada Moor", "Ada Moor; PERSON; mayor of Oslo"),
        ("Monday", "2026-11-02; DATE; day; relative"),
        ("Moor", "Ada Moor; PERSON; mayor of Oslo"), ("Norwegian", "Norwegian; NORP; NOR"),
    ]  # fmt: skip
    assert len(main.find_class("n0")) == 2
    assert "body:has(.r0:hover) .n0 {" in findings_page(annotated())


def test_a_quote_has_its_speaker_where_it_ends() -> None:
    """Both parts are marked; number, speaker and cue stand behind the last."""
    main = html.fromstring(findings_page(annotated())).find(".//main")
    assert [said.text_content() for said in main.find_class("said")] == [
        '"We will act,"', '"and soon."',
    ]  # fmt: skip
    (who,) = main.find_class("who")
    assert (who.text, who.find_class("why")[0].text) == ("1 Ada Moor (Moor)", "direct quote; said")


def test_each_kind_can_be_hidden() -> None:
    """There is a box for each kind that was found, and a rule of style for each box."""
    made = findings_page(annotated())
    boxes = {box.get("id") for box in html.fromstring(made).findall(".//input")}
    assert boxes == {"g-people", "g-places", "g-times", "g-peoples"}
    assert "body:has(#g-people:not(:checked)) .m.m0 {" in made


def test_the_page_allows_itself_nothing_but_its_style() -> None:
    """No script, no address: the policy names the hash of the style and nothing else."""
    made = findings_page(annotated())
    style = made.partition("<style>")[2].partition("</style>")[0]
    hashed = b64encode(sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{hashed}'" in made
    assert re.findall(r"(?:src|href)=|url\(|@import|https?:", made) == []


def full(words: str) -> EnrichedArticle:
    """Return an article with *words* wherever an article may hold some."""
    end = len(words)
    return EnrichedArticle(
        id=words, headline=words, text=words, language=words, notes=(words,), models={"a": words},
        entities=(Entity(text=words, label="ORG", start=0, end=end, name=words, id=words),),
        named=(
            Named(id=words, name=words, label="ORG", aliases=(words,), roles=(words,),
                  country=words, mentions=1, salience=1),
        ),
        quotes=(
            Quote(text=words, start=0, end=end, kind="direct", cue=words,
                  speaker=Speaker(text=words, name=words)),
        ),
        dates=(
            Dated(text=words, start=0, end=end, field="headline", value=words,
                  granularity="day", basis="explicit"),
        ),
        locations=(Place(name=words, country=words),),
    )  # fmt: skip


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
def test_whatever_the_article_holds_is_only_shown(text: str) -> None:
    """No field of an article can add an element, an attribute or a turn of direction."""
    made = findings_page(full(EVIL + text.replace("\n", " ")))
    tags = [element.tag for element in html.fromstring(made).iter()]
    assert tags == [element.tag for element in html.fromstring(findings_page(full("a"))).iter()]
    assert re.findall(r"[\x00-\x08\x0b-\x1f\u202a-\u202e]", made) == []
