"""Whether the servers answer: a worker asks now and then, so that an idle one tells the truth too.

A worker with records in hand notices by itself.  One without would say that all is well while every
server is away, and its operator would find out with the first record.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import faust
import structlog
from aiokafka.conn import CloseReason
from aiokafka.errors import KafkaError

from pipeline.stream.acks import OrderedAcks
from pipeline.stream.health import Health

EVERY_SECS = 5.0
PATIENCE_SECS = 10.0
FORGOTTEN_SECS = 30.0
"""A connection on which nothing came for so long is given up, and the next request makes another:
aiokafka asks for metadata on it again and again, and never closes it when that fails."""

log = structlog.get_logger()
Ask = Callable[[], str]
"""Returns why a server does not do what we need of it; "" if it does."""


async def probe(app: faust.App, health: Health, acks: OrderedAcks, sink: Ask) -> None:
    """Ask Kafka and, while there is nothing to write, the sink; note what they say, for ever."""
    while not app.should_stop:
        health.wait(await kafka(app), on="Kafka")
        if waits := health.waiting.get("Kafka"):
            renew(app, time.time() - waits.since)
        if not acks.pending:
            said = await asyncio.get_running_loop().run_in_executor(None, sink)
            health.wait(said, on="idle sink")
        if acks.pending:
            health.wait("", on="idle sink")  # whoever writes says better what is wrong
        await asyncio.sleep(EVERY_SECS)


async def kafka(app: faust.App) -> str:
    """Return why Kafka does not answer; "" if it does."""
    producer: Any = getattr(app.producer, "_producer", None)
    if producer is None:  # it has not been started yet; until then we are not ready anyway
        return ""
    try:
        await asyncio.wait_for(producer.client.fetch_all_metadata(), PATIENCE_SECS)
    except TimeoutError:
        return f"Kafka has not answered for {PATIENCE_SECS:.0f} s"
    except (KafkaError, OSError) as error:
        return f"Kafka does not answer: {type(error).__name__}: {error}"
    return ""


def renew(app: faust.App, secs: float) -> None:
    """Close the producer's connections if nothing came from Kafka for too long, *secs* now."""
    producer: Any = getattr(app.producer, "_producer", None)
    if producer is None or secs < FORGOTTEN_SECS:
        return
    open_ones = [one for one in producer.client._conns.values() if one.connected()]  # noqa: SLF001  (there is no other way to them)
    for connection in open_ones:
        connection.close(reason=CloseReason.CONNECTION_TIMEOUT)
    if open_ones:
        log.warning("connections to Kafka were silent and are made anew", number=len(open_ones))
