"""Share bars, and what a page leaves of an embedded post besides its words."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line
from pipeline.clean.rules.phrases import words_for

NETWORKS = frozenset(
    "facebook twitter x whatsapp linkedin pinterest reddit telegram tumblr flipboard pocket xing "  # noqa: SIM905  (words read better than quoted ones)
    "messenger instagram threads bluesky mastodon youtube tiktok email sms parler gab gettr viber "
    "vk line vkontakte odnoklassniki skype feedly evernote print mail signal".split()
)
POST = re.compile(r"^(?:pic\.twitter\.com/\w+|@\w+|https?://t\.co/\w+)$")
MAX_CHARS = 140


def is_share(line: Line) -> bool:
    """Say whether the line is a button to pass the story on, or the bare address of a post.

    >>> is_share(Line("Share on Facebook")), is_share(Line("Twitter WhatsApp E-Mail"))
    (True, True)
    >>> is_share(Line("Auf Facebook teilen")), is_share(Line("pic.twitter.com/a1b2c3"))
    (True, True)
    >>> is_share(Line("Shares in the port company fell 8 percent on Monday."))
    False
    >>> is_share(Line("— Ana Lind (@analind) March 5, 2026"))
    False
    """
    if "share" in line.said or (len(line.text) < 60 and POST.match(line.text)):
        return True
    if len(line.text) > MAX_CHARS:
        return False
    words = line.key.split(" ")
    if not NETWORKS.intersection(words) or line.text.endswith("."):
        return False
    return all(word in NETWORKS or word in words_for("pass") for word in words)
