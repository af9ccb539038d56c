"""One round of a source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest

from connectors import Connector, Cursor, Cursors, ItemMalformed, Note, SourceUnavailable, Tools
from connectors.connector import Found
from connectors.round import BATCH, Round, new_articles
from schemas import RawArticle, ServiceUnavailable, article_id
from tests.contracts.connector_contract import NOW, Kafka


class Script(Connector):
    """A source that offers what a test tells it to."""

    type: Literal["script"] = "script"
    play: Callable[[], Iterator[Found]]

    def fetch(self, tools: Tools, since: Cursor) -> Iterator[Found]:
        """Offer it."""
        return self.play()


def story(number: int, body: str = "words") -> RawArticle:
    """Return a story."""
    url = f"https://g.example/{number}"
    return RawArticle(
        id=article_id("g", url), url=url, source="g", content_type="text/plain", body=body
    )


@pytest.fixture
def kafka() -> Kafka:
    """Return a Kafka that is well."""
    return Kafka()


def ask(cursor: Cursor, kafka: Kafka, tools: Tools, *found: Found | Exception) -> Round:
    """Ask a source that offers *found*; the last may be an error."""

    def play() -> Iterator[Found]:
        for one in found:
            if isinstance(one, Exception) and not isinstance(one, ItemMalformed):
                raise one
            yield one

    this = Round(cursor, kafka.publish, lambda: NOW)
    try:
        this.ask(Script(id="g", play=play), tools)
    except SourceUnavailable:
        this.tally.errors += 1
    return this


def test_counts(cursor: Cursor, kafka: Kafka, tools: Tools) -> None:
    """Everything that is offered is counted, once, under one name."""
    ask(cursor, kafka, tools, story(1))
    bad = ItemMalformed("g.jsonl:3", "broken")
    tally = ask(cursor, kafka, tools, story(1), story(2), bad, story(3)).tally
    assert vars(tally) == {"fetched": 3, "sent": 2, "unchanged": 1, "malformed": 1, "errors": 0}


def test_what_came_before_an_error_is_kept(cursor: Cursor, kafka: Kafka, tools: Tools) -> None:
    """A source that breaks in the middle has given what it gave."""
    ask(cursor, kafka, tools, story(1), Note("1", "read"), SourceUnavailable("broke off"))
    assert [a.url[-1] for a in kafka.arrived] == ["1"]
    assert cursor.note("1") == "read"


def test_notes_wait_for_the_articles_before_them(
    cursor: Cursor, kafka: Kafka, tools: Tools
) -> None:
    """A note is not made when the articles before it did not arrive."""
    kafka.away = True
    with pytest.raises(ServiceUnavailable):
        ask(cursor, kafka, tools, story(1), Note("1", "read"))
    assert (cursor.note("1"), cursor.revision(story(1))) == ("", 1)


def test_batches(cursor: Cursor, kafka: Kafka, tools: Tools) -> None:
    """A long list is sent and remembered in pieces, not at its end."""
    stories = [story(n) for n in range(BATCH)]
    error = SourceUnavailable("broke off")
    ask(cursor, kafka, tools, *stories, story(BATCH), error)
    assert kafka.batches == [BATCH, 1]


def test_too_big_for_kafka(cursor: Cursor, tools: Tools) -> None:
    """An article that Kafka never takes is counted, and not offered again."""
    kafka = Kafka(takes_chars=3)
    first = ask(cursor, kafka, tools, story(1)).tally
    again = ask(cursor, kafka, tools, story(1)).tally
    assert (first.sent, first.malformed, again.malformed, again.unchanged) == (0, 1, 0, 1)


def test_stop(cursor: Cursor, kafka: Kafka, tools: Tools) -> None:
    """A round that is to stop takes no more, and sends what it has."""
    this = Round(cursor, kafka.publish, lambda: NOW)

    def play() -> Iterator[Found]:
        yield story(1)
        this.stop.set()
        yield story(2)
        raise AssertionError("it was asked for more")

    this.ask(Script(id="g", play=play), tools)
    assert len(kafka.arrived) == 2


def test_looking_changes_nothing(tmp_path: Path, tools: Tools) -> None:
    """A dry run shows what a round would send, and remembers nothing."""
    cursor = Cursors(tmp_path / "c.db").of("g")
    script = Script(id="g", play=lambda: iter([story(1), Note("1", "read")]))
    for _ in range(2):
        assert [a.url for a in new_articles(script, tools, cursor)] == [story(1).url]  # type: ignore[union-attr]
    assert cursor.note("1") == ""


def test_what_lets_in_is_not_stored(cursor: Cursor, kafka: Kafka, tools: Tools) -> None:
    """The address of an article is sent without passwords and tokens; its id is as it was."""
    secret = story(1).model_copy(
        update={"url": "https://me:planted-pw@g.example/1?a=2&access_token=planted-token"}
    )
    for _ in range(2):
        ask(cursor, kafka, tools, secret)
    (sent,) = kafka.arrived
    assert (sent.id, sent.url) == (secret.id, "https://g.example/1?a=2&access_token=hidden")
