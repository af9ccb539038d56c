"""Date and time stamps: when a story or a live entry was published or changed."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line
from pipeline.clean.rules.phrases import words_for

DIGIT = re.compile(r"\d")
CLOCK = re.compile(
    r"\b\d{1,2}[:h][0-5]\d(?::[0-5]\d)?(?: ?[ap]\.?m\b\.?)?|"
    r"\b\d{1,2}\.[0-5]\d (?=[A-Z]{2,4}\b)|\b\d{1,2} ?(?:[ap]\.?m\b|uhr\b|h\b)",
    re.IGNORECASE,
)
DATE = re.compile(r"\b(?:\d{4}-\d\d?-\d\d?|\d{1,4}([./])\s?\d{1,2}\1\s?(?:\d{2}){1,2})\b")
CELL = re.compile(r"^[+–-]?[$£€]?\d[\d.,]*\s?[%$£€kKmM]?$")
PIECE = re.compile(r"[^\W\d_]+|\d+")
MAX_CHARS = 90
MAX_PIECES = 16


def is_stamp(line: Line) -> bool:
    """Say whether the line holds a date or time and nothing else.

    Beside a bare number it is a cell of a table, and stays.

    >>> is_stamp(Line("Published 5 March 2024, 10:12 GMT")), is_stamp(Line("3 hours ago"))
    (True, True)
    >>> is_stamp(Line("Veröffentlicht am 5. März 2024 um 10.12 Uhr")), is_stamp(Line("10:12"))
    (True, True)
    >>> is_stamp(Line("On 5 March 2024 the bridge fell.")), is_stamp(Line("9.7/10"))
    (False, False)
    """
    text = line.text
    if len(text) > MAX_CHARS or not DIGIT.search(text) or "$" in text:
        return False
    pieces = PIECE.findall(text.casefold())
    if CELL.match(line.previous) or CELL.match(line.next):
        return False
    words = {piece for piece in pieces if piece[0].isalpha()}
    if len(pieces) > MAX_PIECES or not words <= words_for("clock") | words_for("moment"):
        return False
    if words:
        return bool(words & words_for("moment") or CLOCK.search(text))
    return bool(CLOCK.fullmatch(text) or DATE.search(text))
