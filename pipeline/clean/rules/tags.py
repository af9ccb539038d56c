"""Tag lists: the publisher's keywords under a story."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

HASHES = re.compile(r"^(?:#[^\W\d]\w*[\s,]*)+$")


def is_tags(line: Line) -> bool:
    """Say whether the line lists tags.

    >>> is_tags(Line("Topics: ports, strikes, Oslo")), is_tags(Line("#ports #strike"))
    (True, True)
    >>> is_tags(Line("Topics ranged from cod to customs."))
    False
    """
    if line.text[0] == "#":
        return bool(HASHES.match(line.text))
    return "tags" in line.said and not line.text.endswith(".")


def tag_names(text: str) -> tuple[str, ...]:
    """Return the tags that a tag line lists.

    >>> tag_names("Topics: ports, strikes")
    ('ports', 'strikes')
    """
    listed = text.partition(":")[2] if ":" in text else ""
    return tuple(tag.strip() for tag in listed.split(",") if tag.strip())
