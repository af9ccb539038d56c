"""Dead letters sent again: each record goes to the topic it came from, or to a lane of it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any

from kafka import KafkaProducer
from kafka.errors import KafkaError, MessageSizeTooLargeError

from pipeline.settings import Settings
from pipeline.stream import reach
from pipeline.stream.letters import with_records
from schemas import DeadLetter, ServiceUnavailable
from schemas.dead_letters import replayed
from schemas.topics import CLEAN, ENRICHED, LANES, MAX_MESSAGE_BYTES, RAW, lane

ACK_SECS = 120.0
AT_ONCE = 16
"""Records that wait for Kafka's answer together."""
LANED = {lane(topic, name).name: topic for topic in (RAW, CLEAN, ENRICHED) for name in LANES}
"""Topics that a replay may go to, and the live one of each."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of one dead letter that was to be replayed."""

    id: str
    sent_to: str
    problem: str


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast records are sent: ``rate`` a second, 0 for as fast as Kafka takes them."""

    rate: float = 0.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def batches(self, letters: Iterator[DeadLetter]) -> Iterator[list[DeadLetter]]:
        """Yield *letters* in batches that come no faster than they may."""
        size = min(AT_ONCE, math.ceil(self.rate)) or AT_ONCE
        begun, given = self.clock(), 0
        while batch := [*islice(letters, size)]:
            if self.rate:
                self.sleep(max(0.0, begun + given / self.rate - self.clock()))
            yield batch
            given += len(batch)


def replay(
    settings: Settings,
    letters: Sequence[DeadLetter],
    told: Callable[[Replayed], None],
    *,
    into: str = "",
    pace: Pace | None = None,
) -> int:
    """Send *letters* again, *into* a lane or the one they came from; return how many were sent.

    A dead letter stays until its record has ended: in the index or left out, then the stage that
    saw it end writes the tombstone; given up again, then it counts one attempt more.

    Raises:
        ServiceUnavailable: Kafka does not answer; what was not told as sent stays unresolved.

    """
    sent = 0
    try:
        with closing(make_producer(settings)) as producer:
            for batch in (pace or Pace()).batches(with_records(settings, letters)):
                for result in send_again(producer, batch, into):
                    sent += not result.problem
                    told(result)
    except KafkaError as error:
        raise ServiceUnavailable(f"Kafka does not take the records: {error}") from error
    return sent


def make_producer(settings: Settings) -> KafkaProducer:
    """Return a producer that confirms and never repeats."""
    reach.check(settings)
    return KafkaProducer(
        bootstrap_servers=settings.kafka_bootstrap_servers.split(","),
        acks="all",
        enable_idempotence=True,
        max_request_size=MAX_MESSAGE_BYTES + (1 << 20),
        **settings.kafka_security(),
    )


def send_again(
    producer: KafkaProducer, batch: Sequence[DeadLetter], into: str
) -> Iterator[Replayed]:
    """Send records; each names its dead letter, and resolves it when it has ended."""
    waiting = []
    for letter in batch:
        target, problem = target_of(letter, into)
        future = None if problem else promise(producer, letter, target)
        waiting.append((letter, target, problem, future))
    for letter, target, problem, future in waiting:
        why = problem or confirmed(future)
        yield Replayed(letter.id, "" if why else target, why)


def promise(producer: KafkaProducer, letter: DeadLetter, target: str) -> Any:
    """Hand one record to the producer; return the promise of Kafka's answer."""
    headers = [*replayed(letter).items()]
    key = letter.id.encode(errors="replace")
    return producer.send(target, key=key, value=letter.record, headers=headers)


def confirmed(future: Any) -> str:
    """Wait for Kafka's answer; return why it can never take the record, or nothing."""
    try:
        future.get(ACK_SECS)
    except MessageSizeTooLargeError as error:
        return f"Kafka does not take a record of this size: {error}"
    return ""


def target_of(letter: DeadLetter, into: str = "") -> tuple[str, str]:
    """Return the topic that a record goes to again, and why it cannot."""
    if letter.truncated:
        where = f"{letter.topic}, partition {letter.partition}, offset {letter.offset}"
        gone = f"nor is the whole in {where} any more" if letter.offset >= 0 else (
            "for no topic took the whole: it is read again from its source")  # fmt: skip
        return "", f"only its beginning is held here, {gone}"
    if letter.topic not in LANED:
        return "", f"it came from {letter.topic!r}, which is no topic of ours"
    return (lane(LANED[letter.topic], into).name if into else letter.topic), ""
