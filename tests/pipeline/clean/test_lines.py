"""lines: every cut knows where it stood, and nothing but noise is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.lines import (
    BLANK,
    Cleaned,
    clean_lines,
    first_headline,
    laid_out,
    restore,
    split,
)
from schemas import CleanArticle, RecordError

STORY = (
    "Ministers from nine countries met in Oslo on Monday to talk about the price of cod.",
    "The talks went on until midnight, and nobody left the hall before the vote was counted.",
    "“We will be back in the morning,” the Danish minister said.",
)
NOISE = (
    "READ MORE: Trawlers stay in port",
    "Advertisement",
    "Share on Facebook",
    "Sign up for our newsletter and get it in your inbox",
    "Photo: Ana Lind/Reuters",
    "Karl Bem wins Golden Reel [VIDEO]",
    "12 Comments",
    "",
    "  ",
    "OSLO (Reuters) - The talks on the price of cod went on until midnight on Monday.",
    "The hall was empty by one. (Reporting by Ana Lind; Editing by Tom Ray)",
    "\tIndented words that stay, said the clerk of the court in Oslo.\r",
)


def article(cleaned: Cleaned) -> CleanArticle:
    """Return a record with what was cleaned."""
    return CleanArticle(id="1", text=cleaned.text, removed=cleaned.removed)


def stripped(body: str) -> list[str]:
    """Return the lines of *body* without blank ones."""
    return [line.strip(BLANK) for line in body.split("\n") if line.strip(BLANK)]


@given(st.lists(st.sampled_from(STORY + NOISE) | st.text(max_size=60), max_size=25))
def test_restore(lines: list[str]) -> None:
    """The text and the cuts together give the lines of the raw text back, in order."""
    body = "\n".join(lines)

    assert restore(article(clean_lines(body))) == stripped(body)


@given(st.lists(st.sampled_from(STORY + NOISE) | st.text(max_size=60), max_size=25))
def test_offsets(lines: list[str]) -> None:
    """Each cut stands in the raw text at its offsets, and its line number is that of its line."""
    body = "\n".join(lines)
    cleaned = clean_lines(body)

    assert [body[cut.start : cut.end] for cut in cleaned.removed] == [
        cut.text for cut in cleaned.removed
    ]
    for cut in cleaned.removed:
        assert 0 <= cut.at <= len(cleaned.text)
        if cut.line is not None:
            assert body.split("\n")[cut.line].strip(BLANK) == cut.text


@given(st.lists(st.sampled_from(STORY + NOISE), max_size=25))
def test_careful_cuts_less(lines: list[str]) -> None:
    """What careful cleaning takes out as noise, balanced cleaning does not keep as a line."""
    body = "\n".join(lines)
    careful = {cut.line for cut in clean_lines(body, cleaning="careful").removed}
    balanced = {cut.line for cut in clean_lines(body).removed}

    assert careful - {None} <= balanced - {None}


def test_numbers_count_blank_lines() -> None:
    """Lines are counted from 0, blank ones included, and split at the newline only."""
    body = "Talks on cod open in Oslo\n\n\u2028" + STORY[0] + "\n\nAdvertisement\n" + STORY[1]

    assert [(cut.line, cut.kind) for cut in clean_lines(body).removed] == [
        (0, "headline"),
        (4, "advert"),
    ]


def test_dateline_is_cut_within_its_line() -> None:
    """A dateline is cut out of its line; the cut has offsets and no line number."""
    body = "Talks open\nOSLO, March 4 (Reuters) - " + STORY[0]
    cleaned = clean_lines(body, "Talks open")
    cut = cleaned.removed[1]

    assert cleaned.text == STORY[0]
    assert (cut.kind, cut.line, cut.at, cut.text) == (
        "dateline",
        None,
        0,
        "OSLO, March 4 (Reuters) - ",
    )


def test_careful_leaves_the_dateline() -> None:
    """Careful cleaning leaves a dateline where it stands."""
    line = "OSLO (Reuters) - " + STORY[0]

    assert clean_lines(line, cleaning="careful").text == line


def test_given_headline_is_moved() -> None:
    """The first line is moved where it is the given headline but for case and the site's name."""
    body = "TALKS FAIL IN OSLO - Harbour Post\n" + "\n".join(STORY)
    cleaned = clean_lines(body, "Talks fail in Oslo")

    assert [cut.kind for cut in cleaned.removed] == ["headline"]
    assert cleaned.headline == "Talks fail in Oslo"


@pytest.mark.parametrize(
    "first",
    [
        "He left the hall without a word.",
        "and then they voted",
        "Advertisement",
        "In the words of the Danish minister:",
    ],
)
def test_no_headline(first: str) -> None:
    """A sentence, the rest of one, noise or an announcement is no headline."""
    assert first_headline(split("\n".join([first, *STORY]))) == ""


def test_a_single_line_is_a_story() -> None:
    """A text of one short line stays as it is."""
    assert clean_lines("Talks fail in Oslo").text == "Talks fail in Oslo"


def test_too_many_lines() -> None:
    """A text of very many lines is no article."""
    with pytest.raises(RecordError) as caught:
        clean_lines("a\n" * 10_001)

    assert caught.value.reason == "too_big"


def test_long_lines_are_kept() -> None:
    """A paragraph longer than any noise is kept without asking the rules."""
    line = "Read more: " + "word " * 600

    assert clean_lines(line).text == line.strip()


def test_laid_out() -> None:
    """The layout gives each raw line as what was kept and what was cut, in place."""
    body = "OSLO (Reuters) - " + STORY[0] + "\nAdvertisement\n" + STORY[1]
    lines = list(laid_out(article(clean_lines(body))))

    assert [[p if isinstance(p, str) else p.kind for p in line] for line in lines] == [
        ["", "dateline", STORY[0]],
        ["advert"],
        [STORY[1]],
    ]
