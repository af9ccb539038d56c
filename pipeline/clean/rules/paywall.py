"""The words at the wall: what a reader without a subscription is told."""

from __future__ import annotations

from pipeline.clean.rules.line import Line


def is_paywall(line: Line) -> bool:
    """Say whether the line asks for a subscription to read on.

    >>> is_paywall(Line("To continue reading this article, subscribe today."))
    True
    >>> is_paywall(Line("Already a subscriber? Log in"))
    True
    >>> is_paywall(Line("This article is for those who asked what a ceasefire means in law."))
    False
    """
    return "paywall" in line.said
