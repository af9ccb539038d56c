"""What is done to a page before any parser sees it: refused or repaired where parsers hang.

The scan is linear in the length of the page.  What it looks for was measured: hundreds of
attributes on one tag, broken linked data and long ``data:`` addresses make parsers hang or lose
the text without a word.  Of deep nesting the parser itself tells (`page.parsed`).
"""

from __future__ import annotations

import json
import re
from typing import Any

from schemas import RecordError

MAX_ATTRIBUTES = 200
MAX_TAGS = 40_000
MAX_JSON_LD = 64_000
MAX_LINKED_DATA = 20
"""How many blocks of linked data of a page are read."""

BLOCK = re.compile(r"<!--|<(script|style|noscript|svg|iframe|template)\b[^<>]*>", re.IGNORECASE)
LINKED_DATA = re.compile(r"application/ld\+json", re.IGNORECASE)
LONG_TAG = re.compile(r"<([A-Za-z][\w:-]*)([^<>]{400,})>")
"""Only such a tag may have over `MAX_ATTRIBUTES`: each takes two characters."""
ATTRIBUTE = re.compile(r"[^\s=\"'/]+(?:\s{0,8}=\s{0,8}(?:\"[^\"]*\"|'[^']*'|[^\s\"']+))?")
SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
"""Half a character, as JSON escapes it: alone it is none, and no index takes it."""
DATA_ADDRESSES = [
    re.compile(rf"{scheme}:[\w.+-]{{0,60}}/?[^\"'\s)>]{{500,}}") for scheme in ("data", "DATA")
]
"""One pattern for each case that is written: a search that ignores case is seven times as slow."""


def scanned(html: str) -> tuple[str, tuple[Any, ...]]:
    """Return *html* less what harms a parser, and the linked data that is well formed."""
    html, blocks = without_blocks(html)
    for addresses in DATA_ADDRESSES:
        html = addresses.sub("data:,", html)
    check_tags(html)
    return html, blocks


def without_blocks(html: str) -> tuple[str, tuple[Any, ...]]:
    """Return *html* less scripts, styles and comments, and what its linked data says.

    >>> without_blocks('<p>A<script type="application/ld+json">{"a": 1}</script>B<style>x')
    ('<p>AB', ({'a': 1},))
    """
    kept: list[str] = []
    data: list[Any] = []
    position = 0
    while found := BLOCK.search(html, position):
        kept.append(html[position : found.start()])
        name = found[1]
        closing = re.compile(rf"</{name}\s{{0,8}}>" if name else "--!?>", re.IGNORECASE)
        end = closing.search(html, found.end())
        inner = html[found.end() : end.start() if end else len(html)]
        if LINKED_DATA.search(found[0]) and len(data) < MAX_LINKED_DATA:
            data += linked_data_in(inner)
        position = end.end() if end else len(html)
    return "".join([*kept, html[position:]]), tuple(data)


def linked_data_in(block: str) -> list[Any]:
    r"""Return what a block of linked data says in a list; an empty one where it is not well formed.

    >>> linked_data_in('{"@type": "NewsArticle"}'), linked_data_in('{"@type": ')
    ([{'@type': 'NewsArticle'}], [])
    >>> linked_data_in(r'["a\ud800b", "\ud83d\ude00"]')
    [['a?b', '😀']]
    """
    if len(block) > MAX_JSON_LD:
        return []
    try:
        told = json.loads(block.strip().removesuffix(";"), strict=False)
        if SURROGATE.search(block):
            told = json.loads(json.dumps(told, ensure_ascii=False).encode(errors="replace"))
    except (ValueError, RecursionError):
        return []  # publishers often break it: the page has its meta tags
    return [told]


def check_tags(html: str) -> None:
    """Raise RecordError for more tags, or attributes of one, than a parser takes well."""
    if html.count("<") > MAX_TAGS:
        raise RecordError("too_big", f"the page has over {MAX_TAGS} tags")
    for tag in LONG_TAG.finditer(html):
        if too_many(tag[2]):
            raise RecordError("too_big", f"<{tag[1]}> has over {MAX_ATTRIBUTES} attributes")


def too_many(attributes: str) -> bool:
    """Say whether the inside of a tag holds more attributes than any real page writes."""
    return sum(1 for _ in ATTRIBUTE.finditer(attributes)) > MAX_ATTRIBUTES
