"""The way to Kafka, with a producer that a test controls; the real one is in tests/live."""

from __future__ import annotations

from typing import Any

import pytest
from kafka.errors import KafkaConnectionError, KafkaTimeoutError, MessageSizeTooLargeError
from kafka.future import Future

from connectors import publisher
from connectors.publisher import Publisher, settings
from schemas import ServiceUnavailable
from schemas.dead_letters import KEPT_BYTES
from schemas.topics import MAX_RECORD_BYTES
from tests.connectors.test_round import story


class Confirmation(Future):  # type: ignore[misc]  # kafka-python has no types
    """An answer of Kafka that is there at once, comes, or never does."""

    def get(self, timeout: float | None = None) -> Any:
        """Wait no longer than a test should."""
        if not self.is_done:
            raise KafkaTimeoutError
        if self.exception:
            raise self.exception
        return self.value


class Producer:
    """Stands for kafka-python's producer."""

    error: Exception | None = None
    silent = False

    def __init__(self, **config: Any) -> None:
        """Keep the settings."""
        self.config = config
        self.sent: list[tuple[str, bytes, bytes]] = []

    def send(
        self,
        topic: str,
        value: bytes,
        key: bytes,
        headers: list[tuple[str, bytes]],
    ) -> Confirmation:
        """Take a record."""
        self.sent.append((topic, value, key))
        future = Confirmation()
        if self.error:
            future.failure(self.error)
        elif not self.silent:
            future.success("stored")
        return future


@pytest.fixture
def producer(monkeypatch: pytest.MonkeyPatch) -> type[Producer]:
    """Put a producer of ours in the place of Kafka's."""
    made: type[Producer] = type("Made", (Producer,), {})
    monkeypatch.setattr(publisher, "KafkaProducer", made)
    return made


def test_key_is_the_id(producer: type[Producer]) -> None:
    """The key of a message is the article's id, its value the record."""
    way = Publisher("a:1,b:2", security_protocol="SSL")
    assert way.publish([story(1)]) == []
    kafka: Any = way._producer
    assert kafka.sent == [("articles.raw", story(1).to_bytes(), story(1).id.encode())]
    assert kafka.config["bootstrap_servers"] == ["a:1", "b:2"]
    assert kafka.config["security_protocol"] == "SSL"


def test_a_batch_never_expires() -> None:
    """Records wait for Kafka as long as it takes: an expired batch ends an idempotent producer."""
    chosen = settings("a:1")
    assert chosen["delivery_timeout_ms"] == 7 * 86400 * 1000
    assert (chosen["acks"], chosen["enable_idempotence"]) == ("all", True)
    assert chosen["max_request_size"] > MAX_RECORD_BYTES


def test_too_big(producer: type[Producer]) -> None:
    """A record that is too big is named and becomes a dead letter; its neighbours are sent."""
    way = Publisher("a:1")
    refused = way.publish([story(1), story(2, "x" * MAX_RECORD_BYTES), story(3)])
    assert [malformed.where for malformed in refused] == ["https://g.example/2"]
    kafka: Any = way._producer
    topic, value, key = kafka.sent[-1]
    assert (topic, key, len(value)) == ("articles.dead", story(2).id.encode(), KEPT_BYTES)


def test_too_big_for_this_broker(producer: type[Producer]) -> None:
    """A broker that takes less than we do refuses one record, not the batch."""
    producer.error = MessageSizeTooLargeError("1 MB here")
    assert [m.where for m in Publisher("a:1").publish([story(1)])] == ["https://g.example/1"]


def test_failure(producer: type[Producer]) -> None:
    """Anything else that goes wrong ends the round, in words."""
    producer.error = KafkaTimeoutError("gone")
    with pytest.raises(ServiceUnavailable, match="Nothing is lost"):
        Publisher("a:1").publish([story(1)])


def test_waits_until_told(producer: type[Producer]) -> None:
    """Without a confirmation it waits, until it is told to give up."""
    producer.silent = True
    answers = iter([False, False, True])
    with pytest.raises(ServiceUnavailable, match="not confirmed"):
        Publisher("a:1", giving_up=lambda: next(answers)).publish([story(1)])
    assert next(answers, "asked three times") == "asked three times"


def test_patience(producer: type[Producer]) -> None:
    """Or until its patience is over."""
    producer.silent = True
    with pytest.raises(ServiceUnavailable, match="not confirmed"):
        Publisher("a:1", patience_secs=0.0).publish([story(1)])


def test_no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Kafka that is not there is told with its address and what to set."""

    def nobody(**_: Any) -> None:
        raise KafkaConnectionError

    monkeypatch.setattr(publisher, "KafkaProducer", nobody)
    with pytest.raises(ServiceUnavailable, match=r"a:1.*NEWSMILL_KAFKA_BOOTSTRAP_SERVERS"):
        Publisher("a:1")
