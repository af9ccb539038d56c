"""Share bars and what is left of embedded posts."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

NETWORK = (
    r"(?:facebook|twitter|x|whats ?app|linkedin|pinterest|reddit|telegram|tumblr|flipboard|"
    r"pocket|messenger|instagram|threads|bluesky|mastodon|youtube|tiktok|e-?mail|sms|print|copy "
    r"link|link copied!?|parler|gab|gettr|truth|google news|viber|vk|line|mail|drucken|imprimer)"
)
BUTTONS = re.compile(
    rf"^\W*(?:(?:share|tweet|pin|post|teilen|partager|compartir)\W*)*(?:(?:this )?(?:article|story|"
    rf"page)"
    rf"?\W*)?(?:(?:share|tweet|send|save|follow us)? ?(?:on|via|by|to|with|auf|sur|en)? ?{NETWORK}"
    rf"(?:\W+|$))*$",
    re.IGNORECASE,
)
ACTION = re.compile(
    r"^\W*(?:share(?: (?:this|on|the|your|via)\b.{0,40})?|(?:\d[\d.,]*k? )?shares?(?: "
    r"?\d[\d.,]*k?)?|save(?: (?:this )?"
    r"(?:article|story)| for later)?|bookmark|copy (?:link|url)|link copied\W*|print(?: this)?|"
    r"gift "
    r"(?:this )?article|follow (?:us|me)\b.{0,60}|add us on\b.{0,40}|(?:email|print) (?:this )?"
    r"(?:article|story)|send (?:us )?(?:a )?tips?\b.{0,40}|listen to this (?:article|story))\W*$",
    re.IGNORECASE,
)
POST = re.compile(
    r"^[—–-] .{2,60}\(@\w{2,20}\)\W+\w+ \d{1,2}, \d{4}$|^pic\.twitter\.com/\w+$|^@\w+$"
)


def is_share(line: Line) -> bool:
    """Say whether the line is a button to pass the story on, or the signature of a post.

    >>> is_share(Line("Share on Facebook")), is_share(Line("Twitter WhatsApp Email"))
    (True, True)
    >>> is_share(Line("Shares in the port company fell 8 percent on Monday."))
    False
    """
    if line.words > 14:
        return False
    return any(p.match(line.text) for p in (ACTION, BUTTONS, POST)) and line.words > 0
