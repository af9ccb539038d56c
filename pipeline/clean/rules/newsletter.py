"""Invitations to newsletters, alerts and apps."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

THING = (
    r"(?:newsletters?|e-?mails?|inbox|alerts?|bulletin|briefing|notifications?|app|channel|"
    r"podcast|digest|updates?|infolettre|boletín)"
)
INVITATION = re.compile(
    rf"^(?:(?:please |click here to |don['’]t miss out[.,:!]? |never miss .{{0,30}}[.:,] )?"
    rf"(?:sign[ -]?up|subscribe|register|join|get|receive|download|follow|stay up to date|"
    rf"enter your e-?mail|abonnieren sie|melden sie sich|inscrivez-vous|abonnez-vous|recevez|"
    rf"suscr[íi]b[ae]\w*|reciba)\b.{{0,140}}\b{THING}\b"
    rf"|(?:our|the|this|your|unser|notre)\b.{{0,40}}\bnewsletters?\b.{{0,80}}"
    rf"(?:delivers|inbox|straight|here|every)"
    rf"|(?:sign ?-?up|subscribe|newsletters?|your e-?mail(?: address)?|subscribe now|sign up now"
    rf"|sign up here|e-?mail address|enter your e-?mail(?: address)?|thank you for subscribing!?"
    rf"|i['’]d like to sign-?up|submit|enter e-?mail|newsletter abonnieren|s['’]abonner)[.!:]?$"
    rf"|(?:you can )?unsubscribe (?:at )?any ?time"
    rf"|the (?:best|latest|biggest|top|most important)\b.{{0,60}}\b(?:inbox|delivered)"
    rf"|(?:follow|like|find) us on\b|join (?:us|the conversation) on (?:telegram|whatsapp|facebook)"
    rf"|want more .{{0,60}}\?|get (?:the|our) (?:latest|best|daily|free|top)\b.{{0,80}}$)",
    re.IGNORECASE,
)
MAX_WORDS = 45


def is_newsletter(line: Line) -> bool:
    """Say whether the line asks the reader to sign up for something of the publisher's.

    >>> is_newsletter(Line("Sign up for our weekly newsletter, straight to your inbox."))
    True
    >>> is_newsletter(Line("Sign up to the treaty or face sanctions, the envoy told them."))
    False
    >>> is_newsletter(Line("Join the talks, he said, and the app will be ready."))
    False
    """
    if line.words > MAX_WORDS or " said" in line.text:
        return False
    return bool(INVITATION.search(line.text.lstrip("*-•>📰👉 ")))
