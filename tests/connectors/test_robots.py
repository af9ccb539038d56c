"""What site owners ask of programs."""

from __future__ import annotations

import pytest

from connectors.errors import SourceRefused, SourceUnavailable
from connectors.robots import MAX_BYTES, Robots

URL = "https://gazette.example/private/a"


def answering(status: int, body: bytes = b"", asked: list[str] | None = None):  # type: ignore[no-untyped-def]
    """Return a way to ask that always gets this answer."""

    def ask(url: str) -> tuple[int, bytes]:
        if asked is not None:
            asked.append(url)
        return status, body

    return ask


def test_disallowed() -> None:
    """What the site does not want to be read is not read."""
    with pytest.raises(SourceRefused, match=r"robots\.txt"):
        Robots().check(URL, answering(200, b"User-agent: *\nDisallow: /private/"))


def test_named_group() -> None:
    """A group with our name is ours, whatever the others may."""
    rules = b"User-agent: *\nAllow: /\n\nUser-agent: newsmill\nDisallow: /"
    with pytest.raises(SourceRefused):
        Robots().check(URL, answering(200, rules))


@pytest.mark.parametrize("status", [404, 403, 410])
def test_no_rules(status: int) -> None:
    """A site without a robots.txt allows everything."""
    assert Robots().check(URL, answering(status)) == 0.0


@pytest.mark.parametrize("status", [500, 503, 429])
def test_in_trouble(status: int) -> None:
    """A site that cannot show its rules is not read for now."""
    with pytest.raises(SourceUnavailable, match="now"):
        Robots().check(URL, answering(status))


def test_unreachable() -> None:
    """The same holds where nobody answers."""

    def ask(url: str) -> tuple[int, bytes]:
        raise SourceUnavailable(url)

    with pytest.raises(SourceUnavailable, match=r"robots\.txt"):
        Robots().check(URL, ask)


def test_asked_once_an_hour() -> None:
    """The rules of a site are asked for once, and again when they lapsed."""
    now, asked = [0.0], list[str]()
    robots = Robots(clock=lambda: now[0])
    ask = answering(200, b"", asked)
    for now[0] in (0.0, 3599.0, 3601.0):
        robots.check(URL, ask)
    assert asked == ["https://gazette.example/robots.txt"] * 2


def test_crawl_delay() -> None:
    """The pause that a site asks for is kept, up to half a minute."""
    wanted = [b"User-agent: *\nCrawl-delay: %d" % n for n in (7, 900)]
    assert [Robots().check(URL, answering(200, text)) for text in wanted] == [7.0, 30.0]


def test_endless_rules() -> None:
    """What stands behind the first half megabyte is not read."""
    rules = b"# padding\n" * (MAX_BYTES // 10 + 1) + b"User-agent: *\nDisallow: /"
    assert Robots().check(URL, answering(200, rules)) == 0.0
