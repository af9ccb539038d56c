"""What somebody is said to be, beside the name: a title before it, an apposition after it.

    Ruritanian Foreign Minister Ada Moor
    the company's chief executive, Jan Vale,
    Jan Vale, a spokesperson for the Northern Trade Board, said
    Ada Moor is the president of Ruritania

Patterns over words find them, so both settings agree and no parse is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.enrich.role_words import BESIDES, HEADS, NO_ROLE, PAIRS

EITHER = "|".join(sorted((*HEADS, *PAIRS), key=lambda role: (-len(role), role)))
HEAD = rf"(?i:(?:co-|ex-|vice-)?(?:{EITHER}))\b(?!-)"
NOT_FIRST = "|".join(NO_ROLE)
CAPITAL = rf"(?:U\.S\.|U\.N\.|U\.K\.|(?!(?:{NOT_FIRST})\s)[A-Z](?:[\w&-]|\.(?=\w))*)"
OWNER = rf"{CAPITAL}(?:\s{CAPITAL}){{0,4}}['\u2019]s?\s"
WHOSE = rf"(?:(?i:the|its|their|his|her|our|a|an)\s(?:[a-z]+['\u2019]s?\s)?(?:{OWNER})?|{OWNER})"
WORD = rf"(?:{CAPITAL}|(?:ex-)?(?:{'|'.join(BESIDES)})(?:-[a-z]+)?)"
FREE = r"(?!(?:to|by|of|in|on|at|for|with|from|and|or|but|who|that|is|was|were|has|had)\s)[\w-]+"
"""Any word of an apposition before its role."""
COURTESY = r"(?:(?:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady|Prof|Professor|Sheikh|Sheik)\.?\s)*"
OF = rf"(?:\s(?:of|for)(?:\s(?:the|and|of|&|{CAPITAL})){{1,6}})?"
TAIL = r"(?:\s(?:of|for|at|in|with|from|to)\s[^,.;:()\n\u2013\u2014\"\u201c]{1,80}?)?"
STOP = (
    r"(?=[,.;:)\n\u2013\u2014]|\s(?:who|which|that|said|says|told|has|had|is|was|will|would|but|as|on"
    r"|wrote|added|after|when|where|while|and(?!\s\w+[,.]))\b|$)"
)
TWO = rf"{HEAD}(?:\sand\s(?:{FREE}\s){{0,3}}?{HEAD})?"

BEFORE = re.compile(
    rf"(?:^|(?<=[\s(\"\u201c\u2018]))(?P<role>(?:{WHOSE})?(?:{WORD}\s){{0,6}}{HEAD}{OF}),?\s"
    rf"{COURTESY}$"
)
AFTER = re.compile(
    rf",\s(?:\d{{1,3}},\s)?(?P<role>(?:{WHOSE})?(?:{FREE}\s){{0,4}}?{TWO}{TAIL}){STOP}"
)
IS = re.compile(
    rf"(?:,\swho)?\s(?:is|was|became|remains)\s(?P<role>{WHOSE}(?:{FREE}\s){{0,3}}?{TWO}{TAIL}){STOP}"
)
ARTICLE = re.compile(r"^(?:the|an?|its|their|his|her|our)\s(?!\S+['\u2019]s?\s)", re.IGNORECASE)
REACH = 120
"""Letters beside a name in which a role is looked for."""
LONGEST = 12
"""Words of a role; a longer one has run into the sentence."""


def roles_beside(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of what is said of the person named from *start* to *end* of *text*.

    >>> text = "Foreign Minister Ada Moor met Jan Vale, a spokesperson for the NTB, there."
    >>> [text[slice(*span)] for span in roles_beside(text, 17, 25)]
    ['Foreign Minister']
    >>> [text[slice(*span)] for span in roles_beside(text, 30, 38)]
    ['a spokesperson for the NTB']
    """
    first = max(0, start - REACH)
    before, after = text[first:start], text[end : end + REACH]
    found = ((BEFORE.search(before), first), (AFTER.match(after), end), (IS.match(after), end))
    for match, shift in found:
        if match and len(match["role"].split()) <= LONGEST:
            yield shift + match.start("role"), shift + match.end("role")


def cleaned(role: str) -> str:
    """Return *role* without its article, on one line.

    >>> cleaned("the  company's chief executive"), cleaned("a judge")
    ("the company's chief executive", 'judge')
    """
    return ARTICLE.sub("", " ".join(role.split()), count=1)
