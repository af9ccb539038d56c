from types import SimpleNamespace

import pytest
from kafka.errors import KafkaError, TopicAlreadyExistsError

from pipeline.settings import Settings
from pipeline.stream import topics
from pipeline.stream.topics import TopicState, apply, states
from schemas import TOPICS, ServiceUnavailable

SETTINGS = Settings(_env_file=None, replicas=1)
NAMES = [topic.name for topic in TOPICS]


class Broker:
    """What is asked of a Kafka: topics with their settings."""

    def __init__(self, **present):
        self.present = present
        self.closed = False
        self.race = False

    def list_topics(self):
        return list(self.present)

    def create_topics(self, new):
        for topic in new:
            self.present[topic.name] = (topic.num_partitions, dict(topic.topic_configs))
            if self.race:
                raise TopicAlreadyExistsError

    def describe_topics(self, names):
        return [{"name": name, "partitions": [None] * self.present[name][0]} for name in names]

    def describe_configs(self, resources):
        (resource,) = resources
        config = self.present[resource.name][1]
        return {"topic": {resource.name: {key: {"value": one} for key, one in config.items()}}}

    def close(self):
        self.closed = True


@pytest.fixture(autouse=True)
def _let_in(monkeypatch):
    """Take it that Kafka lets us in: tests/live/test_kafka_security.py holds what else."""
    monkeypatch.setattr(topics.reach, "check", lambda _settings: None)


@pytest.fixture
def broker(monkeypatch):
    broker = Broker()
    monkeypatch.setattr(topics, "KafkaAdminClient", lambda **_options: broker)
    return broker


def test_apply_makes_what_is_missing_once(broker):
    """The first run makes every topic of the table, the second none; the client is closed."""
    assert (apply(SETTINGS), apply(SETTINGS)) == (NAMES, [])
    assert broker.closed
    assert all(state.present and not state.differs for state in states(SETTINGS))


def test_apply_leaves_what_is_there_as_it_is(broker):
    """A topic with other settings is an operator's choice, and is told, never changed."""
    broker.present["articles.raw"] = (3, {"retention.ms": "1"})
    assert "articles.raw" not in apply(SETTINGS)
    raw = next(state for state in states(SETTINGS) if state.name == "articles.raw")
    assert (raw.partitions, broker.present["articles.raw"][0]) == (3, 3)
    assert "retention.ms is 1, the table says 604800000" in raw.differs


def test_two_may_apply_at_once(broker):
    """Another process that was faster is no error."""
    broker.race = True
    assert apply(SETTINGS) == NAMES


def test_a_missing_topic_is_told(broker):
    """It has the state that the table gives it, and is not present."""
    first = TOPICS[0]
    assert states(SETTINGS)[0] == TopicState(
        first.name, first.about, first.partitions, present=False, differs=()
    )


def test_a_kafka_that_is_away_is_told_in_words(monkeypatch):
    """The sentence names the address and the variable that holds it."""

    def away(**_options):
        raise KafkaError("no brokers")

    monkeypatch.setattr(topics, "KafkaAdminClient", away)
    with pytest.raises(ServiceUnavailable, match="NEWSMILL_KAFKA_BOOTSTRAP_SERVERS"):
        apply(SETTINGS)


def test_what_kafka_refuses_is_told_and_the_client_closed(broker, monkeypatch):
    """An error in the middle is a service that cannot be used now."""

    def refuse(_new):
        raise KafkaError("not authorised")

    monkeypatch.setattr(broker, "create_topics", refuse)
    with pytest.raises(ServiceUnavailable, match="not authorised"):
        apply(SETTINGS)
    assert broker.closed


def test_every_broker_and_secret_is_passed_on(monkeypatch):
    """Addresses are a list, and the security is that of the settings."""
    seen = {}

    def client(**options):
        seen.update(options)
        return SimpleNamespace(list_topics=lambda: NAMES, close=lambda: None)

    monkeypatch.setattr(topics, "KafkaAdminClient", client)
    apply(
        Settings(_env_file=None, kafka_bootstrap_servers="a:1,b:2", kafka_security_protocol="SSL")
    )
    assert seen["bootstrap_servers"] == ["a:1", "b:2"]
    assert seen["security_protocol"] == "SSL"
