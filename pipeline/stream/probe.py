"""Whether the servers answer: a worker asks now and then, so that an idle one tells the truth too.

A worker with records in hand notices by itself.  One without would say that all is well while every
server is away, and its operator would find out with the first record.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import faust
from aiokafka.errors import KafkaError

from pipeline.stream.acks import OrderedAcks
from pipeline.stream.health import Health

EVERY_SECS = 5.0
PATIENCE_SECS = 10.0
Ask = Callable[[], str]
"""Returns why a server does not do what we need of it; "" if it does."""


async def probe(app: faust.App, health: Health, acks: OrderedAcks, sink: Ask) -> None:
    """Ask Kafka and, while there is nothing to write, the sink; note what they say, for ever."""
    while not app.should_stop:
        health.wait(await kafka(app), on="Kafka")
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
