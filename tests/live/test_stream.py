"""The promise: whatever dies, each record ends exactly once, in the index or as a dead letter."""

from __future__ import annotations

import orjson
import pytest

from pipeline.audit.audit import run as audit
from pipeline.index import templates
from pipeline.index.document import document
from pipeline.index.elasticsearch import ElasticsearchSink, connect
from pipeline.stage import Done, run_through
from pipeline.stages import Options, build
from pipeline.stream.health import read_all
from pipeline.stream.letters import unresolved
from pipeline.stream.replay import replay
from schemas.dead_letters import Origin, Reason, letter_of
from schemas.topics import DEAD, RAW
from tests.live.articles import NOON, REASONS, articles, bad_records
from tests.live.stack import Stack, produce, wait_for
from tests.live.sweep import sweep

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]
COUNT = 2000


@pytest.fixture
def stack(kafka, elasticsearch, tmp_path):
    """Give a stack whose workers are ended whatever happens, their logs shown on failure."""
    sweep(kafka, elasticsearch)
    made = Stack(kafka, elasticsearch, tmp_path)
    yield made
    made.close()


def test_nothing_is_lost_when_workers_are_killed(stack):
    """2,000 records and every kind of bad one through three agents, each of them killed.

    Each id ends once in the index or as an unresolved dead letter with its reason, none in both,
    the audit says so, and the index holds what `run_through` makes of the same input.
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
    moving = audit(stack.settings)
    assert (moving.exit_code(), moving.fetched()) == (0, COUNT + len(REASONS)), moving.as_dict()
    wait_for(lambda: stack.count() >= COUNT, 300, lambda: read_all(stack.folder))
    wait_for(
        lambda: unresolved(stack.settings).keys() >= REASONS.keys(), 120,
        lambda: read_all(stack.folder),
    )  # fmt: skip

    assert stack.stop() == {"clean": 0, "enrich": 0, "index": 0}
    report = audit(stack.settings)
    assert (report.exit_code(), report.fetched()) == (0, COUNT + len(REASONS)), report.as_dict()
    assert (report.total("indexed"), report.total("dead")) == (COUNT, len(REASONS))
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
