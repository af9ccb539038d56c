"""The proxy does what it says: else a fault test would pass for the wrong reason."""

from __future__ import annotations

import socket
import socketserver
import threading
import time

import pytest

from tests.faults.proxy import LOOPBACK, Proxy

PATIENCE_SECS = 0.3


class Echo(socketserver.StreamRequestHandler):
    """Answers each line with the same line; the server remembers what came."""

    def handle(self):
        for line in self.rfile:
            self.server.came.append(line)
            self.wfile.write(line)


class Server(socketserver.ThreadingTCPServer):
    """A server on a free port that remembers each line that came."""

    daemon_threads = True

    def __init__(self):
        super().__init__((LOOPBACK, 0), Echo)
        self.came = []


@pytest.fixture
def server():
    """A server that answers with what it was told."""
    with Server() as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.01,))
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.fixture
def proxy(server):
    """A proxy before that server."""
    made = Proxy(server.server_address[1])
    yield made
    made.close()


@pytest.fixture
def client(proxy):
    """A connection through the proxy over which one line went well."""
    with socket.create_connection((LOOPBACK, proxy.port)) as made:
        made.settimeout(PATIENCE_SECS)
        assert ask(made, b"hello\n") == b"hello\n"
        yield made


def ask(client, line):
    """Send *line* and return the answer."""
    client.sendall(line)
    return client.recv(65536)


def fresh(proxy, line=b"new\n"):
    """Ask over a new connection."""
    with socket.create_connection((LOOPBACK, proxy.port)) as made:
        made.settimeout(PATIENCE_SECS)
        return ask(made, line)


def eventually(server, line):
    """Whether *line* came to the server, in a moment."""
    end = time.monotonic() + 5
    while line not in server.came and time.monotonic() < end:
        time.sleep(0.01)
    return line in server.came


def test_refuse_cuts_what_is_open_and_resets_what_comes(proxy, client):
    """A server that is away, seen from its client; afterwards it is there again."""
    proxy.set("refuse")
    with pytest.raises(ConnectionError):
        ask(client, b"x\n")
    with pytest.raises(ConnectionError):
        fresh(proxy)
    proxy.heal()
    assert fresh(proxy) == b"new\n"


def test_silent_says_nothing_ever_again_on_what_was_open(proxy, client, server):
    """Nothing arrives and nothing is reset; after healing only new connections work."""
    proxy.set("silent")
    with pytest.raises(TimeoutError):
        ask(client, b"swallowed\n")
    with pytest.raises(TimeoutError):
        fresh(proxy)
    proxy.heal()
    with pytest.raises(TimeoutError):
        ask(client, b"still\n")
    assert fresh(proxy) == b"new\n"
    assert server.came == [b"hello\n", b"new\n"]


def test_half_carries_requests_but_no_answers(proxy, client, server):
    """The server does what it is asked, and the client never hears of it."""
    proxy.set("half")
    with pytest.raises(TimeoutError):
        ask(client, b"done\n")
    assert eventually(server, b"done\n")
    proxy.heal()
    with pytest.raises(TimeoutError):
        ask(client, b"again\n")
    assert eventually(server, b"again\n")


def test_hold_delivers_late_what_was_sent_meanwhile(proxy, client):
    """A cable that was pulled for a while: nothing is lost between both ends."""
    proxy.set("hold")
    with pytest.raises(TimeoutError):
        ask(client, b"late\n")
    proxy.heal()
    client.settimeout(5)
    assert client.recv(65536) == b"late\n"


def test_cut_resets_only_after_the_request_was_carried_out(proxy, client, server):
    """The server applied it; the client cannot know; other requests are left alone."""
    proxy.set("cut", only=b"write")
    assert ask(client, b"read\n") == b"read\n"
    with pytest.raises(ConnectionError):
        ask(client, b"write\n")
    assert eventually(server, b"write\n")
    assert proxy.counts.cut == 1


def test_delay_and_bandwidth_take_their_time(proxy, client):
    """Slow is not broken: the answer is whole."""
    client.settimeout(10)
    proxy.set(delay_secs=0.2)
    begun = time.monotonic()
    assert ask(client, b"x\n") == b"x\n"
    assert time.monotonic() - begun >= 0.4
    proxy.set(bytes_per_sec=1000)
    begun = time.monotonic()
    assert ask(client, b"y" * 100 + b"\n") == b"y" * 100 + b"\n"
    assert time.monotonic() - begun >= 0.2


def test_a_server_that_is_away_looks_as_it_would_without_us(proxy, server):
    """A connection is reset when nobody listens behind the proxy."""
    proxy.target = 1
    with pytest.raises(ConnectionError):
        fresh(proxy)
    assert proxy.counts.refused == 1
