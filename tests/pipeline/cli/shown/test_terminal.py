"""An article in a terminal."""

from __future__ import annotations

from pipeline.clean import clean
from pipeline.cli.shown.terminal import report
from schemas import CleanArticle, RawArticle, RemovedLine

STORY = "Ministers from nine countries met in Oslo on Monday to talk about the price of cod."


def article(body: str) -> CleanArticle:
    """Return *body* cleaned."""
    return clean(RawArticle(id="1", source="s", content_type="text/plain", body=body))


def test_a_part_of_a_line_is_marked_within_it() -> None:
    """What stays of a line stands beside what was cut of it."""
    lines = [line.plain for line in report(article(f"OSLO (Reuters) - {STORY}"), colour=False)]
    assert f" [- OSLO (Reuters) - -] {{dateline, by dateline}} {STORY}" in lines


def test_colour_strikes_through() -> None:
    """With colour the words are struck through and nothing is added to them."""
    shown = list(report(article(f"{STORY}\nAdvertisement"), colour=True))
    (line,) = [one for one in shown if one.plain.startswith("Advertisement")]
    assert line.plain == "Advertisement advert, by advert"
    assert "strike" in str(line.spans[0].style)


def test_a_terminal_is_not_obeyed() -> None:
    """What would move the cursor or turn the text around is spelt out."""
    removed = (RemovedLine(text="a\x1b[2Jb", kind="other", by="x", start=0, end=1, at=0, line=0),)
    told = CleanArticle(id="1", headline="a\u202eb", text="c\x07", removed=removed)
    lines = "\n".join(line.plain for line in report(told, colour=False))
    assert all(one in lines for one in ("a\\x1b[2Jb", "a\\u202eb", "c\\x07"))
