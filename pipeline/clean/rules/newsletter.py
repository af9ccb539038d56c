"""Invitations to newsletters, alerts and apps."""

from __future__ import annotations

from pipeline.clean.rules.line import Line


def is_newsletter(line: Line) -> bool:
    """Say whether the line asks the reader to sign up for something of the publisher's.

    >>> is_newsletter(Line("Sign up for our weekly newsletter, straight to your inbox."))
    True
    >>> is_newsletter(Line("Melden Sie sich jetzt für unseren Newsletter an"))
    True
    >>> is_newsletter(Line("Sign up to the treaty or face sanctions, the envoy told them."))
    False
    >>> is_newsletter(Line("Join the talks, he said, and the app will be ready."))
    False
    """
    return "newsletter" in line.said and " said" not in line.text
