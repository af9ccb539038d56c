"""Kafka that is away, frozen, silent, without a leader, full, or forgetful."""

from __future__ import annotations

import time
from contextlib import closing

import pytest
from kafka import KafkaAdminClient, KafkaConsumer, TopicPartition

from tests.faults.lab import stay
from tests.live.stack import wait_for

pytestmark = pytest.mark.timeout(1800)


@pytest.mark.faults(2)
@pytest.mark.parametrize("how", ["stop", "kill"])
def test_the_broker_is_restarted(trial, how):
    """Away for a while: whoever is idle says so too, the generator waits, and all goes on alone."""
    with trial.generator.load(per_sec=10):
        time.sleep(3)
        trial.lab.kafka.run(how)
        for stage in ("clean", "enrich", "index"):
            trial.says(stage, "Kafka")
        stay(60, least=5)
        trial.lab.kafka.run("start")
    trial.ends_well()


@pytest.mark.faults(2)
def test_a_worker_is_started_before_kafka(trial):
    """It waits and says for what, rather than end; and it begins when Kafka is there."""
    trial.send(20)
    trial.lab.stack.stop("clean")
    trial.lab.kafka.run("stop")
    trial.lab.stack.start("clean")
    trial.says("clean", "Kafka")
    trial.lab.kafka.run("start")
    trial.ends_well()


@pytest.mark.faults(2)
@pytest.mark.live
def test_the_broker_is_frozen(trial):
    """A broker that holds its connections and says nothing: health says so, and nothing is lost."""
    trial.send(40)
    trial.lab.kafka.run("pause")
    trial.says("index", "Kafka")
    stay(60)
    trial.lab.kafka.run("resume")
    trial.send(40)
    trial.ends_well()


@pytest.mark.faults(14)
def test_connections_to_kafka_fall_silent(trial):
    """A firewall forgot them: nobody waits for twenty minutes, as with Faust's defaults."""
    with trial.generator.load(per_sec=10):
        time.sleep(2)
        trial.lab.kafka_proxy.set("silent")
        trial.says("clean", "Kafka")
        stay(90)
        trial.lab.kafka_proxy.heal()
        assert trial.lab.kafka_proxy.counts.swallowed
    trial.ends_well()


@pytest.mark.faults(14)
def test_a_cable_is_pulled_for_a_while(trial):
    """All connections of all workers stand still, and go on."""
    with trial.generator.load(per_sec=10):
        time.sleep(2)
        for proxy in (trial.lab.kafka_proxy, trial.lab.index_proxy):
            proxy.set("hold")
        stay(90, least=20)
        trial.lab.heal()
    trial.ends_well()


@pytest.mark.faults(20)
@pytest.mark.live
def test_kafka_forgot_what_nobody_had_read(trial):
    """Retention was shorter than the outage: counted, noted, and the audit ends with 3."""
    stack = trial.lab.stack
    trial.send(20)
    trial.lab.settle()
    stack.stop("clean")
    trial.send(30)
    forget(trial.lab.bootstrap)
    stack.start("clean")
    trial.lab.wait_until_ready()
    trial.send(200)  # one in each partition at least: a worker meets a gap by what follows it
    trial.lab.settle()
    wait_for(lambda: trial.lab.report("clean")["counts"].get("expired") == 30, 60, trial.judged)
    done = trial.lab.command("audit", "--source", trial.generator.source)
    assert done.returncode == 3, done.stdout + done.stderr
    trial.result = trial.judged()
    assert len(trial.result.missing) == 30


def forget(kafka):
    """Make Kafka delete every raw record, as retention does."""
    with (
        closing(KafkaConsumer(bootstrap_servers=kafka)) as reader,
        closing(KafkaAdminClient(bootstrap_servers=kafka)) as admin,
    ):
        parts = [TopicPartition("articles.raw", number) for number in range(8)]
        admin.delete_records(reader.end_offsets(parts))
