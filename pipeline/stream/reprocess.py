"""Again from raw: kept raw records are sent into the backfill lane, as they were.

Id and time of fetch stay, so the version of the document tells: a newer generation of the pipeline
wins over what is indexed, the same one is a recorded duplicate, and an older revision never
replaces a newer one.  How far it came is written down after Kafka confirmed, so that it can be
stopped at any time and goes on there.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from kafka.errors import KafkaError

from pipeline.settings import Settings
from pipeline.stream.forgotten import forgotten_names
from pipeline.stream.kept import AGAIN, LANE, Choice, Head, Kept, head
from pipeline.stream.letters import letters
from pipeline.stream.replay import ACK_SECS, make_producer
from schemas import ConfigError, DeadLetter, Fault, ServiceUnavailable, address_id
from schemas.dead_letters import replayed

WINDOW_RECORDS = 500
WINDOW_BYTES = 16 << 20
"""So much may be on its way before Kafka has confirmed it."""


@dataclass
class Job:
    """What was asked for, up to where it came, and what became of the records so far."""

    asked: dict[str, Any]
    span: tuple[str, str]
    """The instants that the options named when it began: `7d` is another one tomorrow."""
    until: dict[str, int]
    next: dict[str, int] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)

    def choice(self) -> Choice:
        """Return which records are wanted."""
        since, until = (datetime.fromisoformat(at) if at else None for at in self.span)
        return Choice(since, until, frozenset(self.asked["--source"]))

    def count(self, found: Head | str) -> None:
        """Count a record that was sent, or why it was not."""
        if isinstance(found, Head):
            self.sources[found.source] += 1
        self.counts["sent" if isinstance(found, Head) else found] += 1


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of ids before anything is sent."""

    forgotten: frozenset[str]
    """Names of what was taken down: ids, and those of addresses."""
    letters: Mapping[tuple[str, datetime | None], DeadLetter]
    """Id and time of the fetch to the unresolved dead letter of that record."""

    def headers(self, one: Head) -> dict[str, bytes]:
        """Return the headers of a record: it resolves the dead letter of the same fetch."""
        letter = self.letters.get((one.id, one.fetched_at)) if one.fetched_at else None
        return {AGAIN: b"1"} | (replayed(letter) if letter else {})


def known(settings: Settings) -> Known:
    """Return the forgotten ids and the unresolved dead letters as they stand now.

    Raises:
        ServiceUnavailable: Kafka does not answer.

    """
    unresolved = {(one.id, one.fetched_at): one for one in letters(settings)}
    return Known(frozenset(forgotten_names(settings)), unresolved)


def chosen(
    records: Iterable[Kept], choice: Choice, ids: Known
) -> Iterator[tuple[Kept, Head | str]]:
    """Yield each record with what names it, or why it is not to be sent."""
    for one in records:
        found = head(one.value)
        if found is None:
            yield one, "unreadable"
        elif not choice.takes(found, one.at):
            yield one, "not asked for"
        elif not ids.forgotten.isdisjoint((found.id, address_id(found.url))):
            yield one, "forgotten"
        else:
            yield one, found


def count(records: Iterable[tuple[Kept, Head | str]], job: Job, told: Callable[[], None]) -> None:
    """Look at *records* and send nothing."""
    for _, found in records:
        job.count(found)
        told()


@dataclass
class Sending:
    """Sends records into the backfill lane and notes how far Kafka has confirmed them."""

    producer: Any
    job: Job
    save: Callable[[Job], None]
    rate: float | None = None
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _waiting: list[Any] = field(default_factory=list)
    _bytes: int = 0
    _reached: dict[str, int] = field(default_factory=dict)
    _found: list[Head | str] = field(default_factory=list)

    def run(
        self, records: Iterable[tuple[Kept, Head | str]], ids: Known, told: Callable[[], None]
    ) -> None:
        """Send all of *records*; what was confirmed is saved, also when this is interrupted.

        Raises:
            ServiceUnavailable: Kafka does not take them; the same command goes on where it stopped.

        """
        begun, sent = self.clock(), 0
        try:
            for one, found in records:
                if isinstance(found, Head):
                    self._send(one, found, ids)
                    sent += 1
                self._found.append(found)
                self._reached[one.place] = one.number + 1
                if len(self._waiting) >= WINDOW_RECORDS or self._bytes >= WINDOW_BYTES:
                    self._confirm()
                self._pace(begun, sent)
                told()
            self._confirm()
        except KafkaError as error:
            raise ServiceUnavailable(
                f"Kafka does not take the records: {error}. What it confirmed is remembered: the "
                "same command goes on there"
            ) from error

    def _send(self, one: Kept, found: Head, ids: Known) -> None:
        """Hand one record to the producer, its bytes untouched."""
        headers = list(ids.headers(found).items())
        key = found.id.encode(errors="replace")
        self._waiting.append(
            self.producer.send(LANE.name, key=key, value=one.value, headers=headers)
        )
        self._bytes += len(one.value)

    def _confirm(self) -> None:
        """Wait for Kafka's word on what was sent, then note how far it came."""
        self.producer.flush()
        for future in self._waiting:
            future.get(ACK_SECS)
        for found in self._found:
            self.job.count(found)
        self.job.next.update(self._reached)
        self._waiting, self._found, self._bytes = [], [], 0
        self.save(self.job)

    def _pace(self, begun: float, sent: int) -> None:
        """Wait until the next record is due."""
        early = begun + sent / self.rate - self.clock() if self.rate else 0.0
        if early > 0:
            if early > 1.0:
                self._confirm()
            self.sleep(early)


def send_all(
    settings: Settings, job: Job, records: Iterable[tuple[Kept, Head | str]], ids: Known,
    rate: float | None, told: Callable[[], None],
) -> None:  # fmt: skip
    """Send *records* into the backfill lane, and forget the job when all is done.

    Raises:
        ServiceUnavailable: Kafka does not answer.

    """
    try:
        producer = make_producer(settings)
    except KafkaError as error:
        raise ServiceUnavailable(f"Kafka does not answer: {error}") from error
    try:
        Sending(producer, job, lambda now: save(settings, now), rate).run(records, ids, told)
    finally:
        producer.close()
    job_file(settings).unlink(missing_ok=True)


def job_file(settings: Settings) -> Path:
    """Return the file of the job that is not finished."""
    return settings.state_dir / "reprocess.json"


def save(settings: Settings, job: Job) -> None:
    """Write down how far *job* came, in one step."""
    path = job_file(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_bytes(orjson.dumps(vars(job)))
    new.replace(path)


def unfinished(settings: Settings, asked: Mapping[str, Any]) -> Job | None:
    """Return the job that was stopped, if there is one.

    Raises:
        ConfigError: it is a job of other options, which would be lost.

    """
    path = job_file(settings)
    if not path.exists():
        return None
    held = orjson.loads(path.read_bytes())
    if held["asked"] != asked:
        options = ", ".join(f"{name} {value}" for name, value in held["asked"].items() if value)
        raise ConfigError(
            Fault(
                str(path),
                f"another reprocess was stopped ({options or 'no options'}). Give the same options "
                "to finish it, or --restart to give it up",
            )
        )
    return Job(asked=dict(asked), span=tuple(held["span"]), until=held["until"], next=held["next"],
               counts=Counter(held["counts"]), sources=Counter(held["sources"]))  # fmt: skip
