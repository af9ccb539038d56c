"""Notes of the wire: who reported, who edited, which agency it came from."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

NOTE = (
    r"(?:(?:additional |further )?(?:reporting|writing|compiled|edited|editing|written|reported)"
    r"(?: and (?:writing|editing|reporting))? by|with (?:additional )?(?:reporting|inputs?|files|"
    r"material) (?:by|from)|with (?:inputs|agencies|reuters|afp|ap)\b)"
)
AGENCIES = (
    "Reuters|AP|The Associated Press|Associated Press|AFP|Agence France-Presse|PA|PA Media|Press "
    "Association|dpa|DPA|EFE|ANSA|Ansa|Xinhua|TASS|Interfax|Kyodo|Yonhap|Anadolu|PTI|ANI|IANS|UPI|"
    "AAP|Bloomberg|Belga|Lusa|APA|ATS|CP|The Canadian Press|Agencies|agencies|NTB|TT|Ritzau|ANP|"
    "Adnkronos|Europa Press|SID|sid|epd|KNA|Keystone-SDA|SDA|LaPresse"
)
WHOLE = re.compile(rf"^[(\[–—-]?\s*{NOTE}\b.{{2,200}}$", re.IGNORECASE)
CONTRIBUTED = re.compile(r"^.{4,120}\bcontributed (?:reporting|to this (?:report|story|article))\b")
ALONE = re.compile(
    rf"^[(\[–—-]*\s*(?:(?:{AGENCIES})(?:\s*[/,&+-]\s*|\s+(?:and|und|et|y|e|og|och|en)\s+)?)+"
    r"(?:/?[a-zäöü]{2,4})?[)\].]*$"
)
SENTENCE = re.compile(r"\bsaid\b|\bwas\b|[.!?][\"”]?$")
TAIL = re.compile(rf"\s{{0,3}}\({NOTE}\b[^()]{{3,240}}\)\s*$", re.IGNORECASE)
OPENS = re.compile(r"^\W{0,2}(?:add|furth|rep|wri|com|edi|with)", re.IGNORECASE)
MAX_NOTE = 300
MAX_WORDS = 40


def is_agency(line: Line) -> bool:
    """Say whether the whole line names reporters, editors or the agency.

    >>> is_agency(Line("(Reporting by Ana Lind in Oslo; Editing by Tom Ray)"))
    True
    >>> is_agency(Line("– AFP", place=9)), is_agency(Line("dpa/afp", place=9))
    (True, True)
    >>> is_agency(Line("Reporting by the commission was late, she said."))
    False
    """
    text = line.text
    if len(text) < 60 and ALONE.match(text):
        return line.place > 0
    if "contributed" in text and line.words <= MAX_WORDS and CONTRIBUTED.match(text):
        return " said" not in text
    if not OPENS.match(text) or line.words > MAX_WORDS or " said" in text:
        return False
    return bool(WHOLE.match(text) and (not SENTENCE.search(text) or not line.prose_after))


def credit_span(line: Line) -> tuple[int, int] | None:
    """Return where a note of the wire stands at the end of a paragraph.

    >>> line = Line("The port is shut. (Reporting by Ana Lind; Editing by Tom Ray)")
    >>> line.text[slice(*credit_span(line))]
    ' (Reporting by Ana Lind; Editing by Tom Ray)'
    """
    if not line.text.endswith(")"):
        return None
    offset = max(0, len(line.text) - MAX_NOTE)
    found = TAIL.search(line.text[offset:])
    if not found or not offset + found.start():
        return None
    return offset + found.start(), offset + found.end()
