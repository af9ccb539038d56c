"""Pointers to other stories: "Read more: ..." and its kin in capitals and other languages."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

LEAD = (
    r"(?:(?:also )?read(?: (?:more|also|next|on|this|the full (?:story|article|report)|our|"
    r"here|all|full article))?|(?:must|don['’]t) (?:read|miss)|see (?:also|more)|more (?:on|from|"
    r"about)|"
    r"click here|watch|listen|related(?: (?:story|stories|articles?|news|content|topics?))?|"
    r"learn more|find out more|explore (?:more|further)|recommended|what to read next|up next|"
    r"lesen sie (?:auch|mehr|dazu)|mehr zum thema|mehr dazu|siehe auch|lire aussi|à lire aussi|"
    r"voir aussi|lea (?:también|más)|lee también|leer más|ver también|te puede interesar|"
    r"leggi anche|lees ook)"
)
POINTER = re.compile(rf"^\W*{LEAD}\s*(?:[:|»>→]|—|–|-\s).{{0,200}}$", re.IGNORECASE)
ALONE = re.compile(
    r"^\W*(?:read (?:more|also|next|on|full (?:story|article))|also read|must read|(?:see|learn|"
    r"find out|show|view|load) more(?: (?:here|stories|news|articles))?|click here|read the full "
    r"(?:story|article|report)(?: here)?|(?:more|further|related|recommended|popular|other) "
    r"(?:(?:great|top) )?(?:stories|reading|articles?|posts|tags|news|content|coverage|links|"
    r"videos?)|"
    r"related(?: (?:story|topics?))?|up next|what to read next|most (?:read|popular|viewed)|"
    r"explore "
    r"(?:more|further)|you (?:may|might) (?:also )?(?:like|be interested in)|more info(?:rmation)?|"
    r"don['’]t miss|editor['’]?s['’]? (?:picks?|choice)|trending(?: now)?|popular|in case you "
    r"missed "
    r"it|continue|weiterlesen|mehr lesen|mehr zum thema|à lire aussi|lire aussi|lire la suite|"
    r"leer más|lea también)\W*$",
    re.IGNORECASE,
)
CAPITALS = re.compile(
    r"^(?:READ MORE|ALSO READ|READ ALSO|SEE ALSO|MORE|WATCH|DON['’]T MISS|MUST READ|READ NEXT|"
    r"CLICK HERE|READ|RELATED|LESEN SIE AUCH|LIRE AUSSI|LEA TAMBIÉN)\b[ :–-].{0,200}$"
)
HERE = re.compile(
    r"^(?:read|see|click|watch|follow|find|view|listen to|visit|check out)\b.{0,100}\bhere\W*$"
    r"|^more (?:on|from) [A-Z][\w’' &-]{1,40}$|^watch the video\b.{0,80}$",
    re.IGNORECASE,
)
SENTENCES = re.compile(r"[.!?] [A-ZÀ-Þ“\"]")
SEPARATED = re.compile(r"[:|»>→—–]\s*[a-zà-ÿ]")
MAX_WORDS = 32


def is_read_more(line: Line) -> bool:
    """Say whether the line only sends the reader to another page.

    >>> is_read_more(Line("READ MORE: Dockers vote on strike")), is_read_more(Line("Related"))
    (True, True)
    >>> is_read_more(Line("Read more of the letter in court, the judge told the clerk."))
    False
    >>> is_read_more(Line("Watch: that was the word the prosecution hung its case on."))
    False
    """
    text = line.text
    if line.words > MAX_WORDS or text[0] in '“"„«':
        return False
    if ALONE.search(text) or CAPITALS.search(text):
        return True
    if line.ends and (SENTENCES.search(text) or SEPARATED.search(text[:40])):
        return False  # a title begins with a capital, and is one sentence if it is any
    return bool(POINTER.search(text) or HERE.search(text))
