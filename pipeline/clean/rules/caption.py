"""Picture captions and credits that were left standing between the paragraphs."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

AGENCY = (
    r"(?:getty(?: images?)?|afp|ap|associated press|ap photo|reuters|epa(?:-efe)?|pa(?: wire| "
    r"images| media)?|dpa|shutterstock|alamy|istock|bloomberg|anadolu|xinhua|tass|ansa|efe|"
    r"zuma(?: press)?|wikimedia(?: commons)?|flickr|unsplash|pixabay|imago|picture alliance|"
    r"keystone|nasa|esa|rex|sipa|kyodo|yonhap|nurphoto|handout|file photo|screengrab|supplied|"
    r"pool|canadian press|lusa|apa|anp|ntb|tt|ritzau|scanpix|europa press|lapresse|belga|ats)"
)
LAST = re.compile(
    rf"{AGENCY}(?:\s*(?:/|\|| via |through)\s*[\w .&-]{{2,40}})?\s*[)\]]?\.?$", re.IGNORECASE
)
BEFORE = re.compile(
    r"(?:[|/©(\[–—-]|\b(?:via|by|from|(?:credits?|photo|image|picture|source|foto|bild):?))\s*"
    r"(?:[^()\[\]|]{0,50}[/|–-]\s*)?$",
    re.IGNORECASE,
)
WORDS = (
    r"images?|photos?|pictures?|pic|credits?|fotos?|bild(?:er)?|source|file photo|photographs?|"
    r"crédit|imagen|quelle|beeld|symbolbild|archiv(?:bild|foto)"
)
BRACKET = re.compile(
    rf"\((?:{WORDS})\s*(?:[:/]| by | courtesy| de | di | von ) ?[^()]{{2,80}}\)?\.?$",
    re.IGNORECASE,
)
SLASHED = re.compile(r"\((?:[A-ZÀ-Þ][\w.'’-]+ ){1,4}?/ ?[A-ZÀ-Þ][^()]{1,50}\)\.?$")
SHOT = (
    r"(?:photo(?:graph(?:s|y)?|s)?|images?(?: credits?)?|pictures?|fotos?|fotografía|fotografia|"
    r"bild(?:er)?|bilde|billede|beeld|immagine|imagem|crédit(?: photo)?|illustration)"
)
NAMED = re.compile(rf"[\s.)|,](?i:{SHOT}) ?: ?[A-ZÀ-Þ@][^:]{{1,60}}$")
CREDIT = re.compile(
    r"\S ?(?:Photo |Image |Picture )?Credits?\s*: ?[^\s“\"].{1,70}$|"
    r"[|.)] ?(?:[Pp]hoto|[Ii]mage|[Ff]oto|[Pp]icture|Bild|Crédit)s?(?: credit)?\s*[:/|] ?.{2,60}$|"
    r"[.)] (?:Photo|Image|Picture|Illustration)s? (?:by|courtesy of|via) .{2,60}$"
)
OWNER = re.compile(r"©(?!\s?\d{4})[^©]{2,70}$")
MARK = re.compile(
    r"[|/©(\[–—:-]| (?:via|by|from|credit|photo|image|picture|source|foto|bild) ", re.IGNORECASE
)
SHOWS = re.compile(
    r"^(?:in )?(?:a|this|an) (?:[\w.,]+ ){0,4}(?:file|undated|handout|combination) (?:photo|image|"
    r"picture)\b|^(?:in )?this (?:[\w.,]+ ){0,4}(?:photo|image|photograph|picture|frame grab) "
    r"(?:taken|released|provided)\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"\w+: [a-zà-ÿ]")
MAX_WORDS = 60
TAIL = 110
"""A credit stands in the last characters of a line."""


def is_caption(line: Line) -> bool:
    """Say whether the line is a picture's caption, known by the credit that it bears.

    >>> is_caption(Line("Dockers at the gate of Pier 4. (Photo: Ana Lind/Reuters)"))
    True
    >>> is_caption(Line("Photo: Ana Lind")), is_caption(Line("Kräne im Hafen. © Lind | dpa"))
    (True, True)
    >>> is_caption(Line("The minister denied it, according to Reuters."))
    False
    >>> is_caption(Line("He took all the credit: “We won.”"))
    False
    >>> is_caption(Line("Photo: it was the only word on the wall."))
    False
    >>> is_caption(Line("He was born in Lagos (his mother said in Abuja)."))
    False
    """
    text = line.text
    if text[0] in '“"„' or len(text) > 600 or line.words > MAX_WORDS:
        return False
    if "caption" in line.said:
        return not (line.ends and SENTENCE.match(text))
    return ends_in_credit(text) or bool(SHOWS.match(text) and len(text) < 400)


def ends_in_credit(text: str) -> bool:
    """Say whether *text* ends in a photographer or an agency.

    >>> ends_in_credit("The port at dawn. Ana Lind via Getty Images")
    True
    """
    tail = text[-TAIL:]
    if "©" in tail and OWNER.search(tail):
        return True
    if "(" in tail and (SLASHED.search(tail) or BRACKET.search(tail)):
        return True
    if ":" in tail and not text.endswith((".", "?", "!")) and NAMED.search(tail):
        return True
    if (":" in tail or " by " in tail or "|" in tail or "/" in tail) and CREDIT.search(tail):
        return True
    if text.endswith(".") and ")" not in text[-3:]:
        return False
    agency = MARK.search(tail) and LAST.search(tail)
    return bool(agency and BEFORE.search(tail[: agency.start()]))
