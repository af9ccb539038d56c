"""Picture captions and credits that were left standing between the paragraphs."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

AGENCY = (
    r"(?:getty(?: images)?|afp|ap|associated press|ap photo|reuters|epa(?:-efe)?|pa(?: wire| "
    r"images| "
    r"media)?|dpa|shutterstock|alamy|istock|bloomberg|anadolu|xinhua|tass|ansa|efe|zuma(?: press)?|"
    r"wikimedia(?: commons)?|flickr|unsplash|pixabay|imago|picture alliance|keystone|nasa|esa|rex|"
    r"sipa|kyodo|yonhap|nurphoto|handout|file photo|screengrab|supplied|pool|canadian press)"
)
PREFIX = re.compile(
    r"^\W{0,2}(?:(?:file |cover |stock )?(?:photo(?:graph(?:er|y|s)?|s)?|images?|picture|pic|"
    r"illustration|graphic|foto|bild|"
    r"imagen|crédit(?: photo)?|©)(?: (?:by|credits?|courtesy|from|von|de))?\s*[:|/]|"
    r"(?:photo|image|picture|illustration|photograph)s? (?:by|courtesy|credit|via)\b|"
    r"(?:image |photo |picture )(?:source|caption|credit|courtesy)[:,]|courtesy:|credit\s*:|"
    r"(?:image |picture )(?:source|caption)\b|file (?:photo|pic|image|picture)\b)",
    re.IGNORECASE,
)
SUFFIX = re.compile(
    rf"(?:[|/©(\[–—-]|\bvia|\bby|\bfrom|\bcredit:?|\bphoto:?|\bimage:?|\bpicture:?|\bsource:?)\s*"
    rf"(?:[^()\[\]|]{{0,50}}[/,|–-]\s*)?{AGENCY}(?:\s*(?:/|via|/ ?via|"
    rf"through)\s*[\w .&-]{{2,40}})?\s*[)\]]?\.?$",
    re.IGNORECASE,
)
MARKED = re.compile(
    r"(?i:\((?:image|photo|picture|pic|credit|foto|bild|source|file photo|photograph)s?\s*(?:[:/]| "
    r"by |"
    r" courtesy)[^()]{2,80}\)?\.?$|"
    r"[|.] ?(?:photo|image|foto|picture)s?(?: credit)?\s*[:/|] ?.{2,60}$|"
    r"[.)] (?:photo|image|picture|illustration)s? (?:by|courtesy of|via) .{2,60}$)|"
    r"\((?:[A-Z][\w.'’-]+ ){1,4}?/ ?[A-Z][^()]{1,50}\)\.?$|"
    r"\S ?(?:Photo |Image |Picture )?Credits?\s*: ?[^\s“\"].{1,70}$"
)
SHOWS = re.compile(
    r"^(?:in )?(?:a|this|an) (?:[\w.,]+ ){0,4}(?:file|undated|handout|combination) (?:photo|image|"
    r"picture)\b|"
    r"^(?:in )?this (?:[\w.,]+ ){0,4}(?:photo|image|photograph|picture|frame grab) (?:taken|"
    r"released|provided)\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"\w+: [a-zà-ÿ]")
MAX_WORDS = 60


def is_caption(line: Line) -> bool:
    """Say whether the line is a picture's caption, known by the credit that it bears.

    >>> is_caption(Line("Dockers at the gate of Pier 4. (Photo: Ana Lind/Reuters)"))
    True
    >>> is_caption(Line("Photo: Ana Lind"))
    True
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
    if line.words > MAX_WORDS or text[0] in '“"„':
        return False
    if line.ends and SENTENCE.match(text):
        return False
    if PREFIX.search(text) or MARKED.search(text) or (SHOWS.search(text) and " said" not in text):
        return True
    return bool(SUFFIX.search(text)) and (not text.endswith(".") or ")" in text[-3:])
