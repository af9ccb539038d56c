"""A move into new indices, while somebody writes all the time."""

from __future__ import annotations

import json
import random
import threading
import time
from dataclasses import dataclass, field

import pytest

from pipeline.cli.main import main
from pipeline.index import templates
from pipeline.index.elasticsearch import ElasticsearchSink, connect
from pipeline.index.next_indices import behind, give_up, left_over, prepare
from pipeline.index.reindex import Reindex
from pipeline.index.sink import Stopped
from pipeline.settings import Settings
from pipeline.stream import topics
from pipeline.stream.forgotten import Forgotten as Names
from pipeline.stream.forgotten import WithoutForgotten
from schemas import ConfigError, Forgotten, ServiceUnavailable
from schemas.topics import FORGOTTEN
from tests.contracts.sink_contract import doc, family
from tests.live.articles import NOON
from tests.live.processes import produce
from tests.live.sweep import sweep, sweep_indices

pytestmark = pytest.mark.timeout(300)
IDS = 150


@pytest.fixture
def client(elasticsearch):
    sweep_indices(elasticsearch)
    made = connect(elasticsearch)
    templates.apply(made)
    yield made
    sweep_indices(elasticsearch)
    made.close()


def everything(client, alias):
    """Return every document behind *alias* by id: its body and version."""
    client.indices.refresh(index=alias)
    hits = client.search(index=alias, size=5000, version=True)["hits"]["hits"]
    return {hit["_id"]: (hit["_version"], hit["_source"]) for hit in hits}


def expected(newest):
    """Return what articles and quotes must hold for the *newest* family of each id."""
    children = [child for item in newest.values() for child in item.children]
    return (
        {item.id: (item.version, item.body) for item in newest.values()},
        {child.id: (child.version, child.body) for child in children},
    )


@dataclass
class Hesitant:
    """A client that stops for a moment before each bulk request, as a busy machine makes it."""

    inner: object

    def __getattr__(self, name):
        return getattr(self.inner, name)

    def bulk(self, **what):
        """Send it a little later."""
        time.sleep(random.uniform(0, 0.06))
        return self.inner.bulk(**what)


@dataclass
class Writer(threading.Thread):
    """Writes ever newer versions of the same ids, with more or fewer quotations each time."""

    client: object
    seed: int
    newest: dict = field(default_factory=dict)
    stop: threading.Event = field(default_factory=threading.Event)
    waited: list = field(default_factory=list)
    failed: list = field(default_factory=list)

    def __post_init__(self):
        super().__init__()

    def __hash__(self):
        return id(self)

    def run(self):
        """Write until told to stop; what was stored or stale is what must be there."""
        client = Hesitant(self.client)
        sink = ElasticsearchSink(
            client, on_wait=self.told, pause_secs=0.01, longest_pause_secs=0.05
        )
        rng, version = random.Random(self.seed), 1
        try:
            while not self.stop.is_set():
                version += 1
                numbers = rng.sample(range(self.seed * 1000, self.seed * 1000 + IDS), 12)
                batch = [
                    family(n, version, *[f"{version} says {k}" for k in range(rng.randrange(4))])
                    for n in numbers
                ]
                states = {one.state for one in sink.write(batch)}
                assert states <= {"stored", "stale"}, states
                self.newest |= {item.id: item for item in batch}
        except Exception as error:
            self.failed.append(error)
            raise

    def told(self, reason):
        """Note why it waits."""
        if reason:
            self.waited.append(reason)


def test_nothing_that_is_written_meanwhile_is_lost(client, elasticsearch):
    """Two moves while two writers go on: each id ends with its newest family, whole."""
    writers = [Writer(client, seed) for seed in (1, 2)]
    for one in writers:
        one.start()
    try:
        receipts = []
        for _ in range(2):
            time.sleep(1)
            receipts.append(Reindex(client).run())
    finally:
        for one in writers:
            one.stop.set()
        for one in writers:
            one.join(60)
    assert [one.failed for one in writers] == [[], []]
    assert [one.switched for one in receipts] == [True] * 2
    assert any("cluster_block" in why for one in writers for why in one.waited)
    articles, quotes = expected({**writers[0].newest, **writers[1].newest})
    assert everything(client, "articles") == articles
    assert everything(client, "quotes") == quotes
    assert behind(client).names() == ["articles-v3", "quotes-v3"]
    assert left_over(client) == [f"{a}-v{n}" for a in ("articles", "quotes") for n in (1, 2)]


def test_what_is_newer_in_the_new_index_stays(client):
    """Families that were written there before, by a reprocess, are not replaced by the copies."""
    ElasticsearchSink(client).write([family(1, 5, "old", "old"), family(2, 5, "old")])
    prepare(client, "v7")
    built = ElasticsearchSink(client, suffix="-next")
    built.write([family(1, 5, "again"), family(2, 4, "older", "older"), family(3, 1, "more")])
    receipt = Reindex(client).run("v7")
    assert (receipt.switched, receipt.already_there) == (True, 1)
    assert {id_: body["text"] for id_, (_, body) in everything(client, "quotes").items()} == {
        "id1-0": "again", "id2-0": "old", "id3-0": "more",
    }  # fmt: skip


