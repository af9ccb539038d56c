import asyncio
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.stream.acks import Batching, OrderedAcks, run_ordered


def event(partition, offset, acked):
    """Return an event as Faust gives it; its ack is noted in *acked*."""
    message = SimpleNamespace(tp=partition)
    return SimpleNamespace(message=message, n=offset, ack=lambda: acked.append((partition, offset)))


@given(st.lists(st.integers(0, 2), max_size=40), st.randoms())
def test_acks_never_overtake_an_unfinished_message(partitions, random):
    """Whatever order the work ends in, no ack comes before all older ones of its partition."""
    acked, acks = [], OrderedAcks()
    tracked = [acks.track(event(p, n, acked)) for n, p in enumerate(partitions)]
    random.shuffle(tracked)
    unfinished = set(range(len(partitions)))
    for cell in tracked:
        unfinished.discard(cell.event.n)
        acks.done(cell)
        for partition, offset in acked:
            assert not any(
                older < offset and partitions[older] == partition for older in unfinished
            )
    assert (acks.pending, len(acked)) == (0, len(partitions))


class Stream:
    """A Faust stream of these events, which then waits for ever or ends."""

    def __init__(self, events, *, ends=True):
        self.given, self.ends = events, ends

    def noack(self):
        return self

    async def events(self):
        for one in self.given:
            yield one
            await asyncio.sleep(0)
        if not self.ends:
            await asyncio.sleep(3600)


def test_work_is_batched_and_everything_is_acked():
    """Every event is handled once, in batches of at most the size, and acked."""
    acked, seen = [], []

    async def handle(events):
        seen.append(len(events))
        await asyncio.sleep(0)

    async def main():
        stream = Stream([event(0, n, acked) for n in range(10)], ends=False)
        acks = OrderedAcks()
        task = asyncio.create_task(run_ordered(stream, handle, acks, Batching(4, 0.01, 2)))
        while acks.acked < 10:
            await asyncio.sleep(0.01)
        task.cancel()

    asyncio.run(main())
    assert (seen, acked) == ([4, 4, 2], [(0, n) for n in range(10)])


def test_nobody_runs_far_ahead_of_a_batch_that_does_not_end():
    """All that is done behind it would be done again after a kill."""
    acked, begun = [], []
    released = asyncio.Event()

    async def handle(events):
        begun.extend(events)
        if events[0].n == 0:
            await released.wait()

    async def main():
        stream = Stream([event(0, n, acked) for n in range(100)], ends=False)
        acks = OrderedAcks()
        batching = Batching(size=2, within_secs=0.01, inflight=2, ahead=3)
        task = asyncio.create_task(run_ordered(stream, handle, acks, batching))
        await asyncio.sleep(0.3)
        assert (acks.pending, len(begun), acked) == (batching.most, batching.most, [])
        released.set()
        while acks.acked < 100:
            await asyncio.sleep(0.01)
        task.cancel()

    asyncio.run(main())


def test_a_bug_ends_the_agent_and_acks_nothing_after_it():
    """What the handler raises comes out; its batch and all after it stay unacked."""
    acked = []

    async def handle(events):
        if events[0].n >= 2:
            raise KeyError("a bug")

    async def main():
        stream = Stream([event(0, n, acked) for n in range(50)])
        await run_ordered(stream, handle, OrderedAcks(), Batching(2, 0.01, 1))

    with pytest.raises(KeyError):
        asyncio.run(main())
    assert acked == [(0, 0), (0, 1)]


def test_a_bug_ends_the_agent_although_nothing_else_comes():
    """The last event of a quiet hour must not hide it until the first of the next."""

    async def handle(_events):
        raise ValueError("a bug")

    async def main():
        stream = Stream([event(0, 0, [])], ends=False)
        await asyncio.wait_for(run_ordered(stream, handle, OrderedAcks(), Batching(9, 0, 1)), 5)

    with pytest.raises(ValueError, match="a bug"):
        asyncio.run(main())


def test_a_cancelled_agent_acks_nothing_unfinished():
    """Work that is cancelled is not done: Kafka sends it again."""
    acked = []

    async def handle(_events):
        await asyncio.sleep(3600)

    async def main():
        stream = Stream([event(0, n, acked) for n in range(8)], ends=False)
        task = asyncio.create_task(run_ordered(stream, handle, OrderedAcks(), Batching(2, 0.01, 4)))
        await asyncio.sleep(0.1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(main())
    assert acked == []
