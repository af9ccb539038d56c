"""A worker: one process that runs one stage as a stream until it is told to stop.

SIGTERM drains: nothing more is read, what was read is finished and acked, then it ends with 0.
What is not finished within `DRAIN_SECS` is left; Kafka sends it to the next worker.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import faust
import structlog
from faust.types import TP

from pipeline.index.elasticsearch import ElasticsearchSink
from pipeline.pool import Workers
from pipeline.settings import Settings
from pipeline.stages import options_of
from pipeline.stream import health as reports
from pipeline.stream import predecessors, reach
from pipeline.stream.acks import Batching, OrderedAcks, run_ordered
from pipeline.stream.agents import Agent, Outlets, SinkAgent, StageAgent
from pipeline.stream.app import make_app, raw_topic
from pipeline.stream.forgotten import Forgotten, WithoutForgotten
from pipeline.stream.gaps import Expected
from pipeline.stream.groups import SOURCES, group
from pipeline.stream.health import Health
from pipeline.stream.probe import Ask, probe
from pipeline.stream.servers import elasticsearch
from pipeline.work import prepare
from schemas.topics import CLEAN, DEAD, DROPPED, ENRICHED, Topic, lane
from schemas.version import VERSION

DRAIN_SECS = 25.0
WATCH_SECS = 1.0
LOG_SECS = 60.0
KNOCK_EVERY_SECS = 2.0
TARGETS: dict[str, Topic] = {"clean": CLEAN, "enrich": ENRICHED, "index": DEAD}

log = structlog.get_logger()


class Drainer(faust.Worker):  # type: ignore[misc]  # Faust has no types
    """A Faust worker that ends in time, also when a server it waits for never answers."""

    health: Health

    def _schedule_shutdown(self, signal: signal.Signals) -> None:
        self.health.draining = True
        self.loop.call_later(DRAIN_SECS, self._give_up)
        super()._schedule_shutdown(signal)

    def _give_up(self) -> None:
        log.warning(
            "drain took too long; what is unfinished will be read again", stage=self.health.stage
        )
        os._exit(0)


def run(stage: str, lane_name: str, settings: Settings) -> None:
    """Run *stage* until SIGTERM or SIGINT; ends the process."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    gone = reports.bury(settings.state_dir)
    health, acks = Health(stage, lane_name), OrderedAcks()
    app = make_app(stage, lane_name, settings)
    made = make_agent(stage, lane_name, settings, app, health)
    made.agent.expected = Expected(group(stage, lane_name), partial(committed, app))
    app.agent(raw_topic(app, lane(SOURCES[stage], lane_name)), name=f"newsmill.{stage}")(
        partial(consume, agent=made.agent, acks=acks, batching=made.batching)
    )
    # Not as tasks of Faust: those begin with the first partitions, and a worker may wait for them.
    for work in (watch(app, health, acks, settings), probe(app, health, acks, made.ask)):
        loop.create_task(work).add_done_callback(die_of)
    app.on_partitions_assigned.connect(partial(dealt, health), weak=False)
    worker = Drainer(
        app, loglevel="warn", quiet=True, loop=loop, override_logging=False, redirect_stdouts=False
    )
    worker.health = health
    worker.spinner = None  # our log is the only thing we print
    try:
        wait_for_kafka(health, settings)
        predecessors.succeed(settings, health, gone)
        worker.execute_from_commandline()
    finally:
        reports.remove(settings.state_dir, health)
        made.close()


