"""The servers themselves: what the other live tests stand on."""

from __future__ import annotations

import json
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from kafka import KafkaAdminClient, KafkaProducer
from kafka.errors import KafkaError

from tests.live.servers import Server, boot, end


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


def test_a_killed_broker_comes_back_with_its_topics(kafka_server: Server) -> None:
    """SIGKILL loses nothing that was on the disk."""
    kafka_server.run("kill")
    assert "down" in kafka_server.run("status")
    kafka_server.run("start")
    assert "up" in kafka_server.run("status")


def test_nothing_is_left_behind(kafka_server: Server) -> None:
    """A server that ended has no folder, and ending it again is no error."""
    other = boot("kafka")
    end(other)
    end(other)
    assert not Path(other.folder).exists()
    assert "up" in kafka_server.run("status")


def test_a_missing_program_is_said_in_one_sentence(
    kafka_server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without Maven the script says so, and what to do, and exits."""
    for program in ("bash", "dirname", "readlink", "sed", "cat", "id", "env", "setpriv", "test"):
        (tmp_path / program).symlink_to(f"/usr/bin/{program}")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RuntimeError, match="mvn is not installed; install it, or run ops/servers"):
        kafka_server.run("check")
