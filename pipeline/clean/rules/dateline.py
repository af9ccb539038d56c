"""Datelines: the place, and often the agency, before the first words of a wire story."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

PLACE = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’]+(?:[ /-][A-ZÀ-Þ][A-ZÀ-Þ.'’]*){0,4}"
MIXED = r"[A-ZÀ-Þ][\w.'’]+(?:[ /-][A-ZÀ-Þ][\w.'’]*){0,4}"
REGION = r"(?:, [A-ZÀ-Þ][\w.'’]+(?:[ -][A-ZÀ-Þ][\w.'’]+){0,3})?"
DATE = r"(?:, \w{3,9}\.? \d{1,2}|, \d{1,2} \w{3,9}\.?)?"
AGENCY = r"(?:\((?:[A-Z][\w&’' .-]{1,28}|dpa)(?:/[\w .-]{2,20})?\))"
DASH = r"\s*(?:--|[-–—―])\s+"
MAX_BEFORE = 2
"""Paragraphs that may stand above it: a standfirst, the caption of the lead picture."""
DATELINE = re.compile(
    rf"^(?P<line>{PLACE}{REGION}{DATE}\s*{AGENCY}?|{MIXED}{REGION}{DATE}\s*{AGENCY})"
    rf"(?P<dash>{DASH})(?=\S)"
)


def dateline_span(line: Line) -> tuple[int, int] | None:
    """Return where a dateline stands in the first paragraph of a story, or after a standfirst.

    >>> text = "OSLO, March 4 (Reuters) - The port is shut."
    >>> text[slice(*dateline_span(Line(text)))]
    'OSLO, March 4 (Reuters) - '
    >>> dateline_span(Line("Two men - one of them armed - left the port."))
    >>> dateline_span(Line("OSLO (AP) — The port is shut.", prose_before=4))
    """
    if line.prose_before > MAX_BEFORE:
        return None
    found = DATELINE.match(line.text)
    return found.span() if found else None


def dateline_of(text: str) -> str | None:
    """Return the dateline that *text* begins with, without its dash.

    >>> dateline_of("Oslo (dpa) – Der Hafen ist zu.")
    'Oslo (dpa)'
    """
    found = DATELINE.match(text)
    return found["line"].strip() if found else None
