"""Date and time stamps: when a story or a live entry was published or changed."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|januar|februar|märz|mai|juni|juli|"
    r"oktober|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|"
    r"décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|"
    r"diciembre)\.?"
)
DAY = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s*)"
TIME = (
    r"(?:\d{1,2}[:h][0-5]\d(?::[0-5]\d)?\s*(?:[ap]\.?m\.?|uhr)?|"
    r"\d{1,2}(?:\.[0-5]\d)?\s*(?:[ap]\.?m\b\.?|uhr|(?=CES?T|GMT|BST)))"
    r"(?:\s*\(?(?:[A-Z]{1,4}T|UTC|GMT|BST|IST|local time|ET|PT)\)?)?"
)
DATE = (
    rf"{DAY}?(?:\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:de\s+)?{MONTH}(?:,?\s+(?:de\s+)?\d{{4}})?|"
    rf"{MONTH}\s+\d{{1,2}}"
    rf"(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?|\d{{4}}-\d{{2}}-\d{{2}}|"
    rf"\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})"
)
LABEL = (
    r"(?:(?:first |last |originally )?(?:published|updated|posted|modified|created|issued|edited|"
    r"veröffentlicht|aktualisiert|stand|publié|mis à jour|publicado|actualizado)"
    r"(?: (?:on|at|le|el|am|um|à))?\s*[:|]?\s*)"
)
AGO = r"(?:(?:\d+|an?)\s+(?:min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?)\s+ago)"
READ = r"(?:\d+[\s-]*min(?:ute)?s?(?:\s+(?:read|listen|lesezeit|de lecture))?)"
STAMP = re.compile(
    rf"^\W*(?:{LABEL}?(?:{DATE}|{TIME}|{AGO}|{READ})[\s,|·•–/()-]*(?:(?:at|um|à)\s+)?)+\W*$",
    re.IGNORECASE,
)
BARE = re.compile(r"^\d{1,2}:\d{2}\s*(?:[ap]\.?m\.?)?$", re.IGNORECASE)


def is_stamp(line: Line) -> bool:
    """Say whether the line holds a date or time and nothing else.

    >>> is_stamp(Line("Published 5 March 2024, 10:12 GMT")), is_stamp(Line("3 hours ago"))
    (True, True)
    >>> is_stamp(Line("On 5 March 2024 the bridge fell."))
    False
    """
    return len(line.text) <= 90 and bool(BARE.match(line.text) or STAMP.match(line.text))
