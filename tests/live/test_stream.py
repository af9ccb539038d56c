"""The promise: whatever dies, each record ends exactly once, in the index or as a dead letter."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import orjson
import pytest
from kafka import KafkaProducer

from pipeline.index import templates
from pipeline.index.document import document
from pipeline.index.elasticsearch import ElasticsearchSink, connect
from pipeline.settings import Settings
from pipeline.stage import Done, run_through
from pipeline.stages import Options, build
from pipeline.stream import topics
from pipeline.stream.health import read_all
from pipeline.stream.replay import replay, unresolved
from schemas.dead_letters import Origin, Reason, letter_of
from schemas.topics import DEAD, MAX_RECORD_BYTES, RAW
from tests.live.articles import NOON, REASONS, articles, bad_records
from tests.live.sweep import sweep

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]
COUNT = 2000
ROOT = Path(__file__).parents[2]


class Stack:
    """Three agents, each in a process of its own, on real servers."""

    def __init__(self, kafka, elasticsearch, folder):
        self.settings = Settings(
            _env_file=None, kafka_bootstrap_servers=kafka, elasticsearch_url=elasticsearch,
            state_dir=folder, workers=1, cpu_limit_secs=5,
        )  # fmt: skip
        self.folder, self.agents = folder, {}
        topics.apply(self.settings)
        self.client = connect(elasticsearch)
        templates.apply(self.client)

    def start(self, stage):
        """Start the agent of *stage*."""
        variables = {
            "NEWSMILL_KAFKA_BOOTSTRAP_SERVERS": self.settings.kafka_bootstrap_servers,
            "NEWSMILL_ELASTICSEARCH_URL": self.settings.elasticsearch_url,
            "NEWSMILL_STATE_DIR": str(self.folder),
            "NEWSMILL_WORKERS": "1",
            "NEWSMILL_CPU_LIMIT_SECS": "5",
            "NEWSMILL_LANGUAGE": "fast",
            "PYTHONPATH": str(ROOT),
        }
        with (self.folder / f"{stage}.log").open("ab") as log:
            self.agents[stage] = subprocess.Popen(
                [sys.executable, "-m", "pipeline.cli", "stream", stage],
                env={**os.environ, **variables}, stdout=log, stderr=log, cwd=self.folder,
            )  # fmt: skip

    def kill(self, stage):
        """Kill the agent with SIGKILL, as an out-of-memory killer does, and start another."""
        self.agents[stage].kill()
        self.agents[stage].wait()
        self.start(stage)

    def stop(self):
        """End every agent with SIGTERM; return their exit codes."""
        for agent in self.agents.values():
            agent.send_signal(signal.SIGTERM)
        codes = {stage: agent.wait(60) for stage, agent in self.agents.items()}
        self.agents = {}
        return codes

    def count(self):
        """Return how many documents a search finds."""
        return self.client.count(index=templates.ALIAS)["count"]

    def indexed(self):
        """Return the ids in the index, each as often as it is there."""
        self.client.indices.refresh(index=templates.ALIAS)
        return [hit["_id"] for hit in self.every_hit(source=False)]

    def bodies(self):
        """Return the bodies of all documents by id, without the time of indexing."""
        return {
            hit["_id"]: {k: v for k, v in hit["_source"].items() if k != "indexed_at"}
            for hit in self.every_hit()
        }

    def every_hit(self, *, source=True):
        """Yield every document of the index, in pages."""
        after = None
        while True:
            page = self.client.search(
                index=templates.ALIAS,
                size=1000,
                sort=[{"id": "asc"}],
                search_after=after,
                source=source,
            )["hits"]["hits"]
            yield from page
            if len(page) < 1000:
                return
            after = page[-1]["sort"]


@pytest.fixture
def stack(kafka, elasticsearch, tmp_path):
    """Give a stack whose agents are ended whatever happens, their logs shown on failure."""
    sweep(kafka, elasticsearch)
    made = Stack(kafka, elasticsearch, tmp_path)
    yield made
    for stage, agent in made.agents.items():
        agent.kill()
        agent.wait()
        print(f"--- {stage}\n{(tmp_path / f'{stage}.log').read_text()[-3000:]}")
    made.client.close()


def produce(stack, messages, topic=RAW.name, headers=()):
    """Send (key, value) pairs and wait for Kafka's word on each."""
    producer = KafkaProducer(
        bootstrap_servers=stack.settings.kafka_bootstrap_servers,
        max_request_size=MAX_RECORD_BYTES + (1 << 20),
    )
    futures = [
        producer.send(topic, key=key.encode(), value=value, headers=list(headers))
        for key, value in messages
    ]
    for future in futures:
        future.get(60)
    producer.close()


