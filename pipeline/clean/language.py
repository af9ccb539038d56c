"""The language of a text, decided once; every later stage trusts it."""

from __future__ import annotations

import re
from importlib.metadata import version

from py3langid import classify

MIN_LETTERS = 24
"""Below this, names and loan words decide; "not known" is the honest answer."""
SAMPLE = 4000
CODE = re.compile(r"([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{2,8})*)")


def language_of(text: str, given: str = "") -> str | None:
    """Return the language of *text* as a BCP 47 tag; None where it is too short to tell.

    Args:
        text: the headline and the story.
        given: what the feed or the source's settings say; it wins where it can be a tag.

    >>> language_of("Oslo", "EN_gb")
    'en-GB'
    >>> language_of("Oslo", "english") is None
    True

    """
    if (tag := language_tag(given)) is not None:
        return tag
    if sum(map(str.isalpha, text[:SAMPLE])) < MIN_LETTERS:
        return None
    return str(classify(text[:SAMPLE])[0])


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


def identifier_version() -> str:
    """Return name and version of the identifier, as records cite it."""
    return f"py3langid {version('py3langid')}"
