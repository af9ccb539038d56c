"""A headline that stands right under a pointer such as "Related" or "Read more"."""

from __future__ import annotations

from pipeline.clean.rules.line import Line

MAX_WORDS = 22


def is_related(line: Line) -> bool:
    """Say whether the line is a short title that follows a pointer to other stories.

    A line that ends like a sentence is kept: it may be the story that goes on.

    >>> is_related(Line("Dockers vote on second strike", after="read-more", previous="Related"))
    True
    >>> is_related(Line("The dockers went home.", after="read-more", previous="Related"))
    False
    >>> is_related(Line("Dockers vote on strike", after="read-more", previous="Read more: X at Y"))
    False
    """
    if line.after != "read-more" or len(line.previous.split()) > 4:
        return False
    ends = line.text.rstrip("\"'”’").endswith((".", ":"))
    return 3 <= line.words <= MAX_WORDS and not ends and not line.text[0].islower()
