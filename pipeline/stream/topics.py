"""The topics as they are in Kafka: made, compared with the table, never deleted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from kafka import KafkaAdminClient
from kafka.admin import NewTopic
from kafka.errors import KafkaError, TopicAlreadyExistsError

from pipeline.settings import Settings
from pipeline.stream import reach
from schemas import TOPICS, ServiceUnavailable, Topic

LISTED_SECS = 30.0
"""A topic that was made is listed by every broker after a moment; so long is waited for that."""


@dataclass(frozen=True, slots=True)
class TopicState:
    """One line of the table: the topic as it should be, and what differs."""

    name: str
    about: str
    partitions: int
    present: bool
    differs: tuple[str, ...]


@contextmanager
def admin(settings: Settings) -> Iterator[KafkaAdminClient]:
    """Give a client that administers Kafka; raises ServiceUnavailable where it does not answer."""
    reach.check(settings)
    try:
        client = KafkaAdminClient(
            bootstrap_servers=settings.kafka_bootstrap_servers.split(","),
            client_id="newsmill-admin",
            request_timeout_ms=20_000,
            bootstrap_timeout_ms=10_000,
            **settings.kafka_security(),
        )
    except KafkaError as error:
        raise ServiceUnavailable(
            f"Kafka at {settings.kafka_bootstrap_servers} does not answer ({error}): is it up, and "
            "is NEWSMILL_KAFKA_BOOTSTRAP_SERVERS right?"
        ) from error
    try:
        yield client
    except KafkaError as error:
        raise ServiceUnavailable(f"Kafka refused: {error}") from error
    finally:
        client.close()


def apply(settings: Settings) -> list[str]:
    """Make the topics that are missing and return their names when Kafka lists them; repeatable.

    Raises:
        ServiceUnavailable: Kafka does not answer, or does not list them in time.

    """
    with admin(settings) as client:
        present = set(client.list_topics())
        missing = [topic for topic in TOPICS if topic.name not in present]
        for topic in missing:
            make(client, topic, settings.replicas)
        late = time.monotonic() + LISTED_SECS
        while unlisted := {topic.name for topic in missing} - set(client.list_topics()):
            if time.monotonic() > late:
                told = ", ".join(sorted(unlisted))
                raise ServiceUnavailable(f"Kafka took these topics and does not list them: {told}")
            time.sleep(0.1)
    return [topic.name for topic in missing]


def make(client: KafkaAdminClient, topic: Topic, replicas: int) -> None:
    """Make one topic; another process may have been faster."""
    new = NewTopic(topic.name, topic.partitions, replicas, topic_configs=topic.config())
    try:
        client.create_topics([new])
    except TopicAlreadyExistsError:
        return


def states(settings: Settings) -> list[TopicState]:
    """Return every topic of the table as it is in Kafka."""
    with admin(settings) as client:
        found = {one["name"]: one for one in described(client)}
        return [state(topic, found.get(topic.name), client) for topic in TOPICS]


def described(client: KafkaAdminClient) -> list[dict[str, Any]]:
    """Return what Kafka says of its topics."""
    names = [topic.name for topic in TOPICS]
    present = set(client.list_topics())
    wanted = [name for name in names if name in present]
    return list(client.describe_topics(wanted)) if wanted else []


def state(topic: Topic, found: dict[str, Any] | None, client: KafkaAdminClient) -> TopicState:
    """Return one topic compared with the table."""
    if found is None:
        return TopicState(topic.name, topic.about, topic.partitions, False, ())
    partitions = len(found["partitions"])
    return TopicState(topic.name, topic.about, partitions, True, tuple(differences(topic, client)))


def differences(topic: Topic, client: KafkaAdminClient) -> Iterator[str]:
    """Yield each setting of a topic that is not as in the table."""
    from kafka.admin import ConfigResource, ConfigResourceType

    resource = ConfigResource(ConfigResourceType.TOPIC, topic.name)
    given = client.describe_configs([resource])["topic"][topic.name]
    for name, wanted in topic.config().items():
        value = given.get(name, {}).get("value")
        if str(value) != wanted:
            yield f"{name} is {value}, the table says {wanted}"
