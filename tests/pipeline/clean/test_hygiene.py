"""hygiene: certain damage is undone, words are not touched, cuts stay where they stood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean import restore
from pipeline.clean.hygiene import tidied, tidy, tidy_lines
from pipeline.clean.lines import clean_lines
from schemas import CleanArticle, RemovedLine

ODD = st.text(
    st.sampled_from("qé \u0308\u00ad\u200b\u200d\u00a0\u2009\ufeff&;Ãâ€™\u2028\t"), max_size=40
)


@pytest.mark.parametrize(
    ("damaged", "tidied"),
    [
        ("The mayorâ€™s office", "The mayor’s office"),
        ("The mayorÃ¢â‚¬â„¢s office", "The mayor’s office"),
        ("FlÃ¼chtlinge in KÃ¶ln", "Flüchtlinge in Köln"),
        ("\x93No,\x94 she said", "“No,” she said"),
        ("Mu\u0308nchen", "München"),
        ("Regierungs\u00adsprecher", "Regierungssprecher"),
        ("\ufeffOs\u200blo", "Oslo"),
        ("Talks &amp; tears&nbsp;in Oslo&#8217;s port", "Talks & tears in Oslo’s port"),
        ("10\u202f000\u00a0kr", "10 000 kr"),
    ],
)
def test_undone(damaged: str, tidied: str) -> None:
    """Mojibake, once or twice, split accents, entities, unseen marks and odd spaces are undone."""
    assert tidy(damaged) == tidied


@pytest.mark.parametrize(
    "text",
    [
        "Dont ask the mayors office, its shut",
        "The lawyer s letter",
        "use &lt;p&gt; and &amp",
        "می\u200cخواهم",
        "👩\u200d🚒 and 🏴",
        "Ça m’a coûté “cher” – à l’été",
        "Η ¨ανατροφή¨",
        "two  spaces",
        "\N{REPLACEMENT CHARACTER} lost",
        "\u200b",
    ],
)
def test_left_alone(text: str) -> None:
    """What may be meant stays: lost apostrophes, shown markup, joiners where they are needed."""
    assert tidy(text) == text


def test_paragraphs_are_kept() -> None:
    """Lines are tidied one by one; there are as many after as before."""
    assert tidy_lines("One\u00a0\n\u2028\n\nTwo\u200b") == "One\n\u2028\n\nTwo"


@given(ODD)
def test_tidy_twice_is_tidy(text: str) -> None:
    """A tidied text that is not empty is not broken into lines, and nothing new comes of it."""
    once = tidy(text)

    assert "\n" not in once
    assert bool(once) == bool(text)


def test_cuts_keep_their_words_and_move_with_their_paragraph() -> None:
    """A cut keeps the raw words and raw offsets; its place in the text follows the paragraph."""
    inner = RemovedLine(text="x", kind="other", by="r", start=7, end=8, at=7)
    last = RemovedLine(text="Share\u00ad", kind="share", by="r", start=20, end=26, at=15, line=3)
    text, removed = tidied("O\u00adne\u200b two\n\nT\u00adwo", [inner, last])

    assert text == "One two\n\nTwo"
    assert [(cut.text, cut.start, cut.at) for cut in removed] == [
        ("x", 7, 5),
        ("Share\u00ad", 20, 12),
    ]


@given(st.lists(ODD | st.just("Advertisement") | st.just("Share on Facebook"), max_size=8))
def test_restore(lines: list[str]) -> None:
    """The raw order of lines can be put together again after tidying."""
    cleaned = clean_lines("\n".join(lines))
    text, removed = tidied(cleaned.text, cleaned.removed)
    before = restore(CleanArticle(id="1", text=cleaned.text, removed=cleaned.removed))
    after = restore(CleanArticle(id="1", text=text, removed=removed))

    assert [letters(line) for line in after] == [letters(line) for line in before]


def letters(line: str) -> str:
    """Return the letters of *line* that no repair touches."""
    return "".join(one for one in line if one in "qAdvertismnShoFck")
