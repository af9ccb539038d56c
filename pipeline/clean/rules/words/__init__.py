"""Word lists, one module a language: to add a language, add a module and a row here.

A list is named like the kind of line it tells (its notation: `pipeline.clean.rules.phrases`), or
holds single words: ``clock`` (months, days, and what stands beside a time), ``role`` (what a
journalist is), ``by`` (what stands before a name).
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.clean.rules.words.dutch import DUTCH
from pipeline.clean.rules.words.english import ENGLISH
from pipeline.clean.rules.words.french import FRENCH
from pipeline.clean.rules.words.german import GERMAN
from pipeline.clean.rules.words.italian import ITALIAN
from pipeline.clean.rules.words.nordic import DANISH, NORWEGIAN, SWEDISH
from pipeline.clean.rules.words.portuguese import PORTUGUESE
from pipeline.clean.rules.words.slavic import CZECH, POLISH, RUSSIAN, UKRAINIAN
from pipeline.clean.rules.words.spanish import SPANISH

LANGUAGES: Mapping[str, Mapping[str, str]] = {
    "en": ENGLISH,
    "de": GERMAN,
    "fr": FRENCH,
    "es": SPANISH,
    "it": ITALIAN,
    "pt": PORTUGUESE,
    "nl": DUTCH,
    "no": NORWEGIAN,
    "sv": SWEDISH,
    "da": DANISH,
    "pl": POLISH,
    "cs": CZECH,
    "ru": RUSSIAN,
    "uk": UKRAINIAN,
}
"""The lists by language (BCP 47); all are used on every line."""
