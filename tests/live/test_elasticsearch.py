"""The sink on a real Elasticsearch."""

import threading

import pytest

from pipeline.index import templates
from pipeline.index.elasticsearch import ElasticsearchSink, connect
from pipeline.index.sink import Stopped
from schemas import ServiceUnavailable
from tests.contracts.sink_contract import SinkContract, doc, family

pytestmark = pytest.mark.live
INDICES = list(templates.INDICES.values())


@pytest.fixture
def sink(elasticsearch):
    client = connect(elasticsearch)
    client.indices.delete(index=INDICES, ignore_unavailable=True)
    templates.apply(client)
    made = ElasticsearchSink(client, pause_secs=0.05)
    made.open()
    yield made
    made.close()
    with connect(elasticsearch) as other:  # a block left on it would stop the tests that follow
        other.indices.delete(index=INDICES)


class TestElasticsearch(SinkContract):
    """Elasticsearch keeps the contract."""

    def quotes(self, sink, article):
        """Return the texts that a search for the article's id finds."""
        sink.client.indices.refresh(index="quotes")
        answer = sink.client.search(
            index="quotes", query={"term": {"article_id": article}}, sort=[{"id": "asc"}]
        )
        return [hit["_source"]["text"] for hit in answer["hits"]["hits"]]


def test_finds_every_word_and_marks_it(sink):
    """A search returns documents that hold all words, with the words marked."""
    sink.write([doc(1, text="Heavy rain fell on Lima."), doc(2, text="Heavy snow fell.")])
    sink.client.indices.refresh(index=templates.ALIAS)
    assert [(hit.id, hit.excerpt) for hit in sink.search("rain heavy")] == [
        ("id1", "[Heavy] [rain] fell on Lima.")
    ]


def test_an_article_is_found_by_the_beginning_of_its_id(sink):
    """The id itself comes first, whatever else begins so."""
    sink.write([doc(1), doc(12), doc(13), doc(2)])
    sink.client.indices.refresh(index=templates.ALIAS)
    assert sink.beginning("id1")[0]["id"] == "id1"
    assert [body["id"] for body in sink.beginning("id2")] == ["id2"]
    assert len(sink.beginning("id")) == 2
    assert sink.beginning("no*") == []


def test_a_blocked_index_is_waited_for(sink):
    """A write block is an operator's affair: the sink waits, says why, and stores in the end."""
    told = []
    sink.on_wait = told.append
    sink.client.indices.put_settings(index=templates.INDEX, settings={"blocks.write": True})

    def unblock():
        sink.client.indices.put_settings(index=templates.INDEX, settings={"blocks.write": False})

    threading.Timer(0.5, unblock).start()
    assert [one.state for one in sink.write([doc(1)])] == ["stored"]
    assert "cluster_block_exception" in told[0]
    assert told[-1] == ""


def test_closing_ends_the_waiting(sink):
    """A sink that waits for a server can be stopped; nothing is decided about the batch."""
    sink.client.indices.put_settings(index=templates.INDEX, settings={"blocks.write": True})
    threading.Timer(0.3, sink.closing.set).start()
    with pytest.raises(Stopped):
        sink.write([doc(1)])


def test_templates_say_what_is_wrong_where_nobody_answers():
    """A server that is away is told in words, with what to do."""
    with pytest.raises(ServiceUnavailable, match="templates were not applied"):
        templates.apply(connect("http://127.0.0.1:9"))


def test_the_base_template_is_strict_about_nothing_and_maps_everything(sink):
    """A stray field is kept and never mapped, so that no document can break the index."""
    sink.write([doc(1, stray={"deep": {"field": 1}})])
    mapping = sink.client.indices.get_mapping(index=templates.INDEX)[templates.INDEX]["mappings"]
    assert mapping["dynamic"] == "false"
    assert "stray" not in mapping["properties"]


def test_a_quotation_that_the_server_refuses_costs_its_article_alone(sink):
    """The reason is the server's, and the article is not there without it."""
    bad, good = family(1, 1, "a"), family(2, 1, "b")
    bad.children[0].body["sentence_index"] = "many"
    refused, stored = sink.write([bad, good])
    assert (refused.state, stored.state) == ("refused", "stored")
    assert "document_parsing_exception" in refused.reason
    assert not sink.client.exists(index=templates.ALIAS, id=bad.id)


def test_blocked_quotations_are_waited_for(sink):
    """The article is not written before them."""
    told = []
    sink.on_wait = told.append
    quotes = templates.INDICES["quotes"]
    sink.client.indices.put_settings(index=quotes, settings={"blocks.write": True})

    def unblock():
        told.append(f"there: {sink.client.exists(index=templates.ALIAS, id='id1')}")
        sink.client.indices.put_settings(index=quotes, settings={"blocks.write": False})

    threading.Timer(0.5, unblock).start()
    assert [one.state for one in sink.write([family(1, 1, "a")])] == ["stored"]
    assert "there: False" in told