def test_what_was_taken_down_does_not_come_along(client, kafka, elasticsearch):
    """Neither what a snapshot brought back, nor what is forgotten while it is copied."""
    settings = Settings(_env_file=None, kafka_bootstrap_servers=kafka)
    topics.apply(settings)
    ElasticsearchSink(client).write([family(1, 5, "a"), family(2, 5, "b", "c"), family(3, 5, "d")])
    note = Forgotten(id="id2", at=NOON).to_bytes()
    produce(kafka, FORGOTTEN.name, [("id2", note)])
    forgotten = Names(settings)

    def guard(sink):
        produce(kafka, FORGOTTEN.name, [("id3", note)])
        return WithoutForgotten(sink, forgotten)

    receipt = Reindex(client, guard).run()
    forgotten.close()
    assert (receipt.switched, receipt.forgotten, receipt.articles) == (True, 2, 3)
    assert everything(client, "articles").keys() == {"id1"}
    assert everything(client, "quotes").keys() == {"id1-0"}
    sweep(kafka, elasticsearch)


def test_an_article_that_the_new_index_refuses_stops_the_move(client):
    """Nothing is switched and nobody is left waiting; it can be given up, or named anew."""
    loose = {"mappings": {"properties": {"published_at": {"type": "keyword"}}}}
    client.indices.delete(index="articles-v1")
    client.indices.create(index="articles-v1", aliases={"articles": {}}, **loose)
    sink = ElasticsearchSink(client, pause_secs=0.01)
    sink.write([doc(1), doc(2, published_at="one fine day")])
    receipt = Reindex(client).run()
    assert (receipt.switched, receipt.copied) == (False, 1)
    assert receipt.refused[0].startswith("id2: 400 document_parsing_exception")
    assert [one.state for one in sink.write([doc(3)])] == ["stored"]
    with pytest.raises(ConfigError, match="articles-v2 is being built"):
        prepare(client, "v3")
    give_up(client)
    assert not client.indices.exists(index="articles-v2")


def test_a_move_that_was_broken_off_goes_on(client):
    """A block that a killed reindex left is waited for, and ends with the next one."""
    ElasticsearchSink(client).write([family(1, 5, "a")])
    prepare(client)
    client.indices.add_block(index="articles-v1", block="write")
    client.indices.add_block(index="quotes-v1", block="write")
    reasons = []
    waiting = ElasticsearchSink(client, on_wait=reasons.append, pause_secs=0.05)
    thread = threading.Thread(target=waiting.write, args=([family(2, 1, "b")],))
    thread.start()
    assert Reindex(client).run().switched
    thread.join(30)
    assert not thread.is_alive()
    assert everything(client, "articles").keys() == {"id1", "id2"}
    assert everything(client, "quotes").keys() == {"id1-0", "id2-0"}


def test_an_index_that_is_gone_is_not_made_again_by_a_write(client):
    """A worker that comes late to a dropped index waits, and finds the new one."""
    sink = ElasticsearchSink(client, pause_secs=0.05)
    client.indices.update_aliases(
        actions=[{"remove": {"index": "articles-v1", "alias": "articles"}}]
    )
    client.indices.delete(index="articles-v1")
    threading.Timer(0.5, sink.closing.set).start()
    with pytest.raises(Stopped):
        sink.write([doc(1)])
    assert not client.indices.exists(index="articles-v1")
    with pytest.raises(ServiceUnavailable, match="must stand one index, and there is none"):
        behind(client)


def test_the_command_tells_what_it_did(client, elasticsearch, kafka, monkeypatch, capsys):
    """A plan, a move, and what is left over, each for people and programs."""
    monkeypatch.setenv("NEWSMILL_ELASTICSEARCH_URL", elasticsearch)
    monkeypatch.setenv("NEWSMILL_KAFKA_BOOTSTRAP_SERVERS", kafka)
    topics.apply(Settings(_env_file=None, kafka_bootstrap_servers=kafka))
    ElasticsearchSink(client).write([family(1, 5, "a")])
    assert main(["reindex", "--dry-run"]) == 0
    assert "articles: articles-v1 -> articles-v2" in capsys.readouterr().out
    assert not client.indices.exists(index="articles-v2")
    assert main(["reindex", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["switched"], told["copied"], told["new"]["quotes"]) == (True, 1, "quotes-v2")
    assert main(["reindex", "--drop-old", "--yes"]) == 0
    assert capsys.readouterr().out == "deleted: articles-v1, quotes-v1\n"
    assert main(["reindex", "--to", "Bad Name"]) == 78
    assert "is no name" in capsys.readouterr().err
