"""The stream beside the plain run: what do Kafka, three agents and Elasticsearch cost?

    newsmill bench flow [--count 2000] [--words 400]

In one run, on servers of its own: articles/s of the embedded driver, articles/s from the first send
to the last searchable document, with the same number of pool processes; then, at half that rate,
how long an article takes from its fetch to being searchable.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from statistics import median
from typing import Any

from kafka import KafkaProducer

from bench.articles import articles
from bench.machine import machine
from bench.own_stream import CLEANERS, ENRICHERS, PATIENCE_SECS, count, own_stream
from pipeline.index import templates
from pipeline.index.elasticsearch import connect
from pipeline.lines import answers
from pipeline.pipe import prepare
from pipeline.pool import Workers
from pipeline.settings import Settings
from pipeline.stages import Options
from schemas import RawArticle
from schemas.topics import MAX_RECORD_BYTES, RAW

WARM_UP = 150
ROUNDS = 5
POLL_SECS = 0.2


@dataclass(frozen=True, slots=True)
class Flow:
    """What was measured; rates in articles a second, times in seconds."""

    machine: dict[str, str]
    input: str
    processes: int
    pairs: tuple[tuple[float, float], ...]
    plain: float
    stream: float
    ratio: float
    fresh_p50: float
    fresh_p95: float
    fresh_rate: float


def measure(count: int, words: int) -> Flow:
    """Measure both drivers in one run, on a Kafka and an Elasticsearch started for it.

    A shared machine is now faster, now slower, so the two take turns: `ROUNDS` pairs of a plain run
    and a stream run, close together.  The ratio is the median of the pairs' ratios.
    """
    seen = machine()
    pool = Workers(partial(prepare, "clean", "enrich", Options()), CLEANERS + ENRICHERS)
    pool.start()
    try:
        with own_stream() as settings:
            pairs = take_turns(pool, settings, count, words)
            rate = median(stream for _, stream in pairs) / 2
            waits = freshness(settings, articles(max(count // 3, 60), words, seed=99), rate)
    finally:
        pool.close()
    return Flow(
        machine=seen, input=f"{count} flattened articles of about {words} words",
        processes=CLEANERS + ENRICHERS, pairs=tuple(pairs),
        plain=median(plain for plain, _ in pairs), stream=median(stream for _, stream in pairs),
        ratio=median(stream / plain for plain, stream in pairs),
        fresh_p50=quantile(waits, 0.5), fresh_p95=quantile(waits, 0.95), fresh_rate=rate,
    )  # fmt: skip


def take_turns(
    pool: Workers, settings: Settings, count: int, words: int
) -> list[tuple[float, float]]:
    """Return the rates of each pair, after a first stream run for the JIT compilers."""
    stream_rate(settings, articles(WARM_UP, words, seed=0))
    pairs = []
    for number in range(1, ROUNDS + 1):
        raws = articles(count // ROUNDS, words, seed=2 * number)
        again = articles(count // ROUNDS, words, seed=2 * number + 1)
        pairs.append((plain_rate(pool, raws), stream_rate(settings, again)))
    return pairs


def plain_rate(pool: Workers, raws: Sequence[RawArticle]) -> float:
    """Return articles a second of the embedded driver, its processes warm."""
    lines = BytesIO(b"".join(raw.to_bytes() + b"\n" for raw in raws))
    began = time.monotonic()
    done = sum(not line.rejected for line in answers(lines, pool))
    secs = time.monotonic() - began
    if done != len(raws):
        raise RuntimeError(f"{len(raws) - done} articles of the input were rejected")
    return done / secs


def stream_rate(settings: Settings, raws: Sequence[RawArticle]) -> float:
    """Return articles a second from the first send to the last searchable document."""
    client = connect(settings.elasticsearch_url)
    before = count(client)
    began = time.monotonic()
    send(settings, raws, 0.0)
    while count(client) < before + len(raws):
        if time.monotonic() - began > PATIENCE_SECS:
            raise TimeoutError(f"{count(client) - before} of {len(raws)} articles are searchable")
        time.sleep(POLL_SECS)
    secs = time.monotonic() - began
    client.close()
    return len(raws) / secs


def freshness(settings: Settings, raws: Sequence[RawArticle], rate: float) -> list[float]:
    """Return the seconds from fetch to searchable of each article, sent at *rate* a second."""
    fetched: dict[str, float] = {}
    sender = threading.Thread(target=send, args=(settings, raws, 1 / rate, fetched), daemon=True)
    sender.start()
    seen = searchable(settings, {raw.id for raw in raws})
    sender.join()
    return sorted(seen[identity] - fetched[identity] for identity in seen)


def send(
    settings: Settings, raws: Sequence[RawArticle], every_secs: float,
    fetched: dict[str, float] | None = None,
) -> None:  # fmt: skip
    """Send *raws*, one each *every_secs*, and wait for Kafka; note when each was fetched."""
    producer = KafkaProducer(
        bootstrap_servers=settings.kafka_bootstrap_servers, max_request_size=MAX_RECORD_BYTES
    )
    began = time.monotonic()
    futures = []
    for number, raw in enumerate(raws):
        time.sleep(max(0.0, began + number * every_secs - time.monotonic()))
        if fetched is not None:
            fetched[raw.id] = time.monotonic()
        record = raw.fetched(datetime.now(UTC))
        futures.append(producer.send(RAW.name, key=raw.id.encode(), value=record.to_bytes()))
    for future in futures:
        future.get(60)
    producer.close()


def searchable(settings: Settings, wanted: set[str]) -> dict[str, float]:
    """Return when a search first found each id: monotonic seconds, within `POLL_SECS`."""
    client, seen = connect(settings.elasticsearch_url), {}
    missing, before = set(wanted), -1
    late = time.monotonic() + PATIENCE_SECS
    while missing and time.monotonic() < late:
        at, now = time.monotonic(), count(client)
        if now != before:
            seen |= dict.fromkeys(found(client, sorted(missing)), at)
            missing -= seen.keys()
            before = now
        time.sleep(POLL_SECS)
    client.close()
    if missing:
        raise TimeoutError(f"{len(missing)} of {len(wanted)} articles were never searchable")
    return seen


def found(client: Any, ids: list[str]) -> list[str]:
    """Return which of *ids* a search finds now."""
    hits: list[str] = []
    for start_at in range(0, len(ids), 1000):
        page = ids[start_at : start_at + 1000]
        answer = client.search(
            index=templates.ALIAS, query={"terms": {"id": page}}, size=1000, source=False
        )
        hits += [hit["_id"] for hit in answer["hits"]["hits"]]
    return hits


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which *share* of the sorted *values* lie."""
    return values[min(len(values) - 1, int(len(values) * share))]


def told(flow: Flow) -> str:
    """Return the figures for people."""
    ratios = ", ".join(f"{stream / plain:.2f}" for plain, stream in flow.pairs)
    lines = [f"{name:>16}: {value}" for name, value in flow.machine.items()]
    lines += [
        f"{'input':>16}: {flow.input}",
        f"{'pool processes':>16}: {flow.processes} in both",
        f"{'plain run':>16}: {flow.plain:.1f} articles/s",
        f"{'stream':>16}: {flow.stream:.1f} articles/s, Kafka + three agents + Elasticsearch",
        f"{'ratio':>16}: {flow.ratio:.2f}, the median of {ratios}",
        f"{'fresh at p50':>16}: {flow.fresh_p50:.1f} s from fetch to searchable",
        f"{'fresh at p95':>16}: {flow.fresh_p95:.1f} s, at {flow.fresh_rate:.1f} articles/s",
    ]
    return "\n".join(lines)


def as_dict(flow: Flow) -> dict[str, object]:
    """Return the figures for programs."""
    return asdict(flow)
