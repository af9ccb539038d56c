"""Lines through a pool of processes, in input order: the driver behind pipe mode.

A thread reads, so that a line which arrives alone is answered at once; what is read ahead is
bounded, so that a slow reader of our output slows us down and nothing piles up.
"""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import BinaryIO

from pipeline.pipe import Line, lost, rejected
from pipeline.pool import Lost, Workers
from pipeline.stage import GivenUp

BATCH_LINES = 8
AHEAD_BATCHES = 3
LINGER_SECS = 0.02
MAX_LINE_BYTES = 32 << 20
"""A longer line is not read into memory: it is passed over, and its reject says so."""

TOO_LONG = rejected(
    None, GivenUp("read", "too_big", "LineTooLong", f"a line longer than {MAX_LINE_BYTES} bytes")
)
Item = bytes | Line


def answers(source: BinaryIO, workers: Workers) -> Iterator[Line]:
    """Yield the answer to each line of *source*, in order.

    Raises:
        OSError: *source* could not be read on.

    """
    lines: queue.Queue[Item | OSError | None] = queue.Queue(BATCH_LINES * workers.count * 2)
    stop = threading.Event()
    reader = threading.Thread(target=read, args=(source, lines, stop), daemon=True)
    reader.start()
    with ThreadPoolExecutor(workers.count) as threads:
        try:
            yield from in_order(lines, threads, workers)
        finally:
            stop.set()


def in_order(
    lines: queue.Queue[Item | OSError | None], threads: ThreadPoolExecutor, workers: Workers
) -> Iterator[Line]:
    """Yield answers in input order while later batches are being worked on."""
    ahead: deque[Future[list[Line]]] = deque()
    more = True
    while more or ahead:
        if more and len(ahead) < workers.count * AHEAD_BATCHES:
            batch, more = gather(lines, wait=not ahead)
            if batch:
                ahead.append(threads.submit(answer, workers, batch))
                continue
        if ahead and (ahead[0].done() or not more or len(ahead) >= workers.count):
            yield from ahead.popleft().result()
        elif ahead:
            yield from when_done(ahead)


def when_done(ahead: deque[Future[list[Line]]]) -> list[Line]:
    """Return the oldest answers if they come soon; else nothing, so that reading goes on."""
    try:
        lines = ahead[0].result(LINGER_SECS)
    except TimeoutError:
        return []
    ahead.popleft()
    return lines


def gather(lines: queue.Queue[Item | OSError | None], *, wait: bool) -> tuple[list[Item], bool]:
    """Return up to a batch of lines that are there, and whether more may come."""
    batch: list[Item] = []
    while len(batch) < BATCH_LINES:
        try:
            line = lines.get(timeout=None if wait and not batch else LINGER_SECS)
        except queue.Empty:
            break
        if isinstance(line, OSError):
            raise line
        if line is None:
            return batch, False
        batch.append(line)
    return batch, True


def answer(workers: Workers, batch: list[Item]) -> list[Line]:
    """Return the answers to a batch; a line that was too long has its answer already."""
    asked = [item for item in batch if isinstance(item, bytes)]
    replies = iter(workers.call(asked))
    answered = []
    for item in batch:
        if isinstance(item, Line):
            answered.append(item)
            continue
        reply = next(replies)
        answered.append(lost(item, reply) if isinstance(reply, Lost) else reply)
    return answered


def read(
    source: BinaryIO, lines: queue.Queue[Item | OSError | None], stop: threading.Event
) -> None:
    """Put each line of *source* into *lines*, then None; the body of the reading thread."""
    put = putter(lines, stop)
    try:
        while line := source.readline(MAX_LINE_BYTES + 1):
            if len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
                while (rest := source.readline(1 << 20)) and not rest.endswith(b"\n"):
                    continue
                put(TOO_LONG)
            else:
                put(line.rstrip(b"\r\n"))
    except OSError as error:
        put(error)
    else:
        put(None)


def putter(
    lines: queue.Queue[Item | OSError | None], stop: threading.Event
) -> Callable[[Item | OSError | None], None]:
    """Return a put that waits for room, and gives up when nobody takes lines any more."""

    def put(item: Item | OSError | None) -> None:
        while not stop.is_set():
            try:
                return lines.put(item, timeout=0.5)
            except queue.Full:
                continue
        return None

    return put
