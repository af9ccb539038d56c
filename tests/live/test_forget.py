"""forget: what was taken down is gone and stays gone, whoever sends it again, by whatever lane."""

from __future__ import annotations

import json
import threading

import pytest

from pipeline.cli.main import main
from pipeline.index.document import document
from pipeline.index.elasticsearch import ElasticsearchSink, connect
from pipeline.index.sink import STORED
from pipeline.stream.forgotten import Forgotten, WithoutForgotten
from pipeline.stream.health import read_all
from pipeline.stream.letters import unresolved
from pipeline.stream.reading import messages
from schemas import Dropped, EnrichedArticle, address_id
from schemas.dead_letters import Origin, Reason, letter_of
from schemas.enriched import Quote
from schemas.topics import DEAD, DROPPED, ENRICHED
from tests.live.articles import NOON, articles
from tests.live.stack import Stack, produce, wait_for
from tests.live.sweep import sweep

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def stack(kafka, elasticsearch, tmp_path_factory):
    """Give a stack on swept servers; every test has articles of its own."""
    sweep(kafka, elasticsearch)
    made = Stack(kafka, elasticsearch, tmp_path_factory.mktemp("forget"))
    yield made
    made.close()
    sweep(kafka, elasticsearch)


@pytest.fixture(autouse=True)
def _here(stack, tmp_path, monkeypatch):
    """Let the commands of this process reach the servers of the stack."""
    for name, value in stack.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("pipeline.stream.takedown.SECOND_LOOK_SECS", 0.1)


@pytest.fixture
def sink(stack):
    """Give the sink of an index worker."""
    made = WithoutForgotten(
        ElasticsearchSink(connect(stack.settings.elasticsearch_url)), Forgotten(stack.settings)
    )
    yield made
    made.close()


def item(number=1, **changes):
    """Return the document of an article with two quotations."""
    url = f"https://gazette.test/{number}"
    known = {"id": f"id{number}", "url": url, "source": "gazette", "text": "“Rain.” “Sun.”",
             "fetched_at": NOON, "published_at": NOON, "headline": f"Rain {number}"}  # fmt: skip
    rain = Quote(text="“Rain.”", start=0, end=7, kind="direct")
    sun = Quote(text="“Sun.”", start=8, end=14, kind="direct")
    return document(EnrichedArticle(**{**known, "quotes": (rain, sun), **changes}), NOON)


def left(stack, *items, where="articles,quotes"):
    """Return the ids of what is in the indices of *items* and their children, sorted."""
    stack.client.indices.refresh(index=where)
    query = {"terms": {"id": family_of(*items)}}
    hits = stack.client.search(index=where, query=query, size=100)["hits"]["hits"]
    return sorted(hit["_id"] for hit in hits)


def family_of(*items):
    """Return the ids of documents and their children, sorted."""
    return sorted(one.id for item in items for one in (item, *item.children))


def notes(stack):
    """Return reason, version and author of each note by id."""
    found = [Dropped.from_bytes(one.value) for one in messages(stack.settings, DROPPED)]
    return {one.id: (one.reason, one.version, one.by) for one in found}


