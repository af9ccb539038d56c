"""The servers themselves: what the other live tests stand on."""

from __future__ import annotations

import json
import shutil
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from kafka import KafkaAdminClient, KafkaProducer
from kafka.admin import NewTopic
from kafka.errors import KafkaError

from tests.live.servers import Server, end, missing


def test_kafka_makes_no_topic_that_nobody_declared(kafka: str) -> None:
    """A typing error in a topic's name must not become a topic."""
    with (
        closing(KafkaProducer(bootstrap_servers=kafka, max_block_ms=2_000)) as producer,
        pytest.raises(KafkaError),
    ):
        producer.send("articles.rwa", b"x").get(timeout=5)
    with closing(KafkaAdminClient(bootstrap_servers=kafka)) as client:
        assert "articles.rwa" not in client.list_topics()


def test_elasticsearch_takes_writes(elasticsearch: str) -> None:
    """A node that is up is at least yellow: every index can be written to."""
    with urllib.request.urlopen(f"{elasticsearch}/_cluster/health") as answer:
        status = json.load(answer)["status"]
    assert status in {"green", "yellow"}


def test_a_killed_broker_comes_back_with_its_topics(broker: Server) -> None:
    """SIGKILL loses nothing that was on the disk."""
    with closing(KafkaAdminClient(bootstrap_servers=broker.address)) as client:
        client.create_topics([NewTopic("articles.raw", 1, 1)])
    broker.run("kill")
    assert "down" in broker.run("status")
    broker.run("start")
    with closing(KafkaAdminClient(bootstrap_servers=broker.address)) as client:
        assert client.list_topics() == ["articles.raw"]


def test_nothing_is_left_behind(broker: Server) -> None:
    """A server that ended has no process and no folder, and ending it again is no error."""
    end(broker)
    end(broker)
    assert "down" in broker.run("status")
    assert not broker.folder.exists()


def test_a_missing_program_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without Maven the script says so, and what to do."""
    java = tmp_path / "jdk" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.symlink_to("/bin/true")
    (java.parents[1] / "release").write_text('JAVA_VERSION="21.0.1"')
    for program in ("bash", "dirname", "readlink", "sed", "cat", "id", "setpriv", "test"):
        (tmp_path / program).symlink_to(str(shutil.which(program)))
    monkeypatch.setenv("JAVA_HOME", str(java.parents[1]))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert missing("kafka") == "kafka: mvn is not installed; install it, or run ops/servers/install"
