"""Acknowledge in order: a message counts as done only when all before it in its partition are.

Faust acks an event when it leaves the loop, also by an exception or a cancellation, and its
consumer commits over a single message that is not acked.  So its automatic acks are not used:
events are read with ``noack`` and acked here, strictly in the order they came.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

Handler = Callable[[list[Any]], Awaitable[None]]
"""Takes events; returns when each is confirmed downstream; raises only when we should die."""


@dataclass(slots=True)
class Tracked:
    """An event that was read, and whether it is done."""

    event: Any
    done: bool = False


@dataclass
class OrderedAcks:
    """Acks events strictly in delivery order per partition."""

    pending: int = 0
    acked: int = 0
    _queues: defaultdict[Any, deque[Tracked]] = field(default_factory=lambda: defaultdict(deque))

    def track(self, event: Any) -> Tracked:
        """Remember *event* as read."""
        tracked = Tracked(event)
        self._queues[event.message.tp].append(tracked)
        self.pending += 1
        return tracked

    def done(self, tracked: Tracked) -> None:
        """Note that *tracked* is done, and ack whatever no older event holds back any more."""
        tracked.done = True
        queue = self._queues[tracked.event.message.tp]
        while queue and queue[0].done:
            queue.popleft().event.ack()
            self.pending -= 1
            self.acked += 1


@dataclass(frozen=True, slots=True)
class Batching:
    """How events are gathered: up to ``size`` or for ``within_secs``, ``inflight`` at once.

    While the oldest batch does not end, the others go on until ``ahead`` times as many events are
    not acked: what is done behind it is done again if the process dies.
    """

    size: int
    within_secs: float
    inflight: int
    ahead: int = 4

    @property
    def most(self) -> int:
        """Events that may be read and not acked, before nothing more is read."""
        return self.size * self.inflight * self.ahead


async def run_ordered(stream: Any, handler: Handler, acks: OrderedAcks, batching: Batching) -> None:
    """Hand events of a Faust *stream* to *handler* in batches and ack them in order, for ever.

    Back-pressure: while ``inflight`` batches are being worked on, or too much waits for the oldest
    of them to be acked, nothing more is read.

    Raises:
        Exception: whatever the handler raised; the process should end, and Kafka sends again.

    """
    gather = _Gather(handler, acks, batching)
    try:
        async for event in stream.noack().events():
            gather.add(event)
            await gather.room()
    except asyncio.CancelledError:
        gather.reraise()
        raise
    finally:
        gather.cancel()


class _Gather:
    """The batch being filled, and the batches being worked on."""

    def __init__(self, handler: Handler, acks: OrderedAcks, batching: Batching) -> None:
        self.handler, self.acks, self.batching = handler, acks, batching
        self.loop = asyncio.get_running_loop()
        self.free = asyncio.Semaphore(batching.inflight)
        self.failed: BaseException | None = None
        self.owner = asyncio.current_task()
        self.tasks: set[asyncio.Task[None]] = set()
        self.batch: list[Tracked] = []
        self.timer: asyncio.TimerHandle | None = None

    def add(self, event: Any) -> None:
        """Add *event* to the batch; send it off when it is full, or when its time is up."""
        self.batch.append(self.acks.track(event))
        if len(self.batch) >= self.batching.size:
            self.flush()
        elif self.timer is None:
            self.timer = self.loop.call_later(self.batching.within_secs, self.flush)

    def flush(self) -> None:
        """Start work on the batch."""
        if self.timer:
            self.timer.cancel()
            self.timer = None
        if self.batch:
            task = self.loop.create_task(self.work(self.batch))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
            self.batch = []

    async def work(self, batch: list[Tracked]) -> None:
        """Work on *batch*; a bug ends the agent now, also where no other event ever comes."""
        async with self.free:
            try:
                await self.handler([tracked.event for tracked in batch])
            except asyncio.CancelledError:
                raise
            except BaseException as error:  # noqa: BLE001  (raised again by the agent)
                self.fail(error)
                return
            for tracked in batch:
                self.acks.done(tracked)

    def fail(self, error: BaseException) -> None:
        """Wake the agent, wherever it waits, to raise *error*."""
        if self.failed is None and self.owner is not None:
            self.failed = error
            self.owner.cancel()

    def reraise(self) -> None:
        """Raise what a handler raised, if that is why the agent was woken."""
        if self.failed is not None and self.owner is not None:
            self.owner.uncancel()
            raise self.failed

    async def room(self) -> None:
        """Return when another batch may be filled."""
        while len(self.tasks) > self.batching.inflight or self.too_far_ahead():
            await asyncio.wait(self.tasks, return_when=asyncio.FIRST_COMPLETED)

    def too_far_ahead(self) -> bool:
        """Whether too much that was read waits for a batch that is still being worked on."""
        return bool(self.tasks) and self.acks.pending >= self.batching.most

    def cancel(self) -> None:
        """Give up what is in flight: it is not acked, so Kafka sends it again."""
        if self.timer:
            self.timer.cancel()
        for task in self.tasks:
            task.cancel()
