"""The date of an event: which of the article's dates the words of an event belong to.

The rule is told in docs/explanation/dates.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from schemas import Dated

COARSE = frozenset({"vague", "decade", "century"})
"""Too coarse to date what happened."""
SAYING = re.compile(
    r"(?:said|says|told|reported|announced|added|wrote|statement|tweeted|posted)\s"
    r"(?:\w+\s){0,3}?(?:on\s|late\s|earlier\s|early\s)?$",
    re.IGNORECASE,
)
REACH = 60
"""Letters before a date that tell whether it is that of a saying."""


def date_of(
    start: int,
    end: int,
    dates: Iterable[Dated],
    sentences: Sequence[tuple[int, int]],
    text: str = "",
) -> Dated | None:
    """Return the date of what happens from *start* to *end* of the text; None: publication's.

    Args:
        start: where the words of the event begin, code points of the text.
        end: where they end.
        dates: what the article tells of time.
        sentences: start and end of each sentence of the text.
        text: the text, to know the date of a saying ("said on Monday") from that of an event.

    """
    first, last = next((one for one in sentences if one[0] <= start < one[1]), (start, end))
    told = [
        date for date in dates
        if date.field == "text" and first <= date.start and date.end <= last and is_sure(date)
    ]  # fmt: skip
    own = [date for date in told if not of_saying(date, start, text)]
    return min(own, key=lambda date: distance(date, start, end), default=None)


def is_sure(date: Dated) -> bool:
    """Tell whether the year is known and the time is exact enough."""
    return date.granularity not in COARSE and not date.value.startswith("XXXX")


def of_saying(date: Dated, start: int, text: str) -> bool:
    """Tell whether *date* is when something was said, and the event at *start* is what was said."""
    before = SAYING.search(text, max(0, date.start - REACH), date.start)
    return before is not None and not before.start() <= start < before.end()


def distance(date: Dated, start: int, end: int) -> int:
    """Sort by how far from the event a date stands; after it counts half, there it is put most."""
    if date.start >= end:
        return date.start - end
    return 2 * max(0, start - date.end)
