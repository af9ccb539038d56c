"""Quotes as a careful person finds them in an afternoon: marks, and a name beside a verb.

It stands in the comparison for what most newsrooms have.  newsmill's own rules are elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bench.labelled_texts import Said

QUOTED = re.compile(r"\u201c([^\u201c\u201d\n]{15,1500})\u201d?|\"([^\"\n]{15,1500})\"?")
VERB = (
    r"(?:said|says|told|tells|added|adds|wrote|writes|asked|argued|insisted|warned|noted|explained|"
    r"claimed|tweeted|stated|continued|replied|admitted|declared|announced)"
)
NAME = (
    r"((?:[A-Z][\w.'\u2019-]+ ?){1,5}|[Tt]he [a-z]+(?: [a-z]+)?|[Hh]e|[Ss]he|[Tt]hey|[Ii]t|I|[Ww]e)"
)
OTHERS = r"[^.\"\u201c\u201d\n]"
BEHIND = re.compile(rf"[\s,]*(?:{VERB}\s+{NAME}|{NAME}{OTHERS}{{0,50}}?\s{VERB}\b)")
BEFORE = re.compile(rf"{NAME}{OTHERS}{{0,60}}?\s{VERB}\b{OTHERS}{{0,60}}$")


def quotes(text: str) -> Iterator[Said]:
    """Yield what stands between quotation marks in one line, with the name next to a verb.

    >>> [one.speakers for one in quotes('"We will act before the week is over," said Ada Moor.')]
    [('Ada Moor',)]
    """
    speaker: tuple[str, ...] = ()
    for found in QUOTED.finditer(text):
        line = text.rfind("\n", 0, found.start()) + 1
        told = BEHIND.match(text, found.end()) or BEFORE.search(text[line : found.start()])
        if told:  # else whoever spoke last goes on
            speaker = tuple(name.strip(" .,") for name in told.groups() if name)
        yield Said("direct", frozenset(range(found.start(), found.end())), speaker)
