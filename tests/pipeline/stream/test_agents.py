import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from pipeline.index.sink import STALE, STORED, Written
from pipeline.pool import Lost
from pipeline.stage import GivenUp, LeftOut
from pipeline.stream.agents import Outlets, SinkAgent, StageAgent, origin_of
from pipeline.stream.gaps import Expected, Gap
from pipeline.stream.health import Health
from pipeline.work import Reply
from schemas import Dropped, EnrichedArticle
from schemas.dead_letters import read, replay_headers

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


class MessageSizeTooLargeError(Exception):
    """As the Kafka clients call it."""


class Topic:
    """A topic that keeps what it is sent, and refuses what is larger than *most* bytes."""

    def __init__(self, most=10**9):
        self.most, self.sent = most, []

    async def send(self, *, key, value, headers):
        async def delivered():
            if len(value or b"") > self.most:
                raise MessageSizeTooLargeError(f"{len(value)} bytes")
            self.sent.append((key, value, headers))

        return delivered()


class Pool:
    """Workers that give these replies."""

    def __init__(self, *replies):
        self.replies, self.asked = list(replies), []

    def call(self, items):
        self.asked += items
        return self.replies


class Sink:
    """A sink in which documents end as written here."""

    def __init__(self, *outcomes):
        self.outcomes, self.documents = list(outcomes), []

    def write(self, batch):
        self.documents += batch
        return self.outcomes


@pytest.fixture
def outlets():
    return Outlets(target=Topic(), dead=Topic(), dropped=Topic(), version="0.1")


def event(value=b"v", key=b"k", headers=None):
    """Return a message as Faust gives it."""
    message = SimpleNamespace(topic="articles.raw", partition=1, offset=2, headers=headers)
    return SimpleNamespace(key=key, value=value, message=message)


REPLAYED = replay_headers(2, "letter 1")


def staged(outlets, *replies, events=None):
    """Hand events to a stage agent whose workers answer so; return its counts."""
    health = Health("clean", "live")
    agent = StageAgent("clean", outlets, health, lambda: NOON, workers=Pool(*replies))
    asyncio.run(agent.handle(events or [event() for _ in replies]))
    assert health.waiting == {}
    return dict(health.counts)


def letters(outlets):
    """Return the dead letters that were sent, as they are read back."""
    return [read(key, value, list(headers.items())) for key, value, headers in outlets.dead.sent]


def test_a_record_goes_on_under_its_id(outlets):
    """The key of the message is the id of the record, and nothing else is said of it."""
    assert staged(outlets, Reply("7", "s", b"clean", None)) == {"done": 1}
    assert outlets.target.sent == [(b"7", b"clean", {})]
    assert (outlets.dead.sent, outlets.dropped.sent) == ([], [])


def test_a_drop_is_noted(outlets):
    """What was left out is told with id, source, version, stage and reason, and counted."""
    reply = Reply("7", "gazette", b"", LeftOut("clean", "only_boilerplate", "noise"), 5002)
    assert staged(outlets, reply) == {"dropped.only_boilerplate": 1}
    ((key, value, _),) = outlets.dropped.sent
    assert key == b"7"
    assert Dropped.from_bytes(value) == Dropped(
        id="7",
        stage="clean",
        reason="only_boilerplate",
        message="noise",
        at=NOON,
        source="gazette",
        version=5002,
    )
    assert (outlets.dead.sent, outlets.target.sent) == ([], [])


def test_a_dead_letter_holds_the_record_untouched(outlets):
    """The bytes as they came, the place they came from, and why."""
    why = GivenUp("clean", "undecodable", "RecordError", "not UTF-8")
    assert staged(outlets, Reply("", "", b"", why), events=[event(b"\xff{")]) == {
        "dead.undecodable": 1
    }
    (letter,) = letters(outlets)
    assert (letter.id, letter.record, letter.reason) == ("k", b"\xff{", "undecodable")
    assert (letter.topic, letter.partition, letter.offset) == ("articles.raw", 1, 2)
    assert (letter.attempts, letter.at, letter.code_version) == (1, NOON, "0.1")


