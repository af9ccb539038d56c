"""Who may be connected to."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from connectors.addresses import connect, is_public
from connectors.errors import SourceRefused, SourceUnavailable

PUBLIC = ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8", "2002:808:808::"]
PRIVATE = [
    "127.0.0.1", "10.1.1.1", "172.16.0.1", "192.168.1.1", "100.64.1.1", "169.254.169.254",
    "224.0.0.1", "240.0.0.1", "0.0.0.0", "255.255.255.255", "192.0.0.1", "198.18.0.1",  # noqa: S104  (an address to be refused)
    "::", "::1", "::7f00:1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fec0::1",
    "fc00::1", "fe80::1", "fe80::1%eth0", "ff02::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_open_internet(address: str) -> None:
    """An address of the open internet is public, whatever its form."""
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_everything_else(address: str) -> None:
    """Loopback, private, link-local, multicast and reserved addresses are not, in any form."""
    assert not is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f000001", "2130706433", "127.1"])
def test_refuses_the_loopback(host: str) -> None:
    """A name for this machine is refused before a packet is sent, however it is spelled."""
    with pytest.raises(SourceRefused, match="not a public address"):
        connect(host, 80)


def test_refuses_a_mixed_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name with one public and one private address is a trick."""

    def answers(host: str, port: int, **_: Any) -> list[Any]:
        addresses = ("8.8.8.8", "10.0.0.1")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    with pytest.raises(SourceRefused, match=r"10\.0\.0\.1"):
        connect("news.example", 80)


def test_asks_for_the_address_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address that is connected to is the one that was checked: no second look-up."""
    asked: list[str] = []
    connected: list[Any] = []

    def answers(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        address = "8.8.8.8" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    monkeypatch.setattr(socket.socket, "connect", lambda _, address: connected.append(address))
    connect("news.example", 80).close()
    assert connected == [("8.8.8.8", 80)]


def test_nobody_there() -> None:
    """A port where nobody listens is worth another try."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        with pytest.raises(SourceUnavailable, match="does not answer"):
            connect("127.0.0.1", port, ("127.0.0.1",))
