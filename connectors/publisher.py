"""The way to Kafka: an article is sent, and it counts as sent only when Kafka has confirmed it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from kafka import KafkaProducer
from kafka.errors import KafkaError, MessageSizeTooLargeError

from connectors.errors import ItemMalformed
from connectors.response import shown
from schemas import RawArticle, ServiceUnavailable, Topic
from schemas.dead_letters import KEPT_BYTES, Origin, Reason, letter_of
from schemas.topics import DEAD, MAX_RECORD_BYTES, RAW
from schemas.version import VERSION

PATIENCE_SECS = 7 * 86400.0
"""A record waits this long in the producer.

It must not expire: an idempotent producer never recovers once one of its batches has.
"""
TICK_SECS = 0.5
Headers = tuple[tuple[str, bytes], ...]


class Publisher:
    """Sends raw articles, idempotent and confirmed by every replica; safe from as many threads.

    Args:
        bootstrap_servers: addresses of brokers, host:port, comma between.
        topic: where to.
        patience_secs: how long to wait for the confirmation of a batch.
        giving_up: says when to wait no longer at all; it is asked twice a second.
        security: further keyword arguments of kafka-python.

    Raises:
        ServiceUnavailable: no broker answers.

    """

    def __init__(
        self,
        bootstrap_servers: str,
        *,
        topic: Topic = RAW,
        patience_secs: float = PATIENCE_SECS,
        giving_up: Callable[[], bool] = lambda: False,
        **security: Any,
    ) -> None:
        self.topic = topic
        self.patience_secs = patience_secs
        self.giving_up = giving_up
        try:
            self._producer = KafkaProducer(**settings(bootstrap_servers), **security)
        except KafkaError as error:
            raise ServiceUnavailable(
                f"Kafka at {bootstrap_servers} does not answer ({error}). Start it, or set "
                "NEWSMILL_KAFKA_BOOTSTRAP_SERVERS"
            ) from error

    def publish(self, articles: Sequence[RawArticle]) -> list[ItemMalformed]:
        """Send *articles* and wait until Kafka has each of them; return those it never takes.

        An article that no topic takes becomes a dead letter: its beginning, and the reason.

        Raises:
            ServiceUnavailable: we were told to give up first, or Kafka refuses for good.

        """
        refused: list[RawArticle] = []
        waiting = []
        for article in articles:
            value = article.to_bytes()
            if len(value) > MAX_RECORD_BYTES:
                refused.append(article)
            else:
                waiting.append((article, self._send(self.topic.name, value, article.id)))
        self._confirm(waiting, refused)
        letters = [(article, self._dead_letter(article)) for article in refused]
        self._confirm(letters, [])
        return [too_big(article) for article in refused]

    def _send(self, topic: str, value: bytes, key: str, headers: Headers = ()) -> Any:
        """Hand one message to the producer; return the promise of Kafka's answer."""
        try:
            return self._producer.send(topic, value, key.encode(), list(headers))
        except KafkaError as error:
            raise unsent(error) from error

    def _dead_letter(self, article: RawArticle) -> Any:
        """Send the beginning of an article that no topic takes, with the reason."""
        origin = Origin(self.topic.name, -1, -1, article.id.encode(), article.to_bytes(), 0)
        why = Reason("connect", "too_big", "RecordError", str(too_big(article)))
        at = article.fetched_at or datetime.now(UTC)
        value, headers = letter_of(origin, why, VERSION, at, KEPT_BYTES)
        return self._send(DEAD.name, value, article.id, tuple(headers.items()))

    def _confirm(
        self, waiting: Sequence[tuple[RawArticle, Any]], refused: list[RawArticle]
    ) -> None:
        """Wait for Kafka's answer to each; what is too large for a stricter broker is *refused*."""
        late_at = time.monotonic() + self.patience_secs
        for article, future in waiting:
            self._await(future, late_at)
            if isinstance(future.exception, MessageSizeTooLargeError):
                refused.append(article)
            elif future.failed():
                raise unsent(future.exception)

    def _await(self, future: Any, late_at: float) -> None:
        """Wait until Kafka has answered for one record, or our patience is over."""
        while not future.is_done:
            if self.giving_up() or time.monotonic() > late_at:
                raise ServiceUnavailable(
                    "Kafka has not confirmed what was sent, and we wait no longer. Nothing is "
                    "lost: it is sent again at the next start"
                )
            wait(future)

    def close(self) -> None:
        """Close the connections; what is not confirmed is dropped and sent again next time."""
        self._producer.close(timeout=0 if self.giving_up() else 10)


def settings(bootstrap_servers: str) -> dict[str, Any]:
    """Return the producer's settings; each was measured against a real broker."""
    return {
        "bootstrap_servers": bootstrap_servers.split(","),
        "client_id": "newsmill-connect",
        "acks": "all",
        "enable_idempotence": True,
        "delivery_timeout_ms": int(PATIENCE_SECS * 1000),
        "request_timeout_ms": 30_000,
        "linger_ms": 5,
        "compression_type": None,  # gzip costs 25 times the CPU; Kafka's disk is cheaper
        "max_request_size": MAX_RECORD_BYTES + (64 << 10),
    }


def wait(future: Any) -> None:
    """Wait a moment for *future*; what became of it is asked afterwards."""
    try:
        future.get(timeout=TICK_SECS)
    except KafkaError:
        return  # a time-out, or a failure that the caller reads off the future


def too_big(article: RawArticle) -> ItemMalformed:
    """Return why an article cannot be sent."""
    return ItemMalformed(
        shown(article.url) or article.id,
        f"{len(article.to_bytes()):,} bytes; a record has {MAX_RECORD_BYTES:,} at most",
    )


def unsent(error: BaseException) -> ServiceUnavailable:
    """Return a failure of the producer in words."""
    return ServiceUnavailable(
        f"Kafka did not take an article ({type(error).__name__}: {error}). Nothing is lost: it is "
        "sent again. See `newsmill topics` if the topic is missing"
    )
