"""A TCP proxy that misbehaves on command: it stands between the workers and a server.

It runs in a thread of its own, so a test changes its mode while bytes flow.

    pass      everything goes through
    refuse    new connections are reset, open ones are cut
    silent    open connections fall silent for ever, as when a firewall forgot them; so do new ones
    half      requests arrive, answers do not: half-open
    hold      nothing arrives, and all of it does afterwards, as when a cable was pulled for a while
    cut       the request arrives and is carried out; in place of its answer comes a reset
"""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Literal, TypeVar

Mode = Literal["pass", "refuse", "silent", "half", "hold", "cut"]
Way = Literal["up", "down"]
Result = TypeVar("Result")
LOOPBACK = "127.0.0.1"
CHUNK_BYTES = 64 << 10
LOOK_SECS = 0.02
RESET = struct.pack("ii", 1, 0)
"""Linger for no time: closing then sends a reset."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with the network now.

    Attributes:
        mode: what happens to connections, see above.
        delay_secs: each chunk of bytes comes so much later.
        bytes_per_sec: no connection is faster in one way; 0: no limit.
        only: `cut` and `half` wait for a request that holds these bytes.

    """

    mode: Mode = "pass"
    delay_secs: float = 0.0
    bytes_per_sec: float = 0.0
    only: bytes = b""


@dataclass(eq=False, slots=True)
class Link:
    """One connection of a client, and ours to the server."""

    client: asyncio.StreamWriter
    server: asyncio.StreamWriter
    lost: set[Way] = field(default_factory=set)
    """The ways in which bytes were swallowed: nothing may ever go that way again."""
    asked: bool = False
    """A request that the trouble is about went through, its answer has not come yet."""


@dataclass
class Counts:
    """What went through, for a test to see that its fault was there."""

    connections: int = 0
    refused: int = 0
    cut: int = 0
    swallowed: int = 0


class Proxy:
    """Listens on ``port`` and passes on to the port *target*; `set` makes trouble."""

    def __init__(self, target: int, port: int = 0, host: str = LOOPBACK) -> None:
        self.target, self.host = target, host
        self.trouble, self.counts = Trouble(), Counts()
        self.links: set[Link] = set()
        self.tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._do(asyncio.start_server(self._accept, host, port))
        self.port: int = self._server.sockets[0].getsockname()[1]

    def set(
        self,
        mode: Mode = "pass",
        *,
        delay_secs: float = 0.0,
        bytes_per_sec: float = 0.0,
        only: bytes = b"",
    ) -> None:
        """Change what is wrong; `refuse` cuts what is open."""
        self.trouble = Trouble(mode, delay_secs, bytes_per_sec, only)
        if mode == "refuse":
            self.cut_all()

    def heal(self) -> None:
        """Let everything through again; connections that lost bytes stay silent."""
        self.set()

    def cut_all(self) -> None:
        """Reset every open connection."""

        async def cut() -> None:
            for link in list(self.links):
                self._cut(link)

        self._do(cut())

    def close(self) -> None:
        """End the proxy and every connection through it."""

        async def end() -> None:
            self._server.close()
            for task in list(self.tasks):
                task.cancel()
            await asyncio.gather(*self.tasks, return_exceptions=True)

        self._do(end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, work: Coroutine[object, object, Result]) -> Result:
        """Run *work* in the proxy's thread and return what it returns."""
        done: Future[Result] = asyncio.run_coroutine_threadsafe(work, self._loop)
        return done.result(10)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client in a task of its own."""
        task = self._loop.create_task(self._serve(reader, writer))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client until either side ends."""
        self.counts.connections += 1
        try:
            if self.trouble.mode == "refuse":
                raise ConnectionRefusedError
            from_server, server = await asyncio.open_connection(LOOPBACK, self.target)
        except OSError:  # the server is away: the client sees what it would see without us
            self.counts.refused += 1
            reset(writer)
            return
        link = Link(writer, server)
        self.links.add(link)
        ways = [self._pump(link, reader, "up"), self._pump(link, from_server, "down")]
        pumps = [asyncio.ensure_future(way) for way in ways]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            self.links.discard(link)
            writer.close()
            server.close()

    async def _pump(self, link: Link, reader: asyncio.StreamReader, way: Way) -> None:
        """Carry bytes one way until that side ends, or its other side is gone."""
        writer = link.server if way == "up" else link.client
        try:
            while data := await reader.read(CHUNK_BYTES):
                await self._slow(len(data))
                if self._passes(link, way, data):
                    writer.write(data)
                    await writer.drain()
        except ConnectionError:
            return  # one end is gone, so the link ends

    async def _slow(self, size: int) -> None:
        """Wait as long as the trouble wants *size* bytes to take."""
        trouble = self.trouble
        if trouble.delay_secs:
            await asyncio.sleep(trouble.delay_secs)
        if trouble.bytes_per_sec:
            await asyncio.sleep(size / trouble.bytes_per_sec)
        while self.trouble.mode == "hold":
            await asyncio.sleep(LOOK_SECS)

    def _passes(self, link: Link, way: Way, data: bytes) -> bool:
        """Whether *data* may go on; if not it is swallowed, or the link is cut."""
        trouble = self.trouble
        if way == "up" and trouble.only in data:
            link.asked = True
        hit = trouble.mode in {"half", "cut"} and way == "down" and link.asked
        if trouble.mode == "silent":
            link.lost |= {"up", "down"}
        elif hit and trouble.mode == "half":
            link.lost.add("down")
        elif hit:
            self.counts.cut += 1
            self._cut(link)
            return False
        if way == "down" and way not in link.lost:
            link.asked = False
        self.counts.swallowed += len(data) if way in link.lost else 0
        return way not in link.lost

    def _cut(self, link: Link) -> None:
        """Reset both sides of a connection."""
        reset(link.client)
        reset(link.server)


def reset(writer: asyncio.StreamWriter) -> None:
    """Close a connection so that the other side sees a reset."""
    plug = writer.get_extra_info("socket")
    if plug is not None and plug.fileno() != -1:
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    writer.transport.abort()
