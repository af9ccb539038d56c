"""Again from raw, and who wins: the newest revision, whatever lane it came by and however late."""

from __future__ import annotations

import json
import random
from datetime import datetime, timedelta

import pytest

from pipeline.cli.main import main
from pipeline.index import templates
from pipeline.index.document import document
from pipeline.index.elasticsearch import ElasticsearchSink, connect
from pipeline.settings import Settings
from pipeline.stream import topics
from pipeline.stream.letters import unresolved
from pipeline.stream.reading import messages
from schemas import GENERATION, EnrichedArticle, Forgotten, address_id
from schemas.dead_letters import Origin, Reason, letter_of
from schemas.outcomes import Dropped
from schemas.topics import DEAD, DROPPED, ENRICHED, FORGOTTEN, RAW, lane
from tests.live.articles import NOON, articles
from tests.live.processes import Processes, produce, wait_for
from tests.live.sweep import sweep

pytestmark = pytest.mark.timeout(300)
STAGES = ("stream", "clean", "enrich", "index", "--lane", "backfill")


@pytest.fixture
def mill(kafka, elasticsearch, tmp_path, monkeypatch):
    """Give processes on swept servers; commands of the test's own process reach them too."""
    sweep(kafka, elasticsearch)
    made = Processes(
        Settings(
            _env_file=None, kafka_bootstrap_servers=kafka, elasticsearch_url=elasticsearch,
            state_dir=tmp_path / "state",
        ),
        tmp_path,
    )  # fmt: skip
    monkeypatch.setenv("NEWSMILL_KAFKA_BOOTSTRAP_SERVERS", kafka)
    monkeypatch.setenv("NEWSMILL_ELASTICSEARCH_URL", elasticsearch)
    monkeypatch.setenv("NEWSMILL_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    topics.apply(made.settings)
    with connect(elasticsearch) as client:
        templates.apply(client)
    yield made
    made.kill()
    sweep(kafka, elasticsearch)


def bodies(elasticsearch):
    """Return every document of the index by id."""
    with connect(elasticsearch) as client:
        client.indices.refresh(index=templates.ALIAS)
        hits = client.search(index=templates.ALIAS, size=1000, version=True)["hits"]["hits"]
    return {hit["_id"]: hit["_source"] for hit in hits}


def duplicates(mill):
    """Return the ids that were noted as duplicates."""
    notes = [Dropped.from_bytes(one.value) for one in messages(mill.settings, DROPPED)]
    return {note.id for note in notes if note.reason == "duplicate"}


def test_the_newest_revision_wins_whatever_lane_it_comes_by(mill, kafka, elasticsearch):
    """Three revisions of each id by two generations, shuffled over both lanes, each sent twice."""
    rng = random.Random(20261101)
    revisions = [
        EnrichedArticle(
            id=f"order {number}", source="live", text=f"Rain fell {revision} times.",
            revision=revision, fetched_at=NOON + timedelta(hours=revision), generation=generation,
        )
        for number in range(60) for revision in (1, 2, 3) for generation in (1, 2)
    ] * 2  # fmt: skip
    rng.shuffle(revisions)
    half = len(revisions) // 2
    mill.start("stream", "index")
    mill.start("stream", "index", "--lane", "backfill")
    for name, part in (("live", revisions[:half]), ("backfill", revisions[half:])):
        pairs = [(one.id, one.to_bytes()) for one in part]
        produce(kafka, lane(ENRICHED, name).name, pairs)
    wait_for(
        lambda: [(body["revision"], body["generation"]) for body in
                 bodies(elasticsearch).values()] == [(3, 2)] * 60,
        90, lambda: bodies(elasticsearch).values(),
    )  # fmt: skip
    wait_for(lambda: len(duplicates(mill)) == 60, 60, lambda: len(duplicates(mill)))
    assert mill.stop() == [0, 0]


def test_raw_records_go_through_the_pipeline_again(mill, kafka, elasticsearch, capsys):
    """A newer generation wins, the same is a recorded duplicate, a newer revision stays.

    The dead letter of a record that now goes through is resolved, and what was taken down stays
    away.
    """
    older, newer, dead, gone = articles(4, seed=31)
    produce(kafka, RAW.name, [(raw.id, raw.to_bytes()) for raw in (older, newer, dead, gone)])
    made_before(elasticsearch, older, NOON)
    made_before(elasticsearch, newer, NOON + timedelta(days=1))
    origin = Origin(RAW.name, 0, 0, dead.id.encode(), dead.to_bytes(), 0)
    value, headers = letter_of(origin, Reason("clean", "stage_error", "E", "a bug"), "0", NOON)
    produce(kafka, DEAD.name, [(dead.id, value)], list(headers.items()))
    note = Forgotten(id=address_id(gone.url), url=gone.url, at=NOON)
    produce(kafka, FORGOTTEN.name, [(note.id, note.to_bytes())])

    capsys.readouterr()
    assert main(["reprocess", "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sent"] == 3
    assert main(["reprocess", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "dry_run": False, "sent": 3, "not_asked_for": 0, "forgotten": 1, "unreadable": 0,
        "sources": {"live": 3},
    }  # fmt: skip
    mill.start(*STAGES)
    wait_for(
        lambda: not unresolved(mill.settings) and newer.id in duplicates(mill), 120,
        lambda: bodies(elasticsearch),
    )  # fmt: skip
    found = bodies(elasticsearch)
    assert found.keys() == {older.id, newer.id, dead.id}
    assert found[older.id]["generation"] == GENERATION
    assert found[older.id]["text"] != "As an older pipeline wrote it."
    assert found[newer.id]["text"] == "As an older pipeline wrote it."

    assert main(["reprocess"]) == 0  # what was sent again is no record of its own
    wait_for(
        lambda: duplicates(mill) == {older.id, newer.id, dead.id}, 60, lambda: duplicates(mill)
    )
    assert mill.stop() == [0]


def made_before(elasticsearch, raw, at: datetime):
    """Put what an older pipeline made of *raw*, had it been fetched *at*, into the index."""
    article = EnrichedArticle(
        id=raw.id, source=raw.source, url=raw.url, fetched_at=at, generation=GENERATION - 1,
        text="As an older pipeline wrote it.",
    )  # fmt: skip
    sink = ElasticsearchSink(connect(elasticsearch))
    sink.open()
    (written,) = sink.write([document(article, NOON)])
    assert written.state == "stored"
    sink.close()


def test_a_span_and_a_source_choose(mill, kafka, capsys):
    """Only what was fetched in the span, of that source, is sent; the rest is counted."""
    raws = [
        raw.model_copy(update={"fetched_at": NOON + timedelta(hours=number), "source": source})
        for number, raw in enumerate(articles(6, seed=5))
        for source in ("gazette", "courier")
    ]
    produce(kafka, RAW.name, [(f"{raw.id} {raw.source}", raw.to_bytes()) for raw in raws])
    span = ("--since", "2026-11-01T13:00", "--until", "2026-11-01T16:00", "--source", "gazette")
    assert main(["reprocess", *span, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["sent"], told["sources"]) == (3, {"gazette": 3})
    assert told["sent"] + told["not_asked_for"] == len(raws)
    again = list(messages(mill.settings, lane(RAW, "backfill")))
    assert len(again) == 3
    assert {one.value for one in again} <= {raw.to_bytes() for raw in raws}
