"""What was fetched long ago leaves the index, with all that it said, and nothing else does."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.cli.main import main
from pipeline.index import expire as expiry
from pipeline.index import templates
from pipeline.index.document import document
from pipeline.index.elasticsearch import ElasticsearchSink, connect
from pipeline.index.expire import expire
from schemas import EnrichedArticle
from schemas.enriched import Quote
from tests.live.sweep import sweep_indices

NOW = datetime.now(UTC)
LONG_AGO = NOW - timedelta(days=400)


@pytest.fixture
def client(elasticsearch, monkeypatch):
    sweep_indices(elasticsearch)
    monkeypatch.setenv("NEWSMILL_ELASTICSEARCH_URL", elasticsearch)
    made = connect(elasticsearch)
    templates.apply(made)
    yield made
    sweep_indices(elasticsearch)
    made.close()


def article(name, at, source="gazette"):
    """Return the document of an article with one quotation."""
    text = 'The ferry is late, says the mayor: "We wait."'
    quote = Quote(text='"We wait."', start=35, end=45, kind="direct")
    made = EnrichedArticle(id=name, source=source, text=text, quotes=(quote,), fetched_at=at)
    return document(made, NOW)


def ids(client, alias):
    """Return the ids behind *alias*."""
    client.indices.refresh(index=alias)
    return {hit["_id"] for hit in client.search(index=alias, size=100)["hits"]["hits"]}


def test_old_fetches_go_with_their_quotations(client, capsys):
    """A dry run counts them, the run deletes them, a second one finds nothing."""
    sink = ElasticsearchSink(client)
    sink.write([article("old", LONG_AGO), article("new", NOW), article("other", LONG_AGO, "post")])
    assert main(["expire", "--days", "365", "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["articles"], told["quotes"], told["sources"]) == (2, 2, {"gazette": 1, "post": 1})
    assert ids(client, "articles") == {"old", "new", "other"}

    assert main(["expire", "--days", "365", "--source", "gazette"]) == 0
    assert "1 articles and 1 quotations deleted" in capsys.readouterr().out
    assert ids(client, "articles") == {"new", "other"}
    assert ids(client, "quotes") == {"new-0", "other-0"}
    assert expire(client, NOW - timedelta(days=1), ["gazette"]).articles == 0


def test_a_revision_that_comes_in_between_stays(client, monkeypatch):
    """What was read as old and is renewed before its delete arrives is not deleted."""
    sink = ElasticsearchSink(client)
    sink.write([article("old", LONG_AGO)])
    really = expiry.delete

    def late(client, actions):
        sink.write([article("old", NOW)])
        return really(client, actions)

    monkeypatch.setattr(expiry, "delete", late)
    done = expire(client, NOW - timedelta(days=1))
    assert (done.articles, done.renewed) == (0, 1)
    assert (ids(client, "articles"), ids(client, "quotes")) == ({"old"}, {"old-0"})


def test_what_kafka_still_holds_does_not_expire(capsys):
    """An audit would miss it in the index, so no fewer than eight days are taken."""
    assert main(["expire", "--days", "7"]) == 2
    assert "than or equal to 8" in capsys.readouterr().err
