"""The baseline of quotes."""

from __future__ import annotations

import pytest

from bench.regex_quotes import quotes

SAID = "“The fleet has no more to give this year,”"


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (f"{SAID} Ada Moor said.", ("Ada Moor",)),
        (f"{SAID} said the mayor.", ("the mayor",)),
        (f"Ada Moor told reporters: {SAID}", ("Ada Moor",)),
        (f"{SAID} Nobody spoke.", ()),
    ],
)
def test_a_name_beside_a_verb(text: str, speakers: tuple[str, ...]) -> None:
    """Before or behind the quote, else nobody."""
    (quote,) = quotes(text)
    assert (quote.speakers, len(quote.characters)) == (speakers, len(SAID))


def test_whoever_spoke_last_goes_on() -> None:
    """A quote with nobody beside it is theirs."""
    _, second = quotes(f"{SAID} Ada Moor said.\n\n{SAID}")
    assert second.speakers == ("Ada Moor",)


def test_a_few_words_are_no_quote() -> None:
    """Scare quotes and titles are short."""
    assert list(quotes("The “deal” was off.")) == []
