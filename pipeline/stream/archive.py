"""The raw archive as a service: what Kafka keeps for a week is kept on disk for as long as it fits.

It reads the raw topics for a consumer group of its own and commits a record when it is synced to
disk.  A crash in between writes it twice, which an id and a version make harmless; none is left
out.  One process writes one folder, so the partitions are its own and no group is rebalanced.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from threading import Event
from typing import Any

import orjson
import structlog
from kafka import KafkaConsumer, OffsetAndMetadata, TopicPartition
from kafka.errors import KafkaError

from pipeline.settings import Settings
from pipeline.stream import health as reports
from pipeline.stream import reach
from pipeline.stream.archive_days import Archive, NoRoomError
from pipeline.stream.health import Health
from pipeline.stream.kept import head, is_own, partitions
from schemas import ServiceUnavailable
from schemas.topics import MAX_MESSAGE_BYTES

GROUP = "newsmill-archive"
BATCH_RECORDS = 1000
BATCH_BYTES = 4 << 20
WITHIN_SECS = 5.0
"""A record is on disk so long after it came, at the latest, while all is well."""
PAUSE_SECS = 2.0
ASK_SECS = 10.0
"""So often Kafka is asked whether it is there, when nothing comes from it."""
PATIENCE_MS = 10_000
LOG_SECS = 60.0

log = structlog.get_logger()


@dataclass
class Archiver:
    """Moves records from a *consumer* of assigned partitions into *archive*, until *stop*."""

    consumer: Any
    archive: Archive
    health: Health
    report: Callable[[Health], None] = lambda _health: None
    stop: Event = field(default_factory=Event)
    _days: defaultdict[date, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    _bytes: int = 0
    _records: int = 0
    _since: float = 0.0
    _next: dict[TopicPartition, int] = field(default_factory=dict)
    _asked: float = 0.0
    _logged: float = field(default_factory=time.monotonic)

    def run(self, until: dict[TopicPartition, int] | None = None) -> None:
        """Archive what comes, for ever, or *until* these offsets."""
        while not self.stop.is_set() and (until is None or not self._reached(until)):
            batches = self.consumer.poll(timeout_ms=500, max_records=500)
            for part, batch in batches.items():
                self._take(part, batch)
            full = self._bytes >= BATCH_BYTES or self._records >= BATCH_RECORDS
            if full or (self._records and time.monotonic() - self._since >= WITHIN_SECS):
                self._write()
            if not batches:
                self._ask()
            self._tell()
        self._write()
        self._tell()

    def _reached(self, until: dict[TopicPartition, int]) -> bool:
        """Whether everything before *until* was read."""
        return all(self.consumer.position(part) >= end for part, end in until.items())

    def _take(self, part: TopicPartition, batch: Iterable[Any]) -> None:
        """Keep the records of *batch* for the next write."""
        for message in batch:
            self._note_gap(part, message.offset)
            self._next[part] = message.offset + 1
            self._since = self._since or time.monotonic()
            self._records += 1
            if not is_own(message):
                self.health.count("copies passed over")
                continue
            if (line := one_line(message.value)) is None:
                self.health.count("unreadable, see articles.dead")
                continue
            self._days[day_of(message)].append(line)
            self._bytes += len(line)

    def _note_gap(self, part: TopicPartition, offset: int) -> None:
        """Count what retention deleted before we had read it."""
        if part not in self._next:
            self._next[part] = committed(self.consumer, part)
        lost = offset - self._next[part]
        if lost > 0 and self._next[part]:
            self.health.counts["expired before they were archived"] += lost
            log.error("expired before it was archived", partition=str(part), records=lost)

    def _write(self) -> None:
        """Bring what was taken to disk, then commit; wait as long as disk or Kafka refuse."""
        while self._days and not self._blocked(self._write_day):
            self.health.wait("")
        if self._records and not self._days and not self._blocked(self._commit):
            self.health.wait("")

    def _write_day(self) -> None:
        """Write the oldest of the days that wait."""
        day = min(self._days)
        before = len(self.archive.deleted), self.archive.cut_bytes
        written = self.archive.append(day, self._days[day])
        self.health.counts["archived"] += len(self._days.pop(day))
        self.health.counts["bytes"] += written
        for name in self.archive.deleted[before[0] :]:
            self.health.count("days deleted")
            self.health.notes = [f"deleted to stay within the budget, last: {name}"]
            log.warning("deleted to stay within the budget", day=name)
        if torn := self.archive.cut_bytes - before[1]:
            log.warning("cut off what a crash had torn; it is read again", bytes=torn)

    def _commit(self) -> None:
        """Tell Kafka what is on disk."""
        offsets = {part: OffsetAndMetadata(end, "", -1) for part, end in self._next.items()}
        self.consumer.commit(offsets, timeout_ms=PATIENCE_MS)
        self.health.last_ack = time.time()
        self._bytes = self._records = 0
        self._since = 0.0

    def _blocked(self, step: Callable[[], None]) -> bool:
        """Do *step*; where it cannot be done now, wait and do it again; True: we were stopped."""
        while True:
            try:
                step()
            except (OSError, NoRoomError, KafkaError) as error:
                self.health.wait(f"{type(error).__name__}: {error}")
                self._tell()
                if self.stop.wait(PAUSE_SECS):
                    return True
            else:
                return False

    def _ask(self) -> None:
        """Find out, now and then, whether nothing comes because Kafka is away."""
        if time.monotonic() - self._asked < ASK_SECS:
            return
        self._asked = time.monotonic()
        try:
            self.consumer.end_offsets(list(self.consumer.assignment()), timeout_ms=PATIENCE_MS)
        except KafkaError as error:
            self.health.wait(f"Kafka does not answer: {type(error).__name__}: {error}")
        else:
            self.health.wait("")

    def _tell(self) -> None:
        """Report the state; a line a minute goes to the log."""
        self.health.pending = self._records
        self.health.draining = self.stop.is_set()
        self.report(self.health)
        if time.monotonic() - self._logged >= LOG_SECS:
            self._logged = time.monotonic()
            log.info("not working" if self.health.why_not_ready() else "working",
                     **self.health.report())  # fmt: skip


def one_line(value: bytes) -> bytes | None:
    r"""Return a record as one line of JSON; None for what no code reads: it is a dead letter.

    >>> one_line(b'{"id": "1"}'), one_line(b'{\n"id": "1"}'), one_line(b"{")
    (b'{"id": "1"}', b'{"id":"1"}', None)
    """
    if head(value) is None:
        return None
    return orjson.dumps(orjson.loads(value)) if b"\n" in value else value


def day_of(message: Any) -> date:
    """Return the day a record was fetched, UTC; else the day it came to Kafka."""
    found = head(message.value)
    if found and found.fetched_at:
        return found.fetched_at.astimezone(UTC).date()
    return datetime.fromtimestamp(message.timestamp / 1000, UTC).date()


def committed(consumer: Any, part: TopicPartition) -> int:
    """Return the first offset that the group has not committed; 0: it has committed none."""
    return consumer.committed(part) or 0


def run(archive: Archive, settings: Settings, stop: Event, *, once: bool = False) -> Health:
    """Archive the raw topics until *stop*, or *once* what is there now; return what was done.

    Raises:
        ConfigError: the folder cannot be written, or another process writes it.
        ServiceUnavailable: Kafka does not answer, or has no raw topic.

    """
    archive.open()
    health = Health("archive", "live", rebalancing=False)
    try:
        with closing(archive), closing(consumer(settings)) as reader:
            parts = partitions(reader)
            if not parts:
                raise ServiceUnavailable("Kafka has no raw topic: run `newsmill topics apply`")
            reader.assign(parts)
            health.assigned = len(parts)
            reports.succeed(settings.state_dir, health)
            archiver = Archiver(
                reader, archive, health, lambda now: reports.write(settings.state_dir, now), stop
            )
            archiver.run(reader.end_offsets(parts) if once else None)
    except KafkaError as error:
        raise ServiceUnavailable(f"Kafka does not answer: {error}") from error
    finally:
        reports.remove(settings.state_dir, health)
    return health


def consumer(settings: Settings) -> KafkaConsumer:
    """Return a reader for our group that commits when it is told to."""
    reach.check(settings)
    return KafkaConsumer(
        bootstrap_servers=settings.kafka_bootstrap_servers.split(","),
        group_id=GROUP,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        fetch_max_bytes=MAX_MESSAGE_BYTES,
        **settings.kafka_security(),
    )
