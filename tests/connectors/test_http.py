"""The polite client, against a server on the loopback."""

from __future__ import annotations

import gzip

import pytest

from connectors.errors import SourceRefused, SourceUnavailable
from connectors.http import Http
from tests.connectors.conftest import Site


def test_reads_a_page(site: Site, http: Http) -> None:
    """A page comes back with its address, type and body."""
    site.page("/a", "<p>Rain</p>", etag='"1"')
    answer = http.get(site.url("/a#top"))
    assert (answer.status, answer.url, answer.body) == (200, site.url("/a"), b"<p>Rain</p>")
    assert answer.content_type == "text/html; charset=utf-8"
    assert answer.headers["etag"] == '"1"'


def test_says_who_it_is(site: Site, http: Http) -> None:
    """The user agent names us and a person, and asks for nothing that we cannot unpack."""
    site.page("/a", "x")
    http.get(site.url("/a"))
    sent = site.headers[-1]
    assert sent["user-agent"] == "newsmill/1 (+desk@newsmill.example)"
    assert sent["accept-encoding"] == "gzip, deflate"


def test_unpacks(site: Site, http: Http) -> None:
    """A packed page is unpacked."""
    site.page("/a", gzip.compress(b"story"), content_encoding="gzip")
    assert http.get(site.url("/a")).body == b"story"


def test_conditional(site: Site, http: Http) -> None:
    """A page that did not change is not sent again."""
    site.page("/a", "x", etag='"1"')
    answer = http.get(site.url("/a"), etag='"1"')
    assert (answer.status, answer.body) == (304, b"")


def test_follows_redirects(site: Site, http: Http) -> None:
    """A redirect is followed, and the answer says where it was found."""
    site.page("/old", status=301, location="/new?a=1")
    site.page("/new?a=1", "here")
    assert http.get(site.url("/old")).url == site.url("/new?a=1")


def test_redirect_loop(site: Site, http: Http) -> None:
    """A redirect in a circle ends."""
    site.page("/a", status=302, location="/a")
    with pytest.raises(SourceRefused, match="redirects"):
        http.get(site.url("/a"))


@pytest.mark.parametrize(
    "target",
    ["http://localhost/x", "http://[::ffff:127.0.0.1]/", "http://169.254.169.254/latest/",
     "http://①②⑦.⓪.⓪.②/", "http://0/"],
)  # fmt: skip
def test_redirect_inwards(site: Site, http: Http, target: str) -> None:
    """A redirect to an address that is not public is refused, also from an allowed host."""
    site.page("/a", status=302, location=target.encode().decode("latin-1"))
    with pytest.raises(SourceRefused, match="not a public address"):
        http.get(site.url("/a"))
    assert site.asked == ["/robots.txt", "/a"]


@pytest.mark.parametrize("target", ["file:///etc/hostname", "gopher://x/", "ftp://x/y", ""])
def test_redirect_elsewhere(site: Site, http: Http, target: str) -> None:
    """A redirect to something that is no web page is refused."""
    site.page("/a", status=302, location=target)
    with pytest.raises(SourceRefused):
        http.get(site.url("/a"))


def test_private_by_default(site: Site) -> None:
    """Without a permission even the first address must be public."""
    with pytest.raises(SourceRefused, match="ports 80 and 443"):
        Http().get(site.url("/a"))
    with pytest.raises(SourceRefused, match="NEWSMILL_ALLOW_PRIVATE_HOSTS"):
        Http().get("http://127.0.0.1/")
    assert site.asked == []


@pytest.mark.parametrize(
    "url", ["", "news", "file:///etc/hostname", "http://", "http://[", "http://a.example:99999/",
            "http://me:secret@a.example/", "https://a.example/" + "a" * 3000]
)  # fmt: skip
def test_not_an_address(url: str) -> None:
    """What is no address that we read is refused, and its password is not repeated."""
    with pytest.raises(SourceRefused) as refusal:
        Http().get(url)
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("status", [500, 502, 503, 429, 408])
def test_worth_another_try(site: Site, http: Http, status: int) -> None:
    """A server in trouble is asked again, when it says so."""
    site.page("/a", status=status, retry_after="90")
    with pytest.raises(SourceUnavailable, match=str(status)) as error:
        http.get(site.url("/a"))
    assert error.value.retry_secs == 90.0


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451, 400])
def test_somebody_must_look(site: Site, http: Http, status: int) -> None:
    """A refusal is told with its number and what to do."""
    site.page("/a", status=status)
    with pytest.raises(SourceRefused, match=f"{status}.*mend"):
        http.get(site.url("/a"))


def test_robots(site: Site, http: Http) -> None:
    """What robots.txt forbids is not asked for."""
    site.page("/robots.txt", "User-agent: *\nDisallow: /a")
    with pytest.raises(SourceRefused, match=r"robots\.txt"):
        http.get(site.url("/a"))
    assert site.asked == ["/robots.txt"]


def test_bomb(site: Site, http: Http) -> None:
    """A bomb is refused."""
    site.page("/a", gzip.compress(b"\0" * (100 << 20)), content_encoding="gzip")
    with pytest.raises(SourceRefused, match="bomb"):
        http.get(site.url("/a"))


def test_unknown_packing(site: Site, http: Http) -> None:
    """A packing that we did not ask for is refused."""
    site.page("/a", b"x", content_encoding="br")
    with pytest.raises(SourceRefused, match="'br'"):
        http.get(site.url("/a"))


def test_too_big(site: Site, http: Http) -> None:
    """A body of more than 5 MB is not read to its end."""
    site.page("/a", b"x" * (6 << 20))
    with pytest.raises(SourceRefused, match="more than 5 MB"):
        http.get(site.url("/a"))


def test_broken_off(site: Site, http: Http) -> None:
    """Half an answer is no answer."""
    site.page("/a", b"half", content_length="400")
    with pytest.raises(SourceUnavailable):
        http.get(site.url("/a"))


def test_slow_drip(site: Site) -> None:
    """A body that comes byte by byte ends when its time is up."""
    hasty = Http(allow_private=("127.0.0.1",), delay_secs=0.0, total_secs=0.3)
    site.page("/a", b"", content_length="1000000")
    site.drips.add("/a")
    with pytest.raises(SourceUnavailable, match=r"within 0\.3 s"):
        hasty.get(site.url("/a"))


def test_waits_between_requests(site: Site) -> None:
    """Two requests to one host have a pause between them."""
    pauses: list[float] = []
    patient = Http(allow_private=("127.0.0.1",), delay_secs=5.0, sleep=pauses.append)
    site.page("/a", "x")
    patient.get(site.url("/a"))
    assert len(pauses) == 1
    assert 4.0 < pauses[0] <= 5.0


def test_no_proxy(site: Site, http: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy in the environment is not used: it would connect where we look away."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    site.page("/a", "x")
    assert http.get(site.url("/a")).body == b"x"
