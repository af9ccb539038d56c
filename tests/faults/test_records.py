"""Records that are poisoned, new, huge, twice, late, out of order, or from another time."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.structs import OffsetAndMetadata

from schemas.topics import RAW
from tests.faults.lab import lasting, memory_mb, poll
from tests.live.articles import REASONS, bad_records
from tests.live.stack import ROOT, STAGES, produce

pytestmark = pytest.mark.timeout(1800)
NEWER = "import schemas.record as record\nrecord.READABLE = range(1, 1000)\n"
"""Put before a worker's own code, this makes it one that reads records of a later newsmill."""


def offer(trial, messages):
    """Send (key, value) pairs as they are, and count them as accepted."""
    pairs = list(messages)
    produce(trial.lab.stack, pairs)
    with trial.generator.path.open("a") as acked:
        acked.writelines(f"{key}\n" for key, _ in pairs)


@pytest.mark.faults(7)
@pytest.mark.live
def test_poison_costs_no_neighbour(trial):
    """One bad record in ten: each good one is indexed, each bad one given up with its reason."""
    trial.send(45)
    offer(trial, bad_records().items())
    trial.send(45)
    ended = trial.ends_well()
    assert ended.dead == REASONS
    assert ended.indexed == 90


@pytest.mark.faults(8)
def test_a_parser_that_crashes_costs_its_record_alone(trial):
    """SIGSEGV into the processes that parse: neighbours come through, nobody leaves the group."""
    pid, before = trial.lab.stack.agents["clean"].pid, trial.lab.rebalances()
    with trial.generator.load(per_sec=40):
        for _ in range(round(lasting(60, least=6))):
            time.sleep(trial.rng.uniform(0.3, 1.5))
            for child in parsers(pid):
                send(child, signal.SIGSEGV)
    assert set(trial.ends_well().dead.values()) <= {"crash"}
    assert trial.lab.rebalances() == before


def send(pid, kind):
    """Send a signal to a process, if it is still there."""
    with suppress(ProcessLookupError):  # it was replaced just now
        os.kill(pid, kind)


def parsers(pid):
    """Return the pool processes of a worker."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(one) for one in listed if "spawn_main" in commandline(one)]


def commandline(pid):
    """Return what a process was started with; nothing if it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except FileNotFoundError:
        return ""


@pytest.mark.faults(9)
@pytest.mark.live
def test_records_of_older_and_newer_code(trial, tmp_path):
    """A new field is ignored; a new schema waits as a dead letter until newer code replays it."""
    known, strange, future = (orjson.loads(trial.generator.make().to_bytes()) for _ in range(3))
    strange |= {"colour": "red", "schema_version": 42, "parts": {"deep": [1, 2]}}
    future |= {"schema_version": 999}
    offer(trial, ((one["id"], orjson.dumps(one)) for one in (known, strange, future)))
    assert trial.ends_well().dead == {future["id"]: "unknown_schema"}
    (tmp_path / "sitecustomize.py").write_text(NEWER)
    stack = trial.lab.stack
    stack.stop("clean")
    stack.start("clean", PYTHONPATH=f"{tmp_path}:{ROOT}")
    assert trial.lab.command("dead", "replay", "--lane", "live", future["id"]).returncode == 0
    assert poll(lambda: trial.indexed() == 3, 120)
    assert trial.ends_well().dead == {}
    stack.stop("clean")


@pytest.mark.faults(10)
@pytest.mark.live
def test_a_record_cannot_make_the_index_explode(trial):
    """Thousands of fields, a keyword above 32 KB, an id above 512 bytes: the mapping stays."""
    before = trial.lab.direct.indices.get_mapping(index="articles").body
    fields, long, named = (orjson.loads(trial.generator.make().to_bytes()) for _ in range(3))
    fields |= {f"field{number}": number for number in range(3000)}
    long |= {"source_name": "x" * 40_000, "authors": ["y" * 40_000], "headers": {"z": "z" * 40_000}}
    named |= {"id": "i" * 600}
    offer(trial, ((one["id"][:512], orjson.dumps(one)) for one in (fields, long, named)))
    ended = trial.ends_well()
    assert ended.dead == {"i" * 512: "refused"}
    assert ended.indexed == 2
    assert trial.lab.direct.indices.get_mapping(index="articles").body == before


@pytest.mark.faults(11)
@pytest.mark.parametrize("skew", ["+1d", "-1d"])
def test_the_clock_of_a_worker_is_wrong(trial, skew):
    """A day ahead or behind, and records from 1970 and 9999: nothing is thrown away as too late."""
    turned, stack = turned_clock(skew), trial.lab.stack
    for stage in ("clean", "index"):
        stack.stop(stage)
        stack.start(stage, **turned)
    old, far = (orjson.loads(trial.generator.make().to_bytes()) for _ in range(2))
    old |= {"fetched_at": "1970-01-01T00:00:00Z", "published_at": "0001-01-01"}
    far |= {"fetched_at": "9999-12-31T00:00:00Z", "published_at": "9999-12-31T23:59:59Z"}
    offer(trial, ((one["id"], orjson.dumps(one)) for one in (old, far)))
    trial.send(20)
    assert trial.ends_well().indexed == 22
    assert abs(trial.lab.report("clean")["at"] - time.time()) > 80_000, "its clock is right"
    stack.stop("clean", "index")


