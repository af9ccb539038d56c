"""Dead letters that somebody resolves by hand, each with a receipt.

The receipt is a record in ``articles.dropped``: who, why, of which letter.  It is confirmed before
the letter's tombstone is sent, so that at no moment the record is in neither place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from kafka import KafkaProducer
from kafka.errors import KafkaError

from pipeline.settings import Settings
from pipeline.stream.replay import ACK_SECS, AT_ONCE, make_producer
from schemas import DeadLetter, Dropped, DropReason, ServiceUnavailable, document_version
from schemas.topics import DEAD, DROPPED


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about dead letters: why, in the closed list and in words, and who."""

    reason: DropReason
    why: str
    by: str


def settle(
    settings: Settings,
    letters: Sequence[DeadLetter],
    decision: Decision,
    told: Callable[[DeadLetter], None] = lambda _letter: None,
) -> int:
    """Resolve *letters* for good; return how many.

    Raises:
        ServiceUnavailable: Kafka does not answer; what was not told stays unresolved.

    """
    rest, settled = iter(letters), 0
    try:
        with closing(make_producer(settings)) as producer:
            while batch := [*islice(rest, AT_ONCE)]:
                send(producer, DROPPED.name, receipts(batch, decision))
                send(producer, DEAD.name, ((one.name, None) for one in batch))
                settled += len(batch)
                for letter in batch:
                    told(letter)
    except KafkaError as error:
        raise ServiceUnavailable(f"Kafka does not take the receipts: {error}") from error
    return settled


def send(producer: KafkaProducer, topic: str, pairs: Iterator[tuple[str, bytes | None]]) -> None:
    """Send keys and values; return when Kafka has confirmed them all."""
    promises = [
        producer.send(topic, key=key.encode(errors="replace"), value=value) for key, value in pairs
    ]
    for promise in promises:
        promise.get(ACK_SECS)


def receipts(
    letters: Sequence[DeadLetter], decision: Decision
) -> Iterator[tuple[str, bytes | None]]:
    """Yield the key and the value of the receipt of each letter."""
    at = datetime.now(UTC)
    for letter in letters:
        yield letter.id, receipt(letter, decision, at).to_bytes()


def receipt(letter: DeadLetter, decision: Decision, at: datetime) -> Dropped:
    """Return the record that says how *letter* ended.

    >>> at = datetime(2026, 11, 1, tzinfo=UTC)
    >>> letter = DeadLetter(id="3f1c", name="3f1c:9a", stage="clean", reason="no_text", at=at)
    >>> receipt(letter, Decision("resolved", "a gallery", "anna"), at).message
    'a gallery (given up by clean: no_text)'
    """
    given_up = f"given up by {letter.stage}: {letter.reason}"
    return Dropped(
        id=letter.id,
        stage=letter.stage,
        reason=decision.reason,
        message=f"{decision.why} ({given_up})" if decision.why else given_up,
        at=at,
        source=letter.source,
        version=document_version(letter.fetched_at) if letter.fetched_at else None,
        by=decision.by,
        letter=letter.name,
    )
