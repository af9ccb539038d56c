"""Consent notices: what a site says about cookies, data and conditions beside its story."""

from __future__ import annotations

from pipeline.clean.rules.line import Line


def is_consent(line: Line) -> bool:
    """Say whether the line speaks to the reader about cookies, data or conditions.

    >>> is_consent(Line("By signing up you agree to our terms and privacy policy."))
    True
    >>> is_consent(Line("By signing the treaty, the ministers agree to share radar data."))
    False
    >>> is_consent(Line("The court said the firm's privacy policy broke the law."))
    False
    """
    return "consent" in line.said
