"""robots.txt as RFC 9309 has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.robots_rules import matches, rules_for

SITE = "https://gazette.example"


def allowed(text: str, path: str) -> bool:
    """Return whether *text* lets newsmill read *path*."""
    return rules_for("newsmill", text).allows(SITE + path)


@pytest.mark.parametrize(
    ("rules", "path", "expected"),
    [
        ("Disallow: /", "/a", False),
        ("Disallow:", "/a", True),
        ("Disallow: /\nAllow: /news", "/news/1", True),
        ("Allow: /news\nDisallow: /news/old", "/news/old/1", False),
        ("Allow: /a\nDisallow: /a", "/a", True),
        ("Disallow: /*?print=", "/a?print=1", False),
        ("Disallow: /*?print=", "/a?page=1", True),
        ("Disallow: /*.pdf$", "/a.pdf", False),
        ("Disallow: /*.pdf$", "/a.pdf.html", True),
        ("Disallow: /caf%C3%A9", "/café", False),
        ("Disallow: /a%2Fb", "/a/b", True),
        ("DISALLOW : /a # private", "/a", False),
        ("Disallow: a", "/a", True),
    ],
)
def test_rules(rules: str, path: str, expected: bool) -> None:
    """The longest rule wins, of two equals the one that allows; stars and ends are understood."""
    assert allowed(f"User-agent: *\n{rules}", path) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("User-agent: *\nDisallow: /\n\nUser-agent: newsmill\nAllow: /", True),
        ("User-agent: NewsMill/1.0\nDisallow: /", False),
        ("User-agent: newsmillbot\nDisallow: /", True),
        ("User-agent: other\nUser-agent: newsmill\nDisallow: /", False),
        ("User-agent: newsmill\nAllow: /\nUser-agent: newsmill\nDisallow: /a", False),
        ("User-agent: newsmill\n\nSitemap: x\nUser-agent: *\nDisallow: /", False),
        ("Disallow: /", True),
        ("User-agent: other\nDisallow: /", True),
        ("<html>Disallow: /</html>", True),
    ],
)
def test_groups(text: str, expected: bool) -> None:
    """The groups with our name hold, all of them; without one, those for everybody."""
    assert allowed(text, "/a") is expected


@given(st.text(max_size=200), st.text(max_size=50))
def test_any_text(text: str, path: str) -> None:
    """Any text at all is read, and answers."""
    assert rules_for("newsmill", f"User-agent: *\n{text}").allows(f"{SITE}/{path}") in (True, False)


def test_many_stars() -> None:
    """A rule made of stars does not cost more than its length."""
    assert not matches("/" + "a*" * 5000 + "b$", "/" + "a" * 10_000)
