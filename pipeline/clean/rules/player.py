"""Players and galleries: buttons, counters, times."""

from __future__ import annotations

import re

from pipeline.clean.rules.line import Line

CONTROL = re.compile(
    r"^\W*(?:(?:play|pause|mute|unmute|stop|replay|close|expand|collapse|caption|captions|"
    r"fullscreen|"
    r"exit fullscreen|autoplay|settings|auto|live|next|previous|prev|back|back to (?:top|gallery)|"
    r"zoom|enlarge|gallery|slideshow|video|watch|now playing|up next|playlist|transcript|loaded|"
    r"progress|current time|duration|remaining time|toggle caption|hide caption|seek|quality|speed|"
    r"1x|listen|audio|view (?:image|photo)s? in (?:fullscreen|gallery)|open image in gallery|view "
    r"(?:gallery|\d+ (?:images|photos))|show (?:more|all|less)|read less|tap to .{2,30}|your "
    r"browser "
    r"does not support\b.{0,60}|play (?:video|audio|now)|watch (?:now|live|video|more)|"
    r"javascript (?:is|must be)\b.{0,60}|(?:video|media) (?:unavailable|not available|"
    r"duration)\b.{0,20}|image \d+ of \d+|\b\d+ ?(?:/|of) ?\d+\b|\d{1,2}:\d{2}(?=:| ?/)(?::\d{2})?"
    r"(?: ?/ ?\d{1,2}:\d{2}(?::\d{2})?)?|click to (?:expand|enlarge|play|view)\b.{0,30}|"
    r"listen to this article\b.{0,30}|\d+ min(?:ute)?s? (?:listen|watch))\W*)+$",
    re.IGNORECASE,
)


def is_player(line: Line) -> bool:
    """Say whether the line is a control of a player or a gallery.

    >>> is_player(Line("Play Video")), is_player(Line("00:00 / 03:41"))
    (True, True)
    >>> is_player(Line("Live fire was heard near the port."))
    False
    """
    return len(line.text) <= 100 and line.words <= 10 and bool(CONTROL.match(line.text))
