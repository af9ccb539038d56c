"""The audit must find what is wrong: each test breaks one thing, in a source of its own."""

from __future__ import annotations

import json

import pytest

from pipeline.audit.audit import run
from pipeline.cli.main import main
from schemas.topics import DEAD, ENRICHED
from tests.live.ledger_stack import Settled, raw
from tests.live.sweep import sweep

pytestmark = [pytest.mark.live, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def shared(kafka, elasticsearch):
    """Give a settled system in which all is well; leave nothing of it."""
    sweep(kafka, elasticsearch)
    made = Settled(kafka, elasticsearch)
    made.fill()
    yield made
    made.close()
    sweep(kafka, elasticsearch)


@pytest.fixture
def system(shared, monkeypatch):
    """Give the settled system; what is stored is made searchable by hand, so nothing waits."""
    monkeypatch.setattr("pipeline.audit.audit.SETTLE_SECS", 0.1)
    return shared


@pytest.fixture
def own(system, request):
    """Return a function that accepts and stores an article of this test's own source."""
    source = request.node.name.removeprefix("test_")

    def make(name, minutes=0, *, indexed=True):
        record = raw(f"{name} {source}", source, minutes)
        origin = system.accept(record)
        if indexed:
            system.index(record)
        return origin

    make.source = source
    return make


def wrong(report):
    """Return what a report accuses, by the first word of its id."""
    return {(finding.wrong, finding.id.split()[0]) for finding in report.findings}


def test_the_audit_of_a_settled_system_adds_up(system):
    """Every way to end is counted in its column, by source and hour, and nothing is left over."""
    system.settle()
    report = run(system.settings)
    sums = {line.source: line for line in report.lines(hourly=False)}
    assert sums["gazette"].fetched == 8
    assert (sums["gazette"].indexed, sums["gazette"].duplicate) == (4, 1)
    assert sums["gazette"].dropped == {"not_a_story": 1}
    assert sums["gazette"].dead == {"no_text": 1, "too_big": 1}
    assert (sums["archive"].indexed, sums["archive"].dropped) == (1, {"only_boilerplate": 1})
    assert sums[""].dead == {"invalid_json": 1}
    assert [f"{line.hour:%H}" for line in report.lines() if line.source == "gazette"] == [
        "12", "13"]  # fmt: skip
    assert not {one for one in wrong(report) if one[1] in {"plain-1", "garbled", "history"}}
    assert run(system.settings, source="gazette").exit_code() == 0


def test_a_deleted_document_is_missing(system, own):
    """A document that somebody deleted is named, and so are the quotations it left."""
    own("stays"), own("goes")
    system.settle()
    system.client.delete(index="articles", id=f"goes {own.source}", refresh=True)
    report = run(system.settings, source=own.source)
    assert (report.exit_code(), wrong(report)) == (1, {("missing", "goes"), ("orphans", "goes")})


def test_an_older_document_than_the_newest_accepted_is_missing(system, own):
    """The index must hold the newest fetch, not any."""
    own("old"), own("old", 5, indexed=False)
    system.settle()
    report = run(system.settings, source=own.source)
    assert wrong(report) == {("missing", "old")}
    assert "holds only an older fetch" in report.findings[0].told


def test_a_dropped_dead_letter_is_missing(system, own):
    """A dead letter that vanished without its record having ended is noticed."""
    name = system.bury(own("empty", indexed=False), "no_text")
    system.settle()
    assert run(system.settings, source=own.source).exit_code() == 0
    system.send(DEAD, name, None)
    assert wrong(run(system.settings, source=own.source)) == {("missing", "empty")}


def test_a_document_in_two_indices_is_there_twice(system, own):
    """Ids are unique within one index only, and the alias may lead to two."""
    own("one"), own("both")
    body = system.client.get(index="articles", id=f"both {own.source}")
    system.client.indices.create(index="articles-v9", aliases={"articles": {}})
    try:
        system.client.index(
            index="articles-v9", id=body["_id"], document=body["_source"], refresh=True,
            version=body["_version"], version_type="external",
        )  # fmt: skip
        system.settle()
        report = run(system.settings, source=own.source)
    finally:
        system.client.indices.delete(index="articles-v9")
    assert (report.exit_code(), wrong(report)) == (1, {("twice", "both")})


def test_an_article_that_is_indexed_and_given_up_is_in_two_places(system, own):
    """A letter of the very fetch that is in the index is wrong; one of another fetch is not."""
    system.bury(own("same"), "timeout")
    own("other")
    system.bury(own("other", 9, indexed=False), "timeout")
    system.settle()
    assert wrong(run(system.settings, source=own.source)) == {("two_places", "same")}


def test_a_quotation_too_few_is_noticed(system, own):
    """What an article says of the number of its quotations must be so."""
    own("quoted")
    system.settle()
    system.client.delete(index="quotes", id=f"quoted {own.source}-0", refresh=True)
    assert wrong(run(system.settings, source=own.source)) == {("miscounted", "quoted")}


def test_what_nobody_has_committed_is_in_flight(system, own):
    """Unread records are in flight, in the topic of each stage; what was committed is not."""
    system.settle()
    lost, halfway = own("lost", indexed=False), own("halfway", indexed=False)
    system.commit("clean")
    system.send(ENRICHED, halfway.key.decode(), halfway.value)
    own("fresh", indexed=False)
    system.accept(raw(f"older {own.source}", own.source), "backfill")
    report = run(system.settings, source=own.source)
    assert lost.key.decode() == report.findings[0].id
    assert wrong(report) == {("missing", "lost")}
    assert report.total("in_flight") == 3


def test_a_document_that_no_search_sees_yet_is_not_missing(system, own):
    """What seems wrong is asked for by its id, which sees what was stored a moment ago."""
    system.client.indices.put_settings(index="articles", settings={"refresh_interval": "-1"})
    try:
        own("hidden")
        for stage in ("clean", "enrich", "index"):
            system.commit(stage)
        system.client.indices.refresh(index="quotes")
        report = run(system.settings, source=own.source)
    finally:
        system.client.indices.put_settings(index="articles", settings={"refresh_interval": "1s"})
    assert (report.exit_code(), report.total("indexed")) == (0, 1)


def test_an_index_is_read_in_pages(system, own, monkeypatch):
    """However many documents there are, each is seen once."""
    monkeypatch.setattr("pipeline.index.inventory.PAGE", 2)
    for number in range(5):
        own(f"page-{number}")
    system.settle()
    report = run(system.settings, source=own.source)
    assert (report.exit_code(), report.total("indexed")) == (0, 5)


def test_since_leaves_out_what_was_fetched_before(system, own):
    """--since narrows what is counted, and accuses nothing that it leaves out."""
    own("early"), own("late", 40)
    system.settle()
    system.client.delete(index="articles", id=f"early {own.source}", refresh=True)
    report = run(system.settings, raw("x", minutes=30).fetched_at, own.source)
    assert (report.exit_code(), report.fetched(), report.total("indexed")) == (0, 1, 1)


def test_the_command_tells_people_and_programs(system, own, monkeypatch, capsys, tmp_path):
    """It prints the table and the ids, and exits with what it found."""
    monkeypatch.setenv("NEWSMILL_KAFKA_BOOTSTRAP_SERVERS", system.settings.kafka_bootstrap_servers)
    monkeypatch.setenv("NEWSMILL_ELASTICSEARCH_URL", system.settings.elasticsearch_url)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)
    assert main(["audit", "--source", "gazette"]) == 0
    assert "8 fetched, nothing is missing" in capsys.readouterr().out
    own("never", indexed=False)
    system.settle()
    assert main(["audit", "--source", own.source, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["wrong"] == {"missing": 1}
    assert {finding["id"] for finding in told["findings"]} == {f"never {own.source}"}
