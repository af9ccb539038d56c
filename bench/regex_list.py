"""What a careful person writes in an afternoon: a list of patterns for lines that are noise.

It stands in the comparison for what most newsrooms have.  newsmill's own rules are elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

NOISE = re.compile(
    r"""^\W*(?:
      advertisement|advert|sponsored(?:\ content)?|promoted(?:\ content)?
    | (?:story|article)\ continues\ below.*|continue\ reading.*|scroll\ to\ continue.*
    | (?:read|see|learn|watch|listen)\ (?:more|also|next|now)\b.{0,150}|also\ read\b.{0,150}
    | (?:related|recommended|trending|popular|more\ (?:from|on|stories))\b.{0,100}
    | (?:more|top|latest)\ (?:news|headlines|stories)\b.{0,60}|you\ (?:may|might)\ also\ like.*
    | (?:sign|signed)\ up\b.{0,200}|subscribe\b.{0,150}|newsletter.{0,100}|get\ our\b.{0,150}
    | enter\ your\ e-?mail.*|already\ (?:a\ subscriber|have\ an\ account).*|log\ in.{0,40}
    | follow\ (?:us|me|@).{0,100}|share\ (?:this|on)\b.{0,60}|share|tweet|email|print|copy\ link
    | facebook|twitter|whatsapp|linkedin|reddit|pinterest|telegram|instagram
    | (?:leave\ a\ )?comments?(?:\ \(\d+\))?|\d+\ comments?|join\ the\ conversation.*
    | (?:we|this\ site)\ uses?\ cookies.*|(?:privacy|cookie)\ (?:policy|notice).*
    | terms\ of\ (?:use|service).*
    | (?:photo|image|picture|credit|source|caption)s?\ ?(?:by|from|credit)?\ ?[:(/].{0,150}
    | .{0,100}\((?:photo|image|picture|credit)s?\ ?:[^)]*\)
    | .{0,60}(?:getty\ images|/afp|/reuters|ap\ photo)\W*
    | (?:©|copyright).{0,150}|all\ rights\ reserved.*|(?:originally|first)\ published.{0,120}
    | by\ [A-Z][\w.'-]+(?:\ [A-Z][\w.'-]+){1,3}|reporting\ by\b.{0,150}
    | (?:last\ )?(?:updated|published|posted)\b.{0,60}|\d+\ min(?:ute)?s?\ read
    | (?:tags?|topics?|filed\ under|categories)\ ?:.{0,200}
    | back\ to\ top|next\ article|previous\ article|loading.{0,10}|play\ video|view\ gallery
    | .{5,150}\[(?:video|pictures|photos|analysis|insight|comment|live|reaction|opinion|poll)\]
    )\W*$""",
    re.IGNORECASE | re.VERBOSE,
)


def dropped(lines: Sequence[str]) -> set[int]:
    """Return the numbers of the lines that a pattern knows.

    >>> dropped(["Cod is dear.", "Read more: hake", "Share"])
    {1, 2}
    """
    return {number for number, line in enumerate(lines) if NOISE.match(line)}
