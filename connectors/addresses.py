"""The wall between connectors and the networks that are nobody's business: who may be connected to.

A feed is written by strangers, and so is every link in it.  A link to 127.0.0.1, to a neighbour in
the data centre or to a cloud's metadata service must never be followed.  The check stands where the
socket is opened, on the address it is opened to: a name cannot change its mind in between.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from typing import Any

from connectors.errors import SourceRefused, SourceUnavailable

CONNECT_SECS = 10.0
NAT64 = ipaddress.ip_network("64:ff9b::/96")
V4_COMPATIBLE = ipaddress.ip_network("::/96")
LOW_32 = 0xFFFF_FFFF


def is_public(address: str) -> bool:
    """Return whether *address* is one of the open internet.

    Forms that carry an IPv4 address inside an IPv6 one are judged by what they carry.

    >>> [is_public(a) for a in ("8.8.8.8", "2606:4700::1111", "64:ff9b::808:808")]
    [True, True, True]
    >>> [is_public(a) for a in ("10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "fec0::1")]
    [False, False, False, False]
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        carried = ip.ipv4_mapped or ip.sixtofour
        if carried is None and (ip in NAT64 or ip in V4_COMPATIBLE):
            carried = ipaddress.IPv4Address(int(ip) & LOW_32)
        if carried is not None:
            return is_public(str(carried))
        if ip.teredo or ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def connect(host: str, port: int, allowed_hosts: Collection[str] = ()) -> socket.socket:
    """Return a socket that is connected to *host*, at an address that was checked.

    Raises:
        SourceRefused: one of its addresses is not public, and it is not in *allowed_hosts*.
        SourceUnavailable: it has no address, or none of them answers.

    """
    found = resolve(host, port)
    if host not in allowed_hosts:
        refuse_private(host, [str(address[0]) for _, address in found])
    problem: OSError | None = None
    for family, address in found:
        opened = socket.socket(family, socket.SOCK_STREAM)
        opened.settimeout(CONNECT_SECS)
        try:
            opened.connect(address)
        except OSError as error:
            opened.close()
            problem = error
        else:
            return opened
    raise SourceUnavailable(
        f"{host}:{port} does not answer ({problem}). The fault is theirs or the network's"
    )


def resolve(host: str, port: int) -> list[tuple[socket.AddressFamily, Any]]:
    """Return the address families and addresses of *host*, in the system's order."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceUnavailable(
            f"the name {host!r} has no address ({error}). Check the spelling and our own network"
        ) from error
    return [(family, address) for family, _, _, _, address in found]


def refuse_private(host: str, addresses: list[str]) -> None:
    """Raise SourceRefused if one of *addresses* is not public: a mixed answer is a trick."""
    for address in addresses:
        if not is_public(address):
            raise SourceRefused(
                f"{host} leads to {address}, which is not a public address. If it is a server of "
                "yours, name it in NEWSMILL_ALLOW_PRIVATE_HOSTS"
            )
