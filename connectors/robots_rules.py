"""What a robots.txt says, read as RFC 9309 has it: groups, the longest rule wins, ``*`` and ``$``.

The parser of the standard library knows neither of the last three, so it would read pages that
their owner has excluded, and leave out others that are allowed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit

MAX_RULES = 5000
TOKEN = re.compile(r"[a-zA-Z_-]+|\*")
DELAY = re.compile(r"\d{1,4}(?:\.\d{1,3})?")
SAFE = "/%*$?&=+:@!,;()~-._'[]"


@dataclass
class RobotsRules:
    """The rules that hold for one program, in the order they stand there."""

    rules: list[tuple[str, bool]] = field(default_factory=list)
    """Pattern of a path, and whether it is allowed."""
    delay_secs: float = 0.0

    def allows(self, url: str) -> bool:
        """Return whether *url* may be read: the longest rule wins, of two equals the kind one."""
        parts = urlsplit(url)
        path = form(parts.path or "/") + (f"?{form(parts.query)}" if parts.query else "")
        found = [(len(rule), kind) for rule, kind in self.rules if matches(rule, path)]
        return max(found, default=(0, True))[1]


def rules_for(product: str, text: str) -> RobotsRules:
    r"""Return what *text* says to *product*, else what it says to everybody.

    >>> rules = rules_for("newsmill", "User-agent: *\nDisallow: /a\nAllow: /a/b")
    >>> [rules.allows(f"https://g.example{path}") for path in ("/a", "/a/b/c", "/")]
    [False, True, True]
    """
    ours, everybody, named = RobotsRules(), RobotsRules(), False
    groups: list[RobotsRules] = []
    in_rules = True
    for line in text.splitlines():
        key, _, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        key = key.lower()
        if key == "user-agent":
            groups = [] if in_rules else groups
            in_rules = False
            agent = TOKEN.match(value)
            if agent and agent[0].lower() == product:
                groups.append(ours)
                named = True
            elif agent and agent[0] == "*":
                groups.append(everybody)
        elif key in {"allow", "disallow", "crawl-delay"}:
            in_rules = True
            for group in groups:
                add(group, key, value)
    return ours if named else everybody


def add(group: RobotsRules, key: str, value: str) -> None:
    """Add one line to a group; an empty rule says nothing."""
    if key == "crawl-delay":
        if DELAY.fullmatch(value):
            group.delay_secs = float(value)
    elif value.startswith(("/", "*")) and len(group.rules) < MAX_RULES:
        group.rules.append((form(value), key == "allow"))


def matches(rule: str, path: str) -> bool:
    """Return whether *rule* matches the beginning of *path*, or all of it where it ends with ``$``.

    >>> matches("/*.pdf$", "/a/b.pdf"), matches("/*.pdf$", "/a/b.pdf?x"), matches("/a*c", "/abcd")
    (True, False, True)
    """
    whole = rule.endswith("$")
    first, *rest = rule.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, part in enumerate(rest):
        last = whole and number == len(rest) - 1
        found = len(path) - len(part) if last and path.endswith(part) else path.find(part, at)
        if found < at:
            return False
        at = found + len(part)
    return not whole or at == len(path)


def form(path: str) -> str:
    r"""Return *path* with its escapes in one form.

    >>> form("/caf%c3%a9") == form("/caf\u00e9") == "/caf%C3%A9"
    True
    """
    kept = re.sub("%2[fF]", "%252F", path)  # an escaped slash is no slash
    return quote(unquote(kept, errors="surrogateescape").encode(errors="surrogateescape"), SAFE)
