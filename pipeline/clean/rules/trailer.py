"""Trailers: copyright, source and reprint lines under the story."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

TRAILER = re.compile(
    r"^\W{0,3}(?:source\s*:\s*.{0,60}|sources? read full article|read full article|(?:©|\(c\)|"
    r"copyright\b(?=.{0,12}(?:©|\(c\)|\d{4})))"
    r".{0,160}|all rights reserved.{0,100}|.{0,80}\ball rights reserved\W*|this (?:article|story|"
    r"post|"
    r"report|piece) (?:was |has been |is |originally |first |also )+(?:published|appeared|appears|"
    r"republished|updated|produced|amended|corrected|translated|adapted)\b.{0,160}|(?:originally|"
    r"first) published (?:on|in|at|by|as)\b.{0,80}|(?:re)?publish(?:ed)? (?:this (?:story|article)|"
    r"our "
    r"articles|with permission)\b.{0,120}|click here for reprint.{0,40}|our standards: .{0,100}|"
    r"the "
    r"views expressed\b.{0,160}|the opinions expressed\b.{0,160}|disclaimer(?:\s*:.{0,200})?|for "
    r"more "
    r"(?:information|stories|news|details)\b.{0,120}|(?:editor['’]s|publisher['’]s) "
    r"note\s*:.{0,200}|"
    r"(?:correction|clarification)\s*:.{0,240}|do you have a (?:story|tip|news tip)\b.{0,120}|"
    r"(?:got a "
    r"|have a )?(?:news )?tips?\?.{0,80}|contact (?:us|the (?:author|writer|reporter|newsroom))\b"
    r".{0,100}|e-?mail\s*:? \S+@\S+\.?|\S+@\S+\.\w+|submit a correction.{0,40}|report (?:an? "
    r"(?:error|typo)|this ad)\b.{0,40}|quelle\s*:.{0,60}|alle rechte vorbehalten.{0,60}|tous "
    r"droits "
    r"réservés.{0,60}|todos los derechos reservados.{0,60}|back to top|end of (?:article|story)|"
    r"the post .{3,160} appeared first on .{2,60}|\*)$",
    re.IGNORECASE,
)

DIVIDER = re.compile(r"^(?:[_*#=~–—-]{2,}|·+|•+|\.\.\.|\*)$")
NEAR_END = 2
"""How many paragraphs may follow a trailer: a note about the writer, say."""


def is_trailer(line: Line) -> bool:
    """Say whether the line is a copyright, source or reprint note, or only a divider.

    >>> is_trailer(Line("Source: Read Full Article", place=9)), is_trailer(Line("___", place=3))
    (True, True)
    >>> is_trailer(Line("This article was originally published in the Harbour Post.", place=9))
    True
    >>> is_trailer(Line("This story has been told in the valley for a hundred years.", place=9))
    False
    """
    if DIVIDER.match(line.text):
        return line.place > 0
    return line.place > 0 and line.prose_after <= NEAR_END and bool(TRAILER.match(line.text))