def test_a_lost_worker_costs_one_record(outlets):
    """A record that hangs its worker is a dead letter; its neighbours go on, in order."""
    counts = staged(
        outlets, Reply("1", "s", b"a", None), Lost("timeout", "slow"), Reply("3", "s", b"c", None)
    )
    assert counts == {"done": 2, "dead.timeout": 1}
    assert [key for key, _, _ in outlets.target.sent] == [b"1", b"3"]
    assert [one.error for one in letters(outlets)] == ["WorkerLost"]


def test_a_message_without_a_value_is_given_to_the_workers_as_nothing(outlets):
    """A stranger's tombstone is a message like any other: it has an outcome."""
    pool = Pool(Reply("", "", b"", GivenUp("clean", "invalid_json", "RecordError", "empty")))
    agent = StageAgent("clean", outlets, Health("clean", "live"), lambda: NOON, workers=pool)
    asyncio.run(agent.handle([event(None, None)]))
    assert pool.asked == [b""]
    assert len(letters(outlets)[0].id) == 32


def test_a_record_too_large_to_send_becomes_a_dead_letter(outlets):
    """The record that came in is kept, whole; the one that cannot travel is not."""
    outlets.target.most = 10
    counts = staged(
        outlets, Reply("8", "s", b"x", None), Reply("7", "s", b"x" * 11, None),
        events=[event(b"small"), event(b"large")],
    )  # fmt: skip
    assert counts == {"done": 2, "dead.too_large_to_send": 1}
    (letter,) = letters(outlets)
    assert (letter.reason, letter.record) == ("too_large_to_send", b"large")
    assert [key for key, _, _ in outlets.target.sent] == [b"8"]


def test_where_no_dead_letter_can_be_kept_the_worker_ends(outlets):
    """Then nothing is acked, and Kafka sends the record again."""
    outlets.dead.most = 0
    with pytest.raises(RuntimeError, match="refuses a dead letter"):
        staged(outlets, Reply("", "", b"", GivenUp("clean", "no_text", "RecordError", "")),
               Lost("crash", ""), events=[event(), event()])  # fmt: skip


def test_a_replay_that_goes_on_takes_the_name_of_its_letter_along(outlets):
    """It is not resolved before its record has ended, in a later stage."""
    staged(outlets, Reply("7", "s", b"clean", None), events=[event(headers=REPLAYED)])
    assert outlets.target.sent == [(b"7", b"clean", REPLAYED)]
    assert outlets.dead.sent == []


def test_a_replay_that_is_left_out_is_resolved(outlets):
    """Left out on purpose is an end: the tombstone is written, the note too."""
    reply = Reply("7", "s", b"", LeftOut("clean", "only_boilerplate", ""))
    staged(outlets, reply, events=[event(headers=REPLAYED)])
    assert outlets.dead.sent == [(b"letter 1", None, {})]
    assert len(outlets.dropped.sent) == 1


def test_a_replay_that_fails_again_replaces_its_letter(outlets):
    """It keeps its name, counts one attempt more, and is not resolved."""
    why = GivenUp("clean", "no_text", "RecordError", "")
    staged(outlets, Reply("7", "s", b"", why), events=[event(headers=REPLAYED)])
    (letter,) = letters(outlets)
    assert (letter.name, letter.attempts, letter.record) == ("letter 1", 3, b"v")


ARTICLE = EnrichedArticle(id="7", source="gazette", text="Rain fell.", fetched_at=NOON)


def sunk(outlets, *outcomes, events):
    """Hand events to a sink agent; return its counts and the documents it wrote."""
    health, sink = Health("index", "live"), Sink(*outcomes)
    agent = SinkAgent("index", outlets, health, lambda: NOON, sink=sink)
    asyncio.run(agent.handle(events))
    return dict(health.counts), [item.id for item in sink.documents]


def test_a_stored_document_needs_no_word(outlets):
    """The index holds it: no message anywhere."""
    counts, written = sunk(outlets, STORED, events=[event(ARTICLE.to_bytes())])
    assert (counts, written) == ({"done": 1}, ["7"])
    assert (outlets.dead.sent, outlets.dropped.sent) == ([], [])