def turned_clock(skew):
    """Return the variables that turn the clock of a process by *skew*.

    The command itself would stand between us and the worker, and keep our signals to itself.
    """
    faketime = shutil.which("faketime")
    if not faketime:
        pytest.skip("no libfaketime here to turn a worker's clock: apt-get install faketime")
    told = subprocess.run([faketime, "-f", skew, "env"], capture_output=True, text=True, check=True)
    known = dict(line.split("=", 1) for line in told.stdout.splitlines())
    wanted = {name: known[name] for name in ("LD_PRELOAD", "FAKETIME")}
    return wanted | {"FAKETIME_DONT_FAKE_MONOTONIC": "1"}


@pytest.mark.faults(12)
@pytest.mark.live
def test_everything_comes_twice(trial):
    """The same records again, and a group set back to its beginning: the index does not change."""
    begun = ends(trial)
    records = [trial.generator.make() for _ in range(30)]
    trial.generator.publish(records)
    trial.ends_well()
    before = content(trial)
    trial.generator.publish(records)
    trial.ends_well()
    trial.lab.stack.stop("clean")
    admin = KafkaAdminClient(bootstrap_servers=trial.lab.bootstrap)
    admin.alter_group_offsets("newsmill-clean", begun)
    admin.close()
    trial.lab.stack.start("clean")
    assert trial.ends_well().repeats["articles.clean"] == 90
    assert content(trial) == before


def ends(trial):
    """Return where each partition of the raw topic ends."""
    reader = KafkaConsumer(bootstrap_servers=trial.lab.bootstrap)
    parts = [TopicPartition(RAW.name, number) for number in reader.partitions_for_topic(RAW.name)]
    found = reader.end_offsets(parts)
    reader.close()
    return {part: OffsetAndMetadata(offset, "", -1) for part, offset in found.items()}


def content(trial):
    """Return a hash of every document of this trial, without the time of indexing."""
    query = {"term": {"source.id": trial.generator.source}}
    hits = trial.lab.stack.every_hit(query=query)
    bodies = [{**hit["_source"], "indexed_at": ""} for hit in hits]
    return hashlib.sha256(orjson.dumps(bodies, option=orjson.OPT_SORT_KEYS)).hexdigest()


@pytest.mark.faults(13)
@pytest.mark.live
def test_the_newest_version_wins_whatever_comes_first(trial):
    """Three versions of each id, shuffled over the partitions: the index holds the newest."""
    versions = []
    for _ in range(20):
        record = trial.generator.make()
        for number in (1, 2, 3):
            at = datetime(2026, 11, number, tzinfo=UTC) + timedelta(hours=1)
            headline = f"Version {number} of {record.id}"
            changed = {"fetched_at": at, "headline": headline, "revision": number}
            versions.append(record.model_copy(update=changed))
    trial.rng.shuffle(versions)
    scatter(trial, versions)
    assert trial.ends_well().indexed == 20
    query = {"term": {"source.id": trial.generator.source}}
    found = {hit["_source"]["headline"][:9] for hit in trial.lab.stack.every_hit(query=query)}
    assert found == {"Version 3"}


def scatter(trial, records):
    """Send *records*, each to a partition that chance decides."""
    producer = KafkaProducer(bootstrap_servers=trial.lab.bootstrap)
    sent = [
        producer.send(RAW.name, one.to_bytes(), one.id.encode(), partition=trial.rng.randrange(8))
        for one in records
    ]
    for one in sent:
        one.get(60)
    producer.close()
    with trial.generator.path.open("a") as acked:
        acked.writelines(f"{one.id}\n" for one in records)


@pytest.mark.faults(17)
def test_a_burst_of_ten_times_the_usual(trial):
    """Kafka takes the burst; the workers' memory stays where it was, and the lag goes to 0."""
    trial.send(60)
    trial.lab.settle()
    before = memory(trial)
    trial.send(round(lasting(6000, least=600)))
    after = {}

    def done():
        after.update({stage: max(mb, after.get(stage, 0)) for stage, mb in memory(trial).items()})
        return trial.indexed() >= trial.generator.next

    assert poll(done, 600)
    assert {stage: mb for stage, mb in after.items() if mb - before[stage] > 60} == {}
    trial.ends_well()


def memory(trial):
    """Return the memory of each worker, MiB."""
    return {stage: memory_mb(trial.lab.stack.agents[stage].pid) for stage in STAGES}