def test_an_article_and_its_quotations_go_and_stay_away(stack, sink, capsys):
    """By its id: deleted, receipted, listed; the same and a newer fetch are not written again."""
    one, other = item(1), item(2)
    assert sink.write([one, other]) == [STORED, STORED]
    assert main(["forget", "id1", "--why", "asked by its author", "--yes", "--json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert (done["names"], done["documents"], done["came_back"]) == (["id1"], 3, 0)
    assert left(stack, one, other) == family_of(other)
    reason, version, by = notes(stack)["id1"]
    assert (reason, version, bool(by)) == ("forgotten", one.version, True)

    newer, third = item(1, fetched_at=NOON.replace(day=9), quotes=()), item(3)
    assert [how.state for how in sink.write([one, third, newer])] == [
        "forgotten", "stored", "forgotten",
    ]  # fmt: skip
    assert left(stack, one, other, third) == family_of(other, third)
    assert main(["forget", "--list", "--json"]) == 0
    told = {record["id"]: record["why"] for record in json.loads(capsys.readouterr().out)}
    assert told["id1"] == "asked by its author"


def test_an_address_is_forgotten_whichever_source_lists_it(stack, sink, capsys):
    """Also in another spelling, under another id, and where it was never seen before."""
    one = item(21, id="by guid", url="https://gazette.test/21?utm_source=feed")
    sink.write([one, item(22)])
    address = "https://GAZETTE.test:443/21"
    assert main(["forget", address, "https://gazette.test/29", "--yes"]) == 0
    assert "is forgotten" in capsys.readouterr().out
    copied = item(21, id="herald", source="herald")
    found = item(27, canonical_url="https://gazette.test/29")
    assert [how.state for how in sink.write([one, copied, found])] == ["forgotten"] * 3
    assert left(stack, one, copied, found, item(22)) == family_of(item(22))
    assert sink.forgotten.names >= {address_id(address), address_id("https://gazette.test/29")}


def test_an_undone_takedown_may_be_written_again(stack, sink, capsys):
    """Nothing is brought back by it, and what comes is no longer refused."""
    assert main(["forget", "https://gazette.test/31", "id32", "--yes"]) == 0
    assert sink.write([item(31)])[0].state == "forgotten"
    assert main(["forget", "--undo", "https://gazette.test/31"]) == 0
    assert sink.write([item(31)]) == [STORED]
    assert sink.write([item(32)])[0].state == "forgotten"
    assert main(["forget", "--undo", "https://gazette.test/31"]) == 1
    capsys.readouterr()


def test_a_takedown_while_the_article_is_being_written(stack, sink, capsys):
    """The worker looked before the tombstone and wrote after the deletion: it deletes it.

    Neither the article nor its quotations stay.
    """
    looked, deleted = threading.Event(), threading.Event()
    write = sink.sink.write

    def slow(batch):
        looked.set()
        assert deleted.wait(60)
        return write(batch)

    sink.sink.write = slow
    outcomes = []
    worker = threading.Thread(target=lambda: outcomes.extend(sink.write([item(41), item(42)])))
    worker.start()
    assert looked.wait(60)
    assert main(["forget", "id41", "--yes"]) == 0
    deleted.set()
    worker.join(60)
    assert [how.state for how in outcomes] == ["forgotten", "stored"]
    assert left(stack, item(41), item(42)) == family_of(item(42))
    capsys.readouterr()


def test_a_restored_backup_is_cleared_of_what_is_forgotten(stack, capsys):
    """What came back behind our back, also into an index beside the alias, is deleted anew."""
    one, other, kept = item(51), item(52), item(53)
    stack.client.indices.create(index="articles-v9")
    assert main(["forget", "id51", "https://gazette.test/52", "--yes"]) == 0
    for where in ("articles", "articles-v9"):
        for back in (one, other, kept):
            stack.client.index(index=where, id=back.id, document=back.body)
    orphan = one.children[0]
    stack.client.index(index="quotes", id=orphan.id, document=orphan.body)
    try:
        capsys.readouterr()
        assert main(["forget", "--again", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["documents"] == 5
        stack.client.index(index="articles-v9", id=one.id, document=one.body)
        stack.client.indices.add_block(index="articles-v9", block="write")
        assert main(["forget", "--again", "--json"]) == 1
        assert json.loads(capsys.readouterr().out)["still_in"] == ["articles-v9"]
        stack.client.indices.put_settings(
            index="articles-v9", settings={"index.blocks.write": None}
        )
        assert main(["forget", "--again", "--json"]) == 0
        assert left(stack, one, other, kept) == ["id53"]
        assert left(stack, one, other, kept, where="articles-v9") == ["id53"]
    finally:
        stack.client.indices.delete(index="articles-v9")


def test_a_forgotten_record_ends_as_a_drop_in_the_real_worker(stack, capsys):
    """Sent again and replayed, it is noted as forgotten; its neighbour in the batch is indexed.

    Its dead letter is thrown away with a receipt, and one that comes later is resolved by its end.
    """
    gone, kept, letter = (enriched(raw) for raw in articles(3, seed=41))
    give_up(stack, letter)
    assert main(["forget", gone.url, letter.id, "--why", "withdrawn", "--yes"]) == 0
    assert "1 dead letters thrown away" in capsys.readouterr().out
    assert letter.id not in unresolved(stack.settings)
    assert notes(stack)[letter.id][0] == "forgotten"

    give_up(stack, letter)
    assert main(["dead", "replay", letter.id, "--lane", "live"]) == 0
    produce(stack, [(one.id, one.to_bytes()) for one in (gone, kept)], ENRICHED.name)
    stack.start("index")
    wait_for(lambda: kept.id in stack.indexed(), 120, lambda: read_all(stack.folder))
    wait_for(lambda: letter.id not in unresolved(stack.settings), 60, lambda: notes(stack))
    assert stack.stop() == {"index": 0}
    assert {notes(stack)[one.id][0] for one in (gone, letter)} == {"forgotten"}
    assert not {gone.id, letter.id} & {*stack.indexed()}


def enriched(raw):
    """Return a raw article as if its stages had found nothing in it."""
    fields = {"id": raw.id, "url": raw.url, "source": raw.source, "fetched_at": raw.fetched_at}
    return EnrichedArticle(text=raw.body, headline="Rain", **fields)


def give_up(stack, article):
    """Give *article* up before it is indexed."""
    origin = Origin(ENRICHED.name, 0, 0, article.id.encode(), article.to_bytes(), 0)
    why = Reason("index", "stage_error", "KeyError", "a bug")
    value, headers = letter_of(origin, why, "0", NOON)
    produce(stack, [(origin.name(), value)], DEAD.name, headers.items())
