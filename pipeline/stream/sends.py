"""Confirmed sends: they return when Kafka has acknowledged every message, and not before.

The first ``await`` on a Faust send returns before delivery; only the second one means it is there.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

PERMANENT = {
    "MessageSizeTooLargeError",
    "RecordTooLargeError",
    "RecordListTooLargeError",
    "InvalidTopicError",
    "CorruptRecordException",
    "UnsupportedForMessageFormatError",
}
"""Errors that another try cannot mend."""

FIRST_PAUSE_SECS = 0.2
LONGEST_PAUSE_SECS = 10.0


@dataclass(frozen=True, slots=True)
class Send:
    """A message to be sent; ``topic`` is a Faust topic."""

    topic: Any
    key: bytes
    value: bytes | None
    headers: dict[str, bytes] = field(default_factory=dict)


async def confirmed(
    sends: Sequence[Send], on_wait: Callable[[str], None] = lambda _reason: None
) -> list[tuple[int, str]]:
    """Send everything and return when Kafka has acknowledged it.

    What may pass is tried again for ever: the caller waits, and that is the back-pressure.  Returns
    ``(position, error)`` of the messages that can never pass.
    """
    todo, refused, pause = list(range(len(sends))), [], FIRST_PAUSE_SECS
    while todo:
        results = await asyncio.gather(
            *(deliver(sends[position]) for position in todo), return_exceptions=True
        )
        again = []
        for position, result in zip(todo, results, strict=True):
            if not isinstance(result, BaseException):
                continue
            raise_if_cancelled(result)
            if is_permanent(result):
                refused.append((position, f"{type(result).__name__}: {result}"))
            else:
                again.append(position)
                on_wait(f"Kafka does not take messages: {type(result).__name__}: {result}")
        todo = again
        if todo:
            await asyncio.sleep(pause * (0.5 + random.random()))  # noqa: S311  (jitter)
            pause = min(pause * 2, LONGEST_PAUSE_SECS)
    return refused


async def deliver(send: Send) -> None:
    """Send one message and wait for the acknowledgement."""
    sent = await send.topic.send(key=send.key, value=send.value, headers=send.headers)
    await sent


def raise_if_cancelled(result: BaseException) -> None:
    """Raise *result* where it is our own cancellation, not the producer's."""
    task = asyncio.current_task()
    if isinstance(result, asyncio.CancelledError) and task is not None and task.cancelling():
        raise result


def is_permanent(error: BaseException) -> bool:
    """Whether another try cannot mend *error*; the producer may wrap the cause."""
    return bool({type(error).__name__, type(error.__cause__).__name__} & PERMANENT)
