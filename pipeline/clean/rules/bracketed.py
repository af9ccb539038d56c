"""Teasers that end in a label in brackets, such as ``... [ANALYSIS]``."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

LABEL = re.compile(
    r"\s[\[(](?P<word>[A-Z][A-Z ,&/'’-]{2,24})[\])]$|"
    r"\s\[(?:video|photos?|pictures|gallery|watch|listen|live|update|podcast|map|graphic|quiz|poll|"
    r"opinion|comment|analysis|insight|report|explained|exclusive|link)\]$",
    re.IGNORECASE,
)
MAX_WORDS = 30


def is_bracketed_teaser(line: Line) -> bool:
    """Say whether the line is a headline with a label in square brackets and capitals at its end.

    >>> is_bracketed_teaser(Line("Harbour strike: What the dockers want [ANALYSIS]"))
    True
    >>> is_bracketed_teaser(Line("‘We will strike’: Dockers speak [INTERVIEW]"))
    True
    >>> is_bracketed_teaser(Line("“We will never leave [SYRIA]"))
    False
    >>> is_bracketed_teaser(Line("He has worked for the alliance [NATO]"))
    False
    """
    found = LABEL.search(line.text)
    if not found or line.words > MAX_WORDS:
        return False
    label, squared = found[0].strip().strip("[]()").upper(), "[" in found[0]
    if line.text[0] in "“\"„«'‘":
        return squared and label in LABELS
    return label in LABELS or (squared and label.endswith(SUFFIXES))


LABELS = frozenset(
    "ANALYSIS INSIGHT VIDEO PICTURES PICS PHOTOS PHOTO GALLERY REACTION REVEAL REVEALED OPINION "  # noqa: SIM905  (words read better than quoted ones)
    "COMMENT INTERVIEW EXCLUSIVE UPDATE UPDATES REPORT LATEST LIVE WATCH LISTEN READ SPOTLIGHT "
    "EXPLAINER EXPLAINED MAP MAPPED MAPS POLL QUIZ SURVEY VOTE GRAPHIC INFOGRAPHIC PODCAST AUDIO "
    "FEATURE PROFILE REVIEW PREVIEW FOCUS BACKGROUND CONTEXT TIMELINE WARNING FORECAST SPECIAL "
    "BREAKING DETAILS FULL STORY NEWS QUOTES VERDICT IN-DEPTH INVESTIGATION CLAIM CLAIMS".split()
) | {"LIVE BLOG", "FULL STORY", "READ MORE", "IN PICTURES", "IN DEPTH", "FACT CHECK"}
SUFFIXES = (" VIDEO", " REPORT", " ANALYSIS", " PICTURES", " LIVE", " COMMENT", " INTERVIEW")
