"""The body of the story as the linked data of a page gives it: a witness for what is story."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any

from pipeline.clean.found import folded
from pipeline.clean.segments import Segment

BODY = "articleBody"
MAX_BODY = 400_000
SHORTEST = 200
"""A shorter body is a summary, and no witness."""
SHORT_LINE = 20
MARKUP = re.compile(r"<[^<>]{0,500}>")
PARAGRAPH = re.compile(r"\s*\n\s*|</p>|<br\s*/?>", re.IGNORECASE)
MAX_NODES = 500


def told_body(linked_data: Sequence[Any]) -> str:
    r"""Return the longest body that *linked_data* holds, one paragraph a line; empty for none.

    >>> told_body([{"@graph": [{"articleBody": "<p>One &amp; all.</p>" * 20}]}])[:22]
    'One & all.\nOne & all.\n'
    """
    bodies: list[str] = []
    waiting: list[Any] = [list(linked_data)]
    for _ in range(MAX_NODES):
        if not waiting:
            break
        item = waiting.pop()
        if isinstance(item, list):
            waiting += item[:MAX_NODES]
        elif isinstance(item, dict):
            waiting += [part for part in item.values() if isinstance(part, dict | list)]
            if isinstance(item.get(BODY), str):
                bodies.append(item[BODY][:MAX_BODY])
    body = max(bodies, key=len, default="")
    parts = (MARKUP.sub(" ", part) for part in PARAGRAPH.split(html.unescape(body)))
    lines = [" ".join(part.split()) for part in parts]
    text = "\n".join(filter(None, lines))
    return text if len(text) >= SHORTEST else ""


def told_shares(segments: Sequence[Segment], body: str) -> list[float]:
    """Return for each line whether *body* holds it: 1, a half for its beginning, 0; -1: no body.

    A short line is compared with the paragraphs of the body, for its words stand anywhere.
    """
    if not body:
        return [-1.0] * len(segments)
    whole = folded(body)
    paragraphs = {folded(line) for line in body.split("\n")}
    shares: list[float] = []
    for segment in segments:
        key = folded(segment.text)
        if len(key) < SHORT_LINE:
            shares.append(float(key in paragraphs))
        else:
            shares.append(1.0 if key in whole else 0.5 if key[:30] in whole else 0.0)
    return shares