def wait_for(condition, secs, what):
    """Wait until *condition* holds; fail with the last state of *what* after *secs*."""
    end = time.monotonic() + secs
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(1)
    pytest.fail(f"not within {secs} s: {what()}")


def test_nothing_is_lost_when_workers_are_killed(stack):
    """2,000 records and every kind of bad one through three agents, each of them killed.

    Each id ends once in the index or as an unresolved dead letter with its reason, none in both,
    and the index holds what `run_through` makes of the same input.
    """
    raws = articles(COUNT)
    good = [(raw.id, raw.to_bytes()) for raw in raws]
    produce(stack, [*good[:500], *bad_records().items(), *good[500:]])
    for stage in ("clean", "enrich", "index"):
        stack.start(stage)
    wait_for(lambda: stack.count() > 200, 180, lambda: read_all(stack.folder))
    stack.kill("enrich")
    wait_for(lambda: stack.count() > 500, 180, lambda: read_all(stack.folder))
    stack.kill("clean")
    stack.kill("index")
    wait_for(lambda: stack.count() >= COUNT, 300, lambda: read_all(stack.folder))
    wait_for(
        lambda: unresolved(stack.settings).keys() >= REASONS.keys(), 120,
        lambda: read_all(stack.folder),
    )  # fmt: skip

    assert stack.stop() == {"clean": 0, "enrich": 0, "index": 0}
    indexed, dead = stack.indexed(), unresolved(stack.settings)
    assert sorted(indexed) == sorted(raw.id for raw in raws), "each good id once, no bad one"
    assert {key: letter.reason for key, letter in dead.items()} == REASONS
    assert stack.bodies() == made_alone(raws)


def made_alone(raws):
    """Return the bodies that one process makes of *raws*, as they come back from JSON."""
    stages = build(("clean", "enrich"), Options(language="fast"))
    records = [one.record for one in run_through(stages, raws) if isinstance(one, Done)]
    bodies = {record.id: document(record, NOON).body for record in records}
    for body in bodies.values():
        del body["indexed_at"]
    return orjson.loads(orjson.dumps(bodies))


def test_a_replay_that_fails_again_counts_another_attempt(stack):
    """A replayed record that fails again keeps its reason and counts one attempt more."""
    produce(stack, [("again", b'{"id": "again"}')])
    stack.start("clean")
    wait_for(lambda: "again" in unresolved(stack.settings), 90, lambda: read_all(stack.folder))
    letter = unresolved(stack.settings)["again"]
    told = []
    assert replay(stack.settings, [letter], told.append) == 1
    wait_for(
        lambda: attempts(stack, "again") == 2, 60, lambda: unresolved(stack.settings).get("again")
    )
    assert unresolved(stack.settings)["again"].reason == "invalid_record"
    assert stack.stop() == {"clean": 0}


def test_a_replay_that_ends_well_resolves_its_dead_letter(stack):
    """A record that was given up by mistake goes all the way, and only then leaves the list."""
    good = articles(1, seed=99)[0]
    why = Reason("clean", "stage_error", "KeyError", "a bug, now mended")
    origin = Origin(RAW.name, 0, 0, good.id.encode(), good.to_bytes(), 0)
    value, headers = letter_of(origin, why, "0", NOON)
    produce(stack, [(good.id, value)], DEAD.name, list(headers.items()))
    assert unresolved(stack.settings)[good.id].reason == why.reason
    assert replay(stack.settings, [unresolved(stack.settings)[good.id]], print) == 1
    for stage in ("clean", "enrich", "index"):
        stack.start(stage)
    wait_for(lambda: good.id not in unresolved(stack.settings), 120, lambda: read_all(stack.folder))
    assert good.id in stack.indexed()
    assert stack.stop() == {"clean": 0, "enrich": 0, "index": 0}


def attempts(stack, key):
    """Return how often the dead letter *key* was tried; 0 where there is none."""
    letter = unresolved(stack.settings).get(key)
    return letter.attempts if letter else 0


def test_a_document_that_elasticsearch_refuses_names_its_reason(elasticsearch):
    """One bad document never costs its neighbours, whatever the real server says of it."""
    client = connect(elasticsearch)
    templates.apply(client)
    sink = ElasticsearchSink(client)
    sink.open()
    from tests.contracts.sink_contract import doc

    batch = [doc(90), doc(91, 1, published_at="not a date"), doc(92)]
    outcomes = sink.write(batch)
    sink.close()
    assert [one.state for one in outcomes] == ["stored", "refused", "stored"]
    assert "document_parsing_exception" in outcomes[1].reason
