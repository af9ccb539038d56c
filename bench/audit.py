"""The audit of many records: how long does it take, and in what memory?

    newsmill bench audit [--count 1000000]

On servers of its own that it fills by hand: of a hundred records 95 are indexed, each tenth of them
with a quotation, three are dropped and two given up; one record is in no place and must be named.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.structs import OffsetAndMetadata

from bench.machine import machine
from pipeline.index import templates
from pipeline.index.elasticsearch import connect
from pipeline.settings import Settings
from pipeline.stream import topics
from pipeline.stream.groups import group
from pipeline.stream.offsets import commits
from schemas import Dropped, RawArticle, document_version
from schemas.dead_letters import Origin, Reason, letter_of
from schemas.topics import DEAD, DROPPED, RAW
from tests.live.servers import boot, end

BEGAN = datetime(2026, 11, 1, tzinfo=UTC)
BULK = 5000
PATIENCE_SECS = 600
DEAD_UNTIL, DROPPED_UNTIL = 2, 5
"""Of each hundred: the first are given up, those before the second number are dropped."""


@dataclass(frozen=True, slots=True)
class Audited:
    """What was measured."""

    machine: dict[str, str]
    count: int
    filled_secs: float
    secs: float
    cpu_secs: float
    peak_mib: float
    fetched: int
    exit_code: int
    named: tuple[str, ...]


def measure(count: int) -> Audited:
    """Fill servers of its own with *count* records, and audit them in a process of its own."""
    seen = machine()
    kafka, elasticsearch = boot("kafka"), boot("elasticsearch")
    try:
        settings = Settings(
            _env_file=None, kafka_bootstrap_servers=kafka.address,
            elasticsearch_url=elasticsearch.address,
        )  # fmt: skip
        began = time.monotonic()
        fill(settings, count)
        filled = time.monotonic() - began
        report, code, usage = audited(settings)
    finally:
        end(kafka)
        end(elasticsearch)
    named = tuple(finding["id"] for finding in report["findings"])
    return Audited(
        seen, count, filled, report["secs"], usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss / 1024, report["fetched"], code, named,
    )  # fmt: skip


def audited(settings: Settings) -> tuple[dict[str, Any], int, Any]:
    """Return the report of `newsmill audit`, its exit code, and what it used of the machine."""
    variables = {
        "NEWSMILL_KAFKA_BOOTSTRAP_SERVERS": settings.kafka_bootstrap_servers,
        "NEWSMILL_ELASTICSEARCH_URL": settings.elasticsearch_url,
    }
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "report").open("w+b") as out:
        child = subprocess.Popen(
            [sys.executable, "-m", "pipeline.cli", "audit", "--json"],
            env={**os.environ, **variables}, stdout=out,
        )  # fmt: skip
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        return orjson.loads(out.read()), child.returncode, usage


def fill(settings: Settings, count: int) -> None:
    """Leave *count* records behind as workers would have."""
    topics.apply(settings)
    producer = KafkaProducer(
        bootstrap_servers=settings.kafka_bootstrap_servers, linger_ms=50, batch_size=1 << 18
    )
    with connect(settings.elasticsearch_url) as client:
        templates.apply(client)
        client.indices.put_settings(index="articles", settings={"refresh_interval": "-1"})
        for begin in range(0, count, BULK):
            records = [record(number) for number in range(begin, min(begin + BULK, count))]
            for number, one in enumerate(records, begin):
                send(producer, one, number % 100)
            lines = b"".join(
                line for n, one in enumerate(records, begin) for line in stored(one, n)
            )
            answer = client.options(request_timeout=PATIENCE_SECS).bulk(operations=lines)
            if answer["errors"]:
                raise RuntimeError(f"not stored: {answer['items'][0]}")
        client.indices.put_settings(index="articles", settings={"refresh_interval": "1s"})
        client.indices.refresh(index=[*templates.INDICES])
    producer.flush()
    producer.close()
    commit(settings)


def record(number: int) -> RawArticle:
    """Return a short raw article; a second passes between two of them."""
    return RawArticle(
        id=hashlib.sha256(str(number).encode()).hexdigest()[:32], source=f"paper-{number % 20}",
        content_type="text/plain", body="Rain fell on the town.",
        fetched_at=BEGAN + timedelta(seconds=number),
    )  # fmt: skip


def send(producer: KafkaProducer, one: RawArticle, kind: int) -> None:
    """Send a raw record, and what tells that it was given up or dropped."""
    key, value = one.id.encode(), one.to_bytes()
    producer.send(RAW.name, key=key, value=value)
    if kind < DEAD_UNTIL:
        origin = Origin(RAW.name, 0, 0, key, value, 0)
        why = Reason("clean", "no_text", "RecordError", "by hand")
        letter, headers = letter_of(origin, why, "0", BEGAN)
        producer.send(DEAD.name, key=origin.name().encode(), value=letter,
                      headers=list(headers.items()))  # fmt: skip
    elif kind < DROPPED_UNTIL:
        note = Dropped(id=one.id, stage="clean", reason="only_boilerplate", at=BEGAN,
                       source=one.source, version=document_version(one.fetched_at))  # fmt: skip
        producer.send(DROPPED.name, key=key, value=note.to_bytes())


def stored(one: RawArticle, number: int) -> Iterator[bytes]:
    """Yield the bulk lines of a record that is indexed; the last of the first hundred is lost."""
    if number % 100 < DROPPED_UNTIL or number == 99:
        return
    version, quotes = document_version(one.fetched_at), int(number % 10 == 9)
    body = {"id": one.id, "source": {"id": one.source}, "fetched_at": one.fetched_at,
            "quote_count": quotes}  # fmt: skip
    yield line("articles", one.id, version, body)
    if quotes:
        yield line("quotes", f"{one.id}-0", version, {"article_id": one.id})


def line(index: str, name: str, version: int, body: dict[str, Any]) -> bytes:
    """Return the two bulk lines of a document."""
    meta = {"_index": index, "_id": name, "version": version, "version_type": "external"}
    return orjson.dumps({"index": meta}) + b"\n" + orjson.dumps(body) + b"\n"


def commit(settings: Settings) -> None:
    """Let the cleaners have finished everything."""
    servers = settings.kafka_bootstrap_servers
    with closing(KafkaConsumer(bootstrap_servers=servers)) as reader:
        ends = reader.end_offsets([TopicPartition(RAW.name, n) for n in range(RAW.partitions)])
    finished = {part: OffsetAndMetadata(end, "", -1) for part, end in ends.items()}
    with closing(KafkaAdminClient(bootstrap_servers=servers)) as control:
        commits(control, group("clean", "live"))  # a new Kafka has no place for commits yet
        control.alter_group_offsets(group("clean", "live"), finished)


def told(found: Audited) -> str:
    """Return the figures for people."""
    lines = [f"{name:>16}: {value}" for name, value in found.machine.items()]
    lines += [
        f"{'records':>16}: {found.count:,}, laid out in {found.filled_secs:.0f} s",
        (
            f"{'audit':>16}: {found.secs:.0f} s, of them {found.cpu_secs:.0f} s of its own CPU, "
            f"{found.fetched:,} fetches"
        ),
        f"{'peak memory':>16}: {found.peak_mib:.0f} MiB",
        f"{'verdict':>16}: exit {found.exit_code}, named {', '.join(found.named)}",
    ]
    return "\n".join(lines)


def as_dict(found: Audited) -> dict[str, object]:
    """Return the figures for programs."""
    return asdict(found)
