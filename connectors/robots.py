"""robots.txt: what the owner of a site asks of programs, and how we keep to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from urllib.parse import urlsplit

from connectors.errors import SourceRefused, SourceUnavailable
from connectors.response import shown
from connectors.robots_rules import RobotsRules, rules_for

PRODUCT = "newsmill"
"""The name that a robots.txt may call us by."""
MAX_BYTES = 512 << 10
KEEP_SECS = 3600.0
KEEP_TROUBLE_SECS = 300.0
"""A site in trouble is asked for its rules again after this long, and not read until then."""
MAX_DELAY_SECS = 30.0

Ask = Callable[[str], tuple[int, bytes]]
"""Gets the status and the body at an address."""


@dataclass(frozen=True, slots=True)
class Site:
    """What one site said, None while it is in trouble, and until when we believe it."""

    rules: RobotsRules | None
    lapses: float


@dataclass
class Robots:
    """The rules of every site that was asked, by scheme, host and port."""

    clock: Callable[[], float] = monotonic
    _sites: dict[str, Site] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def check(self, url: str, ask: Ask) -> float:
        """Return the seconds the site of *url* wants between two requests.

        Raises:
            SourceRefused: the site does not want this address to be read by programs.
            SourceUnavailable: its rules cannot be read now, so neither can it.

        """
        rules = self._site(url, ask).rules
        if rules is None:
            raise SourceUnavailable(
                f"{shown(url)}: the site's robots.txt cannot be read now, so nothing else is. "
                "The fault is theirs"
            )
        if not rules.allows(url):
            raise SourceRefused(
                f"{shown(url)}: the site's robots.txt asks programs not to read this. "
                "Ask the publisher, or take the source out"
            )
        return min(rules.delay_secs, MAX_DELAY_SECS)

    def _site(self, url: str, ask: Ask) -> Site:
        """Return what the site of *url* said, asked for again when it lapsed."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            known = self._sites.get(site)
        if known is None or known.lapses < self.clock():
            known = self._read(f"{site}/robots.txt", ask)
            with self._lock:
                self._sites[site] = known
        return known

    def _read(self, url: str, ask: Ask) -> Site:
        """Return what the site answers: no file means that everything is allowed."""
        try:
            status, body = ask(url)
        except SourceUnavailable:
            status, body = 503, b""
        except SourceRefused:  # too big, a redirect to nowhere: as good as no file
            status, body = 404, b""
        now = self.clock()
        if status >= 500 or status == 429:
            return Site(None, now + KEEP_TROUBLE_SECS)
        text = body[:MAX_BYTES].decode(errors="replace") if status == 200 else ""
        return Site(rules_for(PRODUCT, text.removeprefix("\ufeff")), now + KEEP_SECS)
