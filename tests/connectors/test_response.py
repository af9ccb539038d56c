"""What an answer means."""

from __future__ import annotations

from connectors.response import Response, redirect, retry_after, shown


def test_relative_redirect() -> None:
    """A redirect is relative to where it was found."""
    answer = Response(302, "https://gazette.example/a/b", b"", "", {"location": "../c"})
    assert redirect(answer) == "https://gazette.example/c"


def test_redirect_in_utf_8() -> None:
    """A server that writes UTF-8 into a header is understood."""
    raw = "/caf\u00e9".encode().decode("latin-1")
    answer = Response(302, "https://gazette.example/", b"", "", {"location": raw})
    assert redirect(answer) == "https://gazette.example/caf\u00e9"


def test_retry_in_the_past() -> None:
    """A moment that is over asks for no wait."""
    assert retry_after("Thu, 01 Jan 1970 00:01:00 GMT", 90.0) == 0.0


def test_secrets_are_not_shown() -> None:
    """Neither a password nor a token in a query reaches a log."""
    told = shown("https://me:hunter2@gazette.example/feed?key=hunter2#hunter2")
    assert told == "https://gazette.example/feed?…"