def wait_for_kafka(health: Health, settings: Settings) -> None:
    """Return once Kafka lets us in; until then the health report says why it does not."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # Faust takes it over when it starts
    before = ""
    while reason := reach.why_not(settings):
        if reason != before:
            log.warning("kafka does not let us in", stage=health.stage, why=reason)
        before = reason
        health.wait(f"Kafka at {reason}", on="Kafka")
        tell(settings, health)
        time.sleep(KNOCK_EVERY_SECS)
    health.wait("", on="Kafka")


def die_of(task: asyncio.Task[None]) -> None:
    """End the process if what watches it had a bug: a worker without a report is none."""
    if not task.cancelled() and (error := task.exception()):
        log.error("a bug in the worker itself", exc_info=error)
        os._exit(1)


async def consume(stream: Any, *, agent: Any, acks: OrderedAcks, batching: Batching) -> None:
    """Run *agent* over the stream; what it raises ends the process."""
    await run_ordered(stream, agent.handle, acks, batching)


def committed(app: faust.App, topic: str, partition: int) -> int | None:
    """Return what the group had committed of a partition when it was given to us, or since."""
    known: int | None = app.consumer._committed_offset[TP(topic, partition)]  # noqa: SLF001
    return known


def member(app: faust.App) -> str:
    """Return the place of this worker in its group; "" before it has one."""
    thread = getattr(app.consumer, "_thread", None)
    client: Any = getattr(thread, "_consumer", None)
    return str(getattr(getattr(client, "_coordinator", None), "member_id", ""))


def behind(app: faust.App) -> int:
    """Return how many messages of our partitions are not committed."""
    consumer = app.consumer
    ends = {part: consumer.highwater(part) or 0 for part in consumer.assignment()}
    return sum(
        max(0, end - (committed(app, part.topic, part.partition) or 0))
        for part, end in ends.items()
    )


async def dealt(health: Health, _app: faust.App, _assigned: Any, **_signal: Any) -> None:
    """Count that the group dealt out its partitions anew."""
    health.rebalances += 1


@dataclass(frozen=True, slots=True)
class Made:
    """An agent, how it gathers records, what closes it, and what asks its sink how it is."""

    agent: Agent
    batching: Batching
    close: Callable[[], None]
    ask: Ask


def tell(settings: Settings, health: Health) -> None:
    """Write the health report; a full disk ends no worker, and the log says so."""
    try:
        reports.write(settings.state_dir, health)
    except OSError as error:
        health.notes = [f"its health report could not be written: {error}"]
    else:
        health.notes = []


def make_agent(
    stage: str, lane_name: str, settings: Settings, app: faust.App, health: Health
) -> Made:
    """Return the agent of *stage* and what belongs to it."""
    outlets = Outlets(
        target=raw_topic(app, lane(TARGETS[stage], lane_name)),
        dead=raw_topic(app, DEAD),
        dropped=raw_topic(app, DROPPED),
        version=VERSION,
    )
    if stage == "index":
        store = ElasticsearchSink(
            elasticsearch(settings),
            suffix=settings.index_suffix,
            on_wait=partial(health.wait, on="sink"),
        )
        forgotten = Forgotten(settings, on_wait=partial(health.wait, on="takedowns"))
        sink = WithoutForgotten(store, forgotten)
        threads = ThreadPoolExecutor(2, thread_name_prefix="sink")
        agent: Agent = SinkAgent(stage, outlets, health, sink=sink, threads=threads)
        batching = Batching(size=64, within_secs=0.5, inflight=2, ahead=2)
        return Made(agent, batching, sink.close, store.why_not)
    count = settings.worker_count()
    workers = Workers(
        partial(prepare, stage, options_of(settings, of_sources=stage == "clean", sound_only=True)),
        count,
        settings.cpu_limit_secs,
        settings.memory_limit_mb,
    )
    workers.start()
    threads = ThreadPoolExecutor(count, thread_name_prefix="worker")
    agent = StageAgent(stage, outlets, health, workers=workers, threads=threads)
    batching = Batching(size=8, within_secs=0.05, inflight=count * 2)
    return Made(agent, batching, workers.close, str)


async def watch(app: faust.App, health: Health, acks: OrderedAcks, settings: Settings) -> None:
    """Write the health report each second and a line to the log each minute."""
    acked, logged = 0, time.monotonic()
    while not app.should_stop:
        health.rebalance(now=bool(app.rebalancing) or not health.rebalances)
        health.assigned = len(app.consumer.assignment()) if not health.rebalancing else 0
        if acks.acked != acked or not acks.pending:
            acked, health.last_ack = acks.acked, time.time()
        health.pending = acks.pending
        health.lag = 0 if health.rebalancing else behind(app)
        health.member = member(app)
        tell(settings, health)
        if health.stuck():
            log.error(
                "nothing moved for minutes; ending so that a fresh worker takes over",
                **health.report(),
            )
            os._exit(75)
        if time.monotonic() - logged >= LOG_SECS:
            logged = time.monotonic()
            log.info("working" if not health.why_not_ready() else "not working", **health.report())
        await asyncio.sleep(WATCH_SECS)
