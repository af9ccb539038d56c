import faust
import pytest

from pipeline.settings import Settings
from pipeline.stream.app import credentials, group, make_app, raw_topic
from schemas.topics import MAX_RECORD_BYTES, RAW


def settings(**changes):
    """Return settings that read nothing of this machine."""
    return Settings(_env_file=None, **changes)


def test_each_stage_and_lane_keeps_its_own_place():
    """No two share a consumer group, so a backfill never moves live news."""
    names = [group(stage, lane) for stage in ("clean", "index") for lane in ("live", "backfill")]
    assert names == [
        "newsmill-clean", "newsmill-clean-backfill", "newsmill-index", "newsmill-index-backfill",
    ]  # fmt: skip


@pytest.fixture
def app():
    return make_app("clean", "live", settings(kafka_bootstrap_servers="a:1,b:2"))


def test_every_broker_is_known(app):
    """One that is away is no reason not to start."""
    assert [f"{url.host}:{url.port}" for url in app.conf.broker] == ["a:1", "b:2"]


def test_nothing_is_lost_by_its_settings(app):
    """All replicas confirm, a new group begins at the oldest message, a bug ends the process."""
    conf = app.conf
    assert (conf.producer_acks, conf.consumer_auto_offset_reset) == (-1, "earliest")
    assert conf.agent_supervisor.__name__ == "CrashingSupervisor"
    assert conf.stream_wait_empty is True
    assert conf.producer_max_request_size > MAX_RECORD_BYTES


def test_a_worker_opens_no_port_and_makes_no_topic(app):
    """No web server, and no topic that the table does not name."""
    assert (app.conf.web_enabled, app.conf.topic_allow_declare) == (False, False)
    assert app.conf.topic_disable_leader is True


def test_a_topic_is_raw_bytes(app):
    """What a stranger writes reaches the stage as it is, empty or not."""
    topic = raw_topic(app, RAW)
    assert list(topic.topics) == ["articles.raw"]
    assert (topic.key_type, topic.value_type, topic.allow_empty) == (bytes, bytes, True)


def test_credentials_fit_the_protocol():
    """None for plain text, TLS for SSL, user and password for SASL, with TLS where asked for."""
    assert credentials(settings()) is None
    assert isinstance(credentials(settings(kafka_security_protocol="SSL")), faust.SSLCredentials)
    sasl = {"kafka_username": "ann", "kafka_password": "hunter2"}
    plain = credentials(settings(kafka_security_protocol="SASL_PLAINTEXT", **sasl))
    assert (plain.username, plain.password, plain.ssl_context) == ("ann", "hunter2", None)
    assert credentials(settings(kafka_security_protocol="SASL_SSL", **sasl)).ssl_context
