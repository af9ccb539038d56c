"""phrases: a line is looked up in the word lists of every language at once."""

from __future__ import annotations

from typing import get_args

import pytest

from pipeline.clean.rules.phrases import (
    GAP,
    SINGLE,
    key_of,
    kinds_said,
    phrases,
    spelled_out,
    table,
)
from pipeline.clean.rules.words import LANGUAGES
from schemas import Kind

SAID = [
    ("Lesen Sie auch: Fischer bleiben im Hafen", "read-more"),
    ("Melden Sie sich hier für unseren Newsletter an", "newsletter"),
    ("Anzeige", "advert"),
    ("Der Artikel wird nach der Anzeige fortgesetzt", "advert"),
    ("Kommentare (31)", "comments"),
    ("La suite après cette publicité", "advert"),
    ("Il vous reste 62 % de cet article à lire.", "paywall"),
    ("Soyez le premier à commenter", "comments"),
    ("Te puede interesar: La flota se queda en puerto", "read-more"),
    ("Suscríbete para seguir leyendo", "paywall"),
    ("Leggi anche: I pescatori restano in porto", "read-more"),
    ("Riproduzione riservata", "trailer"),
    ("Continua após a publicidade", "advert"),
    ("Partilhar no Facebook", "share"),
    ("Lees ook: Vissers blijven in de haven", "read-more"),
    ("Dit artikel is alleen voor abonnees", "paywall"),
    ("Artikkelen fortsetter under annonsen", "advert"),
    ("Läs också: Fiskarna stannar i hamn", "read-more"),
    ("Vær den første til at kommentere", "comments"),
]
KEPT = [
    "Lesen Sie die Akten, sagte der Richter zu dem Anwalt.",
    "Kommentare des Ministers verärgerten die Opposition.",
    "La publicité pour le tabac sera interdite en mars.",
    "Los comentarios del alcalde molestaron a los vecinos.",
    "Leggi e regolamenti cambiano ogni anno, dice il sindaco.",
    "De advertentie stond op de voorpagina van drie kranten.",
    "Annonsen ble trykket i tre aviser før valget.",
]


@pytest.mark.parametrize(("line", "kind"), SAID)
def test_phrases_of_each_language(line: str, kind: str) -> None:
    """A line that a newspaper of any of the languages prints around its stories is known."""
    assert kind in kinds_said(key_of(line))


@pytest.mark.parametrize("line", KEPT)
def test_sentences_are_not_phrases(line: str) -> None:
    """A sentence that begins with the same words says nothing."""
    assert kinds_said(key_of(line)) == frozenset()


def test_lists_are_named_after_kinds() -> None:
    """Each list of each language is a kind of line, or one of the lists of single words."""
    known = {*get_args(Kind), *SINGLE}

    assert {name for lists in LANGUAGES.values() for name in lists} <= known


def test_each_language_has_the_main_lists() -> None:
    """A language without one of the main lists would leave that noise in."""
    main = {"advert", "comments", "newsletter", "paywall", "read-more", "share", "moment", "clock"}

    assert [name for name, lists in LANGUAGES.items() if not main <= set(lists)] == []


def test_openings_say_enough() -> None:
    """A phrase with a gap has two words, or one long one: a short word opens many sentences."""
    open_ended = [one for _, w in phrases() for one in spelled_out(w)]
    words = {one: key_of(one.replace(GAP, " ")).split() for one in open_ended if GAP in one}

    assert [one for one, said in words.items() if len(said) < 2 and len(said[0]) < 7] == []


def test_no_phrase_is_empty() -> None:
    """A phrase without words would fit every line."""
    assert "" not in table().whole


def test_long_lines_are_not_looked_up() -> None:
    """A paragraph is no phrase, whatever it begins with."""
    assert kinds_said(key_of("Read more: " + "word " * 60)) == frozenset()
