"""Pointers to other stories: "Read more: ..." and its kin in capitals and other languages."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

CAPITALS = re.compile(
    r"^(?:READ MORE|ALSO READ|READ ALSO|SEE ALSO|MORE|WATCH|DON['’]T MISS|MUST READ|READ NEXT|"
    r"CLICK HERE|READ|RELATED|LESEN SIE AUCH|LIRE AUSSI|LEA TAMBIÉN|LEGGI ANCHE|LEIA TAMBÉM|"
    r"LEES OOK|LES OGSÅ|LÄS OCKSÅ|LÆS OGSÅ)\b[ :–-].{0,200}$"
)
ON = re.compile(r"^More (?:on|from) (?:the )?[A-Z][\w’' &-]{1,40}$")
SENTENCES = re.compile(r"[.!?] [A-ZÀ-Þ“\"]")
SEPARATED = re.compile(r"[:|»>→—–]\s*[a-zà-ÿ]")
MAX_WORDS = 32


def is_read_more(line: Line) -> bool:
    """Say whether the line only sends the reader to another page.

    >>> is_read_more(Line("READ MORE: Dockers vote on strike")), is_read_more(Line("Related"))
    (True, True)
    >>> is_read_more(Line("Lees ook: Staking in de haven")), is_read_more(Line("Mer om saken"))
    (True, True)
    >>> is_read_more(Line("Read more of the letter in court, the judge told the clerk."))
    False
    >>> is_read_more(Line("Watch: that was the word the prosecution hung its case on."))
    False
    """
    text = line.text
    if "read-more" in line.said:
        if line.words > MAX_WORDS:
            return False
        # a title begins with a capital, and is one sentence if it is any
        return not (line.ends and (SENTENCES.search(text) or SEPARATED.search(text[:40])))
    if len(text) > 220 or not text[0].isupper():
        return False
    return bool(CAPITALS.match(text) or (len(text) < 60 and ON.match(text)))
