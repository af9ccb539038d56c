"""The language of a text, decided once; every later stage trusts it.

What the feed or the source's settings say is taken.  What a page declares is compared with what its
text looks like: templates are copied from other sites with the language of those in them, so a
text that is clearly in another language wins.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import version

from py3langid import classify

from pipeline.clean.classifier.function_words import is_english

MIN_LETTERS = 24
"""Below this, names and loan words decide; "not known" is the honest answer."""
SURE_LETTERS = 200
"""Above this, a text is trusted more than what its page declares."""
SAMPLE = 1000
"""Characters looked at, in the middle: more told no text of 300 in 20 languages better."""
CODE = re.compile(r"([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{2,8})*)")
ALIKE = (
    {"no", "nb", "nn", "da"}, {"hr", "sr", "bs", "sh", "sl"}, {"id", "ms", "jv"}, {"cs", "sk"},
    {"es", "gl", "ca", "pt", "oc", "an"}, {"nl", "af"}, {"zu", "xh"}, {"hi", "mr", "ne"},
    {"ru", "uk", "be", "bg", "mk"}, {"ar", "fa", "ur", "ps"}, {"az", "tr"}, {"tl", "fil"},
)  # fmt: skip
"""Languages that are mistaken for each other: here the page knows better."""


def language_of(text: str, given: str = "", declared: str = "") -> str | None:
    """Return the language of *text* as a BCP 47 tag; None where it is too short to tell.

    Args:
        text: the headline and the story.
        given: what the feed or the source's settings say; it wins where it can be a tag.
        declared: what the page says; only its first part is taken, for regions are templates too.

    >>> language_of("Oslo", "EN_gb"), language_of("Oslo", declared="nb-NO")
    ('en-GB', 'nb')
    >>> language_of("Oslo", "english") is None
    True

    """
    if (tag := language_tag(given)) is not None:
        return tag
    said = (language_tag(declared) or "").partition("-")[0]
    sample = middle(text)
    letters = sum(map(str.isalpha, sample))
    if letters < MIN_LETTERS:
        return said or None
    if said == "en" and is_english([sample]):
        return said  # two witnesses agree: the third costs ten times as much
    found = str(classify(sample)[0])
    agreed = found == said or any({found, said} <= group for group in ALIKE)
    return said if said and (agreed or letters < SURE_LETTERS) else found


def middle(text: str) -> str:
    """Return the middle of *text*, which is prose where its ends may not be.

    >>> len(middle("a" * 5000)), middle("Oslo")
    (1000, 'Oslo')
    """
    start = max(0, (len(text) - SAMPLE) // 2)
    return text[start : start + SAMPLE]


def language_tag(given: str) -> str | None:
    """Return *given* as a BCP 47 tag, None where it cannot be one.

    >>> language_tag("pt_br"), language_tag("zh-hans"), language_tag("n/a")
    ('pt-BR', 'zh-Hans', None)
    """
    found = CODE.fullmatch(given.strip())
    if not found or found[1].lower() in {"und", "mul", "zxx"}:
        return None
    parts = [part for part in re.split("[-_]", found[2]) if part]
    shaped = [p.upper() if len(p) == 2 else p.title() if len(p) == 4 else p for p in parts]
    return "-".join([found[1].lower(), *shaped])


def load_identifier() -> None:
    """Load what tells languages apart, which it does at its first text: no record pays for it."""
    classify("")


@cache
def identifier_version() -> str:
    """Return name and version of the identifier, as records cite it."""
    return f"py3langid {version('py3langid')}"
