"""Dead letters read back: listed, shown, and sent again to the topic they came from.

The topic is compacted, so the last message of a key is what counts and a tombstone means resolved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kafka import KafkaProducer
from kafka.errors import KafkaError

from pipeline.settings import Settings
from pipeline.stream.reading import messages
from schemas import DeadLetter, ServiceUnavailable
from schemas.dead_letters import read, replay_headers
from schemas.topics import DEAD, MAX_RECORD_BYTES, TOPICS

ACK_SECS = 120.0
SENDABLE = frozenset(topic.name for topic in TOPICS)


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of one dead letter that was to be replayed."""

    id: str
    sent_to: str
    problem: str


def unresolved(settings: Settings) -> dict[str, DeadLetter]:
    """Return the dead letters that nobody has resolved, by id, oldest place first.

    Raises:
        ServiceUnavailable: Kafka does not answer.

    """
    letters: dict[str, DeadLetter] = {}
    try:
        for message in messages(settings, DEAD):
            key = (message.key or b"").decode(errors="replace")
            letters.pop(key, None)
            if message.value is not None:
                letters[key] = read(message.key, message.value, message.headers)
    except KafkaError as error:
        raise ServiceUnavailable(f"Kafka does not give the dead letters: {error}") from error
    return letters


def replay(
    settings: Settings, letters: Sequence[DeadLetter], told: Callable[[Replayed], None]
) -> int:
    """Send *letters* again; return how many were sent.

    A dead letter stays until its record has ended: in the index or left out, then the stage that
    saw it end writes the tombstone; given up again, then it counts one attempt more.

    Raises:
        ServiceUnavailable: Kafka does not answer; what was not told as sent stays unresolved.

    """
    sent = 0
    try:
        producer = make_producer(settings)
        try:
            for letter in letters:
                result = send_again(producer, letter)
                sent += not result.problem
                told(result)
        finally:
            producer.close()
    except KafkaError as error:
        raise ServiceUnavailable(f"Kafka does not take the records: {error}") from error
    return sent


def make_producer(settings: Settings) -> KafkaProducer:
    """Return a producer that confirms and never repeats."""
    return KafkaProducer(
        bootstrap_servers=settings.kafka_bootstrap_servers.split(","),
        acks="all",
        enable_idempotence=True,
        max_request_size=MAX_RECORD_BYTES + (1 << 20),
        **settings.kafka_security(),
    )


def send_again(producer: KafkaProducer, letter: DeadLetter) -> Replayed:
    """Send one record to the topic it came from; it names its dead letter, and resolves it."""
    if letter.truncated:
        place = f"{letter.topic}, partition {letter.partition}, offset {letter.offset}"
        return Replayed(letter.id, "", f"only its beginning is held here; the whole is in {place}")
    if letter.topic not in SENDABLE:
        return Replayed(letter.id, "", f"it came from {letter.topic!r}, which is no topic of ours")
    key = letter.id.encode(errors="replace")
    headers = list(replay_headers(letter.attempts, letter.id).items())
    producer.send(letter.topic, key=key, value=letter.record, headers=headers).get(ACK_SECS)
    return Replayed(letter.id, letter.topic, "")
