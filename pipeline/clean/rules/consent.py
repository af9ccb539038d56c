"""Consent notices: what a site says about cookies and data beside its story."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

NOTICE = re.compile(
    r"^(?:we use (?:your sign-?up|cookies)|this (?:site|website) (?:uses cookies|is protected by "
    r"recaptcha)|by (?:signing up|subscribing|registering|submitting|clicking|continuing|entering|"
    r"providing|using|creating)\b.{0,160}\b(?:you|to) (?:agree|accept|consent|confirm|have read|"
    r"acknowledge|will also)|i(?:'d| would) like to (?:be emailed|receive)|your (?:information|"
    r"data|email|details)\b.{0,60}\b(?:will be (?:used|processed|shared) .{0,40}(?:privacy|policy)|"
    r"privacy)|"
    r"(?:privacy|cookie) (?:policy|notice|settings|preferences)$|terms (?:of (?:use|service)|and "
    r"conditions|& conditions)(?: (?:and|&) [\w ]{2,30})?$|manage (?:cookies|consent)|accept "
    r"(?:all )?cookies|(?:accept|reject|allow) all\W*$|i (?:agree|accept)\W*$|"
    r"wir (?:verwenden|nutzen) cookies|mit der anmeldung|mit ihrer zustimmung|"
    r"nous utilisons des cookies|en vous inscrivant|utilizamos cookies|al suscribirte)",
    re.IGNORECASE,
)
LEGAL = re.compile(
    r"\b(?:privacy (?:policy|notice)|terms (?:of (?:use|service)|(?:and|&) conditions)|"
    r"unsubscribe at any time|opt[- ]out at any time|datenschutzerkl\w+|politique de confidentialit"
    r"é|política de privacidad)\b",
    re.IGNORECASE,
)
YOU = re.compile(r"\b(?:you|your|sie|ihre?|vous|votre|su|tu)\b", re.IGNORECASE)


def is_consent(line: Line) -> bool:
    """Say whether the line speaks to the reader about cookies, data or conditions.

    >>> is_consent(Line("By signing up you agree to our terms and privacy policy."))
    True
    >>> is_consent(Line("By signing the treaty, the ministers agree to share radar data."))
    False
    >>> is_consent(Line("The court said the firm's privacy policy broke the law."))
    False
    """
    text = line.text
    if NOTICE.search(text):
        return True
    return bool(LEGAL.search(text) and YOU.search(text)) and not text.startswith(("“", '"', "„"))
