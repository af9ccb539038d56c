"""What was taken down, asked before and after every write, so that nothing of it comes back.

`newsmill forget` first has the tombstone confirmed, then deletes.  A worker looks before it writes:
what was taken down is deleted, not written.  It looks again after it wrote, up to the end that
`articles.forgotten` has by then, and only then is the record acknowledged.  So whichever way the
two meet, one of them comes last and deletes: if the tombstone was there when the worker looked
again, the worker; if not, its write was over before the tombstone, and `forget` deletes later than
that.  A worker that dies between its write and its second look has acknowledged nothing: the record
is read again, and the first look finds the tombstone.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError, KafkaTimeoutError

from pipeline.index.sink import FORGOTTEN as GONE
from pipeline.index.sink import Document, OnWait, Sink, Stopped, Written
from pipeline.settings import Settings
from pipeline.stream.reading import reader
from schemas import ServiceUnavailable, address_id
from schemas.topics import FORGOTTEN

PATIENCE_SECS = 10.0
"""So long an answer of Kafka may take; a worker that is told to end waits for no more than one."""
PAUSE_SECS = 0.2
LONGEST_PAUSE_SECS = 10.0


class Erasing(Sink, Protocol):
    """A sink that can delete."""

    def delete(self, batch: Sequence[Document]) -> None:
        """Delete documents and their children, whatever their version."""


@dataclass
class Forgotten:
    """The names of what was taken down, as far as `look` has read them; safe from many threads.

    ``on_wait`` is told why `look` waits, and "" when it goes on.
    """

    settings: Settings
    on_wait: OnWait = lambda _reason: None
    closing: threading.Event = field(default_factory=threading.Event)
    names: set[str] = field(default_factory=set)
    _reader: KafkaConsumer | None = None
    _next: dict[TopicPartition, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def look(self) -> None:
        """Read what was taken down up to now; waits for ever while Kafka does not tell.

        Raises:
            Stopped: `close` was called while it waited.

        """
        with self._lock:
            pause, waited = PAUSE_SECS, False
            while reason := self.read_on():
                waited = True
                self.on_wait(reason)
                if self.closing.wait(pause * (0.5 + random.random())):  # noqa: S311  (jitter)
                    raise Stopped(reason)
                pause = min(pause * 2, LONGEST_PAUSE_SECS)
            if waited:
                self.on_wait("")

    def read_on(self) -> str:
        """Read on to the end that the topic has now; return why that is not possible, or ""."""
        try:
            if self._reader is None:
                self._reader = reader(
                    self.settings,
                    request_timeout_ms=int(PATIENCE_SECS * 1000),
                    bootstrap_timeout_ms=int(PATIENCE_SECS * 1000),
                )
            return self._read_on(self._reader)
        except (KafkaError, ServiceUnavailable) as error:
            self._end()
            return f"Kafka does not tell what was taken down: {type(error).__name__}: {error}"

    def holds(self, item: Document) -> bool:
        """Whether *item* was taken down, by its id or by its address."""
        return bool(self.names) and not self.names.isdisjoint(names_of(item.id, item.body))

    def close(self) -> None:
        """End any waiting and close the connection."""
        self.closing.set()
        with self._lock:
            self._end()

    def _read_on(self, consumer: KafkaConsumer) -> str:
        """Read from where it stands; return why there is nothing to read, or ""."""
        if not consumer.assignment():
            numbers = consumer.partitions_for_topic(FORGOTTEN.name)
            if not numbers:
                self._end()
                return f"there is no topic {FORGOTTEN.name}: run `newsmill topics apply`"
            consumer.assign([TopicPartition(FORGOTTEN.name, number) for number in numbers])
            for part in consumer.assignment():
                consumer.seek(part, self._next.get(part, 0))
        ends = consumer.end_offsets([*consumer.assignment()])
        if any(consumer.position(part) > end for part, end in ends.items()):
            self.names.clear()  # the topic was made anew
            consumer.seek_to_beginning(*ends)
        self._catch_up(consumer, ends)
        self._next = {part: consumer.position(part) for part in ends}
        return ""

    def _catch_up(self, consumer: KafkaConsumer, ends: Mapping[TopicPartition, int]) -> None:
        """Apply every message before *ends*."""
        late = time.monotonic() + PATIENCE_SECS
        while any(consumer.position(part) < end for part, end in ends.items()):
            for batch in consumer.poll(timeout_ms=500).values():
                for message in batch:
                    self._apply(message)
            if time.monotonic() > late:
                raise KafkaTimeoutError("its messages do not come")

    def _apply(self, message: Any) -> None:
        """Remember a name, or forget that it was forgotten."""
        name = (message.key or b"").decode(errors="replace")
        (self.names.discard if message.value is None else self.names.add)(name)

    def _end(self) -> None:
        """Close the connection; the next attempt makes another and reads on."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None


def names_of(id_: str, body: Mapping[str, Any]) -> set[str]:
    """Return the names under which an article may have been taken down: its id, its addresses.

    >>> names_of("a", {"url": {"original": "https://gazette.test/1"}}) == {
    ...     "a", address_id("https://gazette.test/1")}
    True
    """
    url = body.get("url") or {}
    addresses = (url.get("original"), url.get("full"))
    return {id_, *(address_id(one) for one in addresses if one)}


@dataclass(frozen=True, slots=True)
class WithoutForgotten:
    """A sink that writes nothing that was taken down, and deletes what was taken down meanwhile."""

    sink: Erasing
    forgotten: Forgotten

    def open(self) -> None:
        """Make ready; raises ServiceUnavailable where the server cannot be used now."""
        self.sink.open()

    def write(self, batch: Sequence[Document]) -> list[Written]:
        """Store *batch* but for what was taken down, before or while it was written.

        Raises:
            Stopped: `close` was called while it waited.

        """
        self.forgotten.look()
        gone = self._erase(batch)
        kept = [number for number, item in enumerate(batch) if item.id not in gone]
        outcomes = self.sink.write([batch[number] for number in kept]) if kept else []
        written = dict(zip(kept, outcomes, strict=True))
        if kept:
            self.forgotten.look()
            gone |= self._erase(batch[number] for number in kept)
        return [GONE if item.id in gone else written[n] for n, item in enumerate(batch)]

    def close(self) -> None:
        """End any waiting and close both connections."""
        self.forgotten.closing.set()
        self.sink.close()
        self.forgotten.close()

    def _erase(self, batch: Iterable[Document]) -> set[str]:
        """Delete what of *batch* was taken down; return its ids."""
        gone = [item for item in batch if self.forgotten.holds(item)]
        if gone:
            self.sink.delete(gone)
        return {item.id for item in gone}


def forgotten_names(settings: Settings) -> set[str]:
    """Return the names of what was taken down up to now: ids, and ids of addresses.

    Raises:
        ServiceUnavailable: Kafka does not answer, or the topic is missing.

    """
    found = Forgotten(settings)
    try:
        if reason := found.read_on():
            raise ServiceUnavailable(reason)
        return found.names
    finally:
        found.close()
