"""Conventions: what is kept, moved or cut where two papers would do it in two ways."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.article import clean
from pipeline.clean.lines import BLANK, clean_lines, restore
from schemas import CleanArticle, Kind, RawArticle

STORY = (
    "Ministers from nine countries met in Oslo on Monday to talk about the price of cod.",
    "The talks went on until midnight, and nobody left the hall before the vote was counted.",
    "Norway had asked for a quota of nine tonnes, Iceland for ten, and both went home with eight.",
)
STAYS = [
    "No cod, no deal! 🐟 See you all in Bergen.",
    "— Ana Lind (@analind) March 5, 2026",
    "Correction: an earlier version of this article named the wrong river.",
    "Editor's note: the name of the witness has been changed.",
    "Disclosure: the author owns a boat.",
    "Clarification: the quota is for the whole year.",
    "- nine tonnes for Norway",
    "12. Iceland 8.0 +1.4",
    "3-2",
    "★★★★☆",
    "* * *",
    "___",
    "What the skippers say",
    "What happens next?",
    "“Nobody left the hall before the vote was counted,” the clerk said.",
]
GOES = [
    ("pic.twitter.com/a1b2c3d4", "share"),
    ("View this post on Instagram", "share"),
    ("14:05", "stamp"),
    ("2 hours ago", "stamp"),
    ("$19.99 at Harbour Books", "advert"),
    ("Buy now", "advert"),
    ("A trawler off Bodø. Photo: Ana Lind", "caption"),
    ("(Reporting by Ana Lind in Oslo; Editing by Tom Ray)", "credit"),
    ("© Lind/dpa", "caption"),
]


def cut(line: str, cleaning: str = "balanced") -> list[tuple[str, str]]:
    """Return the words and kinds of what is cut of a story with *line* in the middle."""
    body = "\n".join([*STORY, line, *STORY])
    return [(one.text, one.kind) for one in clean_lines(body, "Cod", cleaning).removed]


@pytest.mark.parametrize("cleaning", ["balanced", "careful"])
@pytest.mark.parametrize("line", STAYS)
def test_stays(line: str, cleaning: str) -> None:
    """Posts, who wrote them, corrections, lists, results, dividers and sub-headings stay."""
    assert cut(line, cleaning) == []


@pytest.mark.parametrize(("line", "kind"), GOES)
def test_goes(line: str, kind: str) -> None:
    """Addresses of posts, times of entries, shops and credits are cut with their kind."""
    assert cut(line) == [(line, kind)]


def test_a_divider_under_the_story_goes() -> None:
    """Below the last paragraph a row of marks parts nothing; careful cleaning leaves it."""
    body = "\n".join([*STORY, "___"])

    assert [one.kind for one in clean_lines(body, "Cod").removed] == ["other"]
    assert clean_lines(body, "Cod", "careful").removed == ()


def test_cells_of_a_table_stay() -> None:
    """A date beside a bare number is a cell, no stamp."""
    body = "\n".join([*STORY, "+4.9%", "4/1/2024", "+6.0%", *STORY])

    assert clean_lines(body, "Cod").removed == ()


def test_standfirst_stays() -> None:
    """The line under the headline that tells the story in short is kept."""
    body = "\n".join(["Cod talks end", "Norway and Iceland both go home with less", *STORY])

    assert clean_lines(body).text.startswith("Norway and Iceland both go home with less")


def test_pull_quote_stays() -> None:
    """A sentence of the story that stands a second time on its own is kept."""
    quote = "“Nobody left the hall before the vote was counted”"

    assert cut(quote) == []


def raw(body: str) -> RawArticle:
    """Return a record with a bare text."""
    return RawArticle(id="1", source="gazette", content_type="text/plain", body=body)


MOVED = [
    ("Interview by Ana Lind", "authors", ("Ana Lind",)),
    ("Ein Kommentar von Eva Roth", "authors", ("Eva Roth",)),
    ("Par Hélène Marchetti, correspondante à Oslo", "authors", ("Hélène Marchetti",)),
    ("Ana Lind, Political Correspondent", "authors", ("Ana Lind",)),
    ("A trawler off Bodø. Foto: Ana Lind", "captions", ("A trawler off Bodø. Foto: Ana Lind",)),
    ("With reporting by Reuters", "credit", "Reuters"),
    ("Topics: cod, quotas", "keywords", ("cod", "quotas")),
]


@pytest.mark.parametrize(("line", "field", "value"), MOVED)
def test_what_is_moved_arrives(line: str, field: str, value: object) -> None:
    """Names, captions, agencies and keywords that are cut stand in their fields."""
    body = "\n".join(["Cod talks end", line, *STORY])
    article = clean(raw(body))

    assert line not in article.text.split("\n\n")
    assert getattr(article, field) == value


@pytest.mark.parametrize("cleaning", ["balanced", "careful"])
def test_dateline_arrives(cleaning: str) -> None:
    """The place of wire copy is in `dateline`, whether it is cut out of the text or not."""
    body = "OSLO, March 4 (Reuters) - " + "\n".join(STORY)
    article = clean(raw(body), cleaning)

    assert article.dateline == "OSLO, March 4 (Reuters)"
    assert article.text.startswith("OSLO") == (cleaning == "careful")


def test_each_kind_is_documented() -> None:
    """The page on cleaning says of each kind what it is, and gives an example."""
    page = Path(__file__).parents[3] / "docs" / "explanation" / "cleaning.md"
    rows = [line for line in page.read_text(encoding="utf-8").splitlines() if "| `" in line]
    told = {row.split("`")[1] for row in rows if row.count("|") == 4}

    assert told == set(get_args(Kind))


NOISE = (
    "READ MORE: Trawlers stay in port",
    "Anzeige",
    "Partager sur Facebook",
    "Foto: Ana Lind",
    "12 Comments",
    "* * *",
    "OSLO (Reuters) - The talks on the price of cod went on until midnight on Monday.",
    "The hall was empty by one. (Reporting by Ana Lind; Editing by Tom Ray)",
    "Ines Roth set to visit Lima for film prize",
    "  indented words of a paragraph \t",
    " \u200b ",
)
LINE = st.sampled_from(STORY + NOISE) | st.text(max_size=80)


@given(
    st.lists(LINE, max_size=30),
    st.sampled_from(["balanced", "careful"]),
    st.sampled_from(["", STORY[0], "READ MORE: Trawlers stay in port", "Cod"]),
    st.booleans(),
)
def test_restore(lines: list[str], cleaning: str, headline: str, own: bool) -> None:
    """In every setting, text and cuts together give the lines of the raw text back, in order."""
    body = "\n".join(lines)
    cleaned = clean_lines(body, headline, cleaning, own_headline=own)
    article = CleanArticle(id="1", text=cleaned.text, removed=cleaned.removed)

    assert restore(article) == [one.strip(BLANK) for one in body.split("\n") if one.strip(BLANK)]
    assert [body[one.start : one.end] for one in cleaned.removed] == [
        one.text for one in cleaned.removed
    ]