def test_a_stale_document_is_a_duplicate(outlets):
    """What is in the index is the same or newer, so this one is noted as left out."""
    counts, _ = sunk(outlets, STALE, events=[event(ARTICLE.to_bytes())])
    assert counts == {"dropped.duplicate": 1}
    ((key, value, _),) = outlets.dropped.sent
    note = Dropped.from_bytes(value)
    assert (key, note.id, note.reason, note.source) == (b"7", "7", "duplicate", "gazette")
    assert note.version


def test_what_is_no_story_is_noted_and_not_indexed(outlets):
    """A wall or an error page never reaches the sink; its neighbour does."""
    wall = ARTICLE.model_copy(update={"id": "8", "article_kind": "consent-wall"})
    events = [event(wall.to_bytes()), event(ARTICLE.to_bytes())]
    counts, written = sunk(outlets, STORED, events=events)
    assert (counts, written) == ({"dropped.not_a_story": 1, "done": 1}, ["7"])
    ((key, value, _),) = outlets.dropped.sent
    note = Dropped.from_bytes(value)
    assert (key, note.reason, note.source) == (b"8", "not_a_story", "gazette")
    assert "consent-wall" in note.message


def test_a_refused_document_is_a_dead_letter(outlets):
    """The reason of the index stands in it, and the record as it came."""
    refused = Written("refused", "failed to parse field")
    counts, _ = sunk(outlets, refused, events=[event(ARTICLE.to_bytes())])
    (letter,) = letters(outlets)
    assert counts == {"dead.refused": 1}
    assert (letter.id, letter.message, letter.error) == (
        "7", "failed to parse field", "DocumentRefused",
    )  # fmt: skip
    assert letter.record == ARTICLE.to_bytes()


def test_what_is_no_record_never_reaches_the_sink(outlets):
    """It is a dead letter, and its neighbours keep the outcomes that are theirs."""
    events = [event(b"{"), event(ARTICLE.to_bytes()), event(None), event(ARTICLE.to_bytes())]
    counts, written = sunk(outlets, STORED, STALE, events=events)
    assert counts == {"dead.invalid_json": 2, "done": 1, "dropped.duplicate": 1}
    assert written == ["7", "7"]


@pytest.mark.parametrize(("outcome", "resolved"), [(STORED, True), (STALE, True),
                                                   (Written("refused", "no"), False)])  # fmt: skip
def test_a_replay_is_resolved_when_its_record_ended_well(outlets, outcome, resolved):
    """In the index, or there already: the tombstone.  Refused: the letter, one attempt older."""
    sunk(outlets, outcome, events=[event(ARTICLE.to_bytes(), headers=list(REPLAYED.items()))])
    ((key, value, _),) = outlets.dead.sent
    assert (key, value is None) == (b"letter 1", resolved)
    if not resolved:
        assert letters(outlets)[0].attempts == 3


def test_an_agent_without_its_means_says_so(outlets):
    """A stage agent needs workers, a sink agent a sink."""
    for agent in (StageAgent, SinkAgent):
        with pytest.raises(RuntimeError, match="needs its"):
            asyncio.run(agent("clean", outlets, Health("clean", "live")).handle([event()]))


def test_an_origin_is_what_the_message_says():
    """Place, key, value, attempts and letter, whatever form the headers have."""
    for headers in (REPLAYED, list(REPLAYED.items())):
        origin = origin_of(event(headers=headers))
        assert (origin.topic, origin.partition, origin.offset) == ("articles.raw", 1, 2)
        assert (origin.key, origin.value) == (b"k", b"v")
        assert (origin.attempts, origin.letter) == (2, "letter 1")


def test_messages_that_expired_unread_are_noted_before_what_follows_them():
    """The note is confirmed together with the next record, and before that is acknowledged."""
    outlets = Outlets(Topic(), Topic(), Topic(), "1")
    health = Health("clean", "live")
    agent = StageAgent(
        "clean", outlets, health, workers=Pool(Reply("a", "s", b"{}", None)),
        expected=Expected("newsmill-clean"),
    )  # fmt: skip
    asyncio.run(agent.handle([event()]))
    ((key, value, _),) = outlets.dropped.sent
    assert Gap.named(key.decode()) == Gap("newsmill-clean", "articles.raw", 1, 0, 1)
    assert Dropped.from_bytes(value).reason == "expired"
    assert health.counts == {"expired": 2, "done": 1}
