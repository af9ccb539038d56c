"""TLS and passwords to a real Kafka: each of our clients is let in, and told why when it is not."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import certifi
import pytest

from connectors.publisher import Publisher
from pipeline.settings import Settings
from pipeline.stream import topics
from pipeline.stream.reach import why_not
from pipeline.stream.reading import messages
from schemas import RawArticle, ServiceUnavailable
from schemas.topics import RAW
from tests.live.secured import KAFKA_PASSWORD, kafka_security
from tests.live.servers import Server

MECHANISMS = ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")


def settings(server: Server, **other: Any) -> Settings:
    """Return settings that sign in to *server*."""
    return Settings(_env_file=None, **kafka_security(server, **other))


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_every_client_is_let_in(secured_kafka: Server, mechanism: str) -> None:
    """Admin, producer and reader sign in over TLS by each mechanism; so does the probe."""
    own = settings(secured_kafka, kafka_sasl_mechanism=mechanism)
    topics.apply(own)
    article = RawArticle(
        id=mechanism, source="gazette", content_type="text/plain", body="Rain fell.",
        fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
    )  # fmt: skip
    with closing(Publisher(own.kafka_bootstrap_servers, **own.kafka_security())) as publisher:
        assert publisher.publish([article]) == []
    assert mechanism.encode() in {message.key for message in messages(own, RAW)}
    assert why_not(own) == ""


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "password": ({"kafka_password": "not-it"}, "NEWSMILL_KAFKA_PASSWORD"),
    "plain password": (
        {"kafka_password": "not-it", "kafka_sasl_mechanism": "PLAIN"},
        "NEWSMILL_KAFKA_PASSWORD",
    ),
    "user": ({"kafka_username": "nobody"}, "let 'nobody' in"),
    "authority": ({"kafka_ca_certs": certifi.where()}, "NEWSMILL_KAFKA_CA_CERTS"),
    "no authority": ({"kafka_ca_certs": ""}, "NEWSMILL_KAFKA_CA_CERTS"),
    "no TLS": ({"kafka_security_protocol": "PLAINTEXT"}, "NEWSMILL_KAFKA_SECURITY_PROTOCOL"),
    "no password": ({"kafka_security_protocol": "SSL"}, "NEWSMILL_KAFKA_SECURITY_PROTOCOL"),
    "port": ({"kafka_bootstrap_servers": "127.0.0.1:9"}, "nobody takes the connection"),
}


@pytest.mark.parametrize("what", WRONG)
def test_who_is_not_let_in_is_told_why(secured_kafka: Server, what: str) -> None:
    """One sentence names the broker and the setting, and repeats no password."""
    other, expected = WRONG[what]
    with pytest.raises(ServiceUnavailable) as refused:
        topics.apply(settings(secured_kafka, **other))
    assert expected in str(refused.value)
    assert other.get("kafka_bootstrap_servers", secured_kafka.address) in str(refused.value)
    assert "not-it" not in str(refused.value)
    assert KAFKA_PASSWORD not in str(refused.value)
