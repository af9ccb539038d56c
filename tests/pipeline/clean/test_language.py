"""language: decided once; not known where the text is too short."""

from __future__ import annotations

import pytest

from pipeline.clean.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The government said on Tuesday that the talks would go on until the spring.", "en"),
        ("Die Regierung teilte am Dienstag mit, dass die Gespräche bis zum Frühjahr dauern.", "de"),
        (
            "Le gouvernement a annoncé mardi que les discussions dureraient jusqu’au printemps.",
            "fr",
        ),
        ("Президент заявил о переговорах с соседними странами до весны этого года.", "ru"),
    ],
)
def test_detected(text: str, language: str) -> None:
    """A sentence or two tell the language."""
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", "Oslo", "1234567890 " * 40, "Tesla Model 3"])
def test_too_short(text: str) -> None:
    """Too few letters tell nothing."""
    assert language_of(text) is None


def test_given_language_wins() -> None:
    """A code that was given is taken, in the form of BCP 47; a word that is no code is not."""
    text = "The government said on Tuesday that the talks would go on until the spring."

    assert [language_of(text, given) for given in ("sv", "EN_us", "English", "und")] == [
        "sv", "en-US", "en", "en",
    ]  # fmt: skip


ENGLISH = "The government said on Tuesday that the talks would go on until the spring. " * 4
DANISH = "Regeringen sagde tirsdag, at forhandlingerne fortsætter hele foråret i København. " * 4


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        (ENGLISH, "en-GB", "en"),
        (ENGLISH, "de-DE", "en"),
        (DANISH, "nb", "nb"),
        (DANISH, "en-US", "da"),
        ("Oslo", "fr_FR", "fr"),
        (ENGLISH, "", "en"),
        (ENGLISH, "English", "en"),
    ],
)
def test_declared_against_detected(text: str, declared: str, language: str) -> None:
    """A page is believed where its text is short or agrees; a clear text in another one wins."""
    assert language_of(text, declared=declared) == language


def test_given_wins_over_declared() -> None:
    """What a person wrote into the settings wins over the page."""
    assert language_of(ENGLISH, "sv", "de") == "sv"
