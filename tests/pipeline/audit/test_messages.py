from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

from pipeline.audit import messages
from pipeline.audit.facts import UNKNOWN, Kind
from schemas import Dropped, RawArticle, document_version
from schemas.dead_letters import Origin, Reason, letter_of

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
RAW = RawArticle(id="a", source="gazette", content_type="text/plain", body="Rain.", fetched_at=NOON)
FETCH = document_version(NOON) // 1000


def message(key, value, headers=(), topic="articles.raw", offset=7):
    """Return a message as kafka-python gives it."""
    return SimpleNamespace(
        topic=topic, partition=3, offset=offset, key=key, value=value, headers=list(headers),
        timestamp=1000,
    )  # fmt: skip


def test_a_raw_record_is_accepted_under_its_own_id():
    """Its version is that of the document that it becomes; uncommitted it waits as well."""
    (fact,) = messages.accepted(message(b"a", RAW.to_bytes()), committed=8)
    assert (fact.id, fact.kind, fact.fetch, fact.source) == ("a", Kind.ACCEPTED, FETCH, "gazette")
    assert fact.place == "articles.raw:3:7"
    kinds = [one.kind for one in messages.accepted(message(b"a", RAW.to_bytes()), committed=7)]
    assert kinds == [Kind.ACCEPTED, Kind.WAITING]


def test_what_is_no_record_goes_by_its_key_or_its_place():
    """As the dead letter of it does."""
    for key, value in ((b"k", b"{"), (None, b"\xff"), (b"k", None), (b"k", b'{"id": "other"}')):
        origin = Origin("articles.raw", 3, 7, key, value, 0)
        (fact,) = messages.accepted(message(key, value), committed=8)
        assert fact.id == origin.id()


def test_a_letter_tells_of_the_fetch_of_its_record():
    """The record is in its value, the reason in its headers."""
    origin = Origin("articles.raw", 3, 7, b"a", RAW.to_bytes(), 0)
    why = Reason("clean", "no_text", "RecordError", "nothing there")
    value, headers = letter_of(origin, why, "1", NOON)
    name = origin.name().encode()
    fact = messages.letter(message(name, value, headers.items(), "articles.dead"))
    assert (fact.id, fact.fetch, fact.reason) == ("a", FETCH, "no_text")
    resolved = messages.letter(message(name, None))
    assert (resolved.id, resolved.reason, resolved.place) == ("a", "", fact.place)


def test_what_a_broken_record_still_tells_is_told_alike_by_its_letter():
    """Else the two would not be recognised as one."""
    broken = RAW.to_bytes()[:-3]
    (fact,) = messages.accepted(message(b"a", broken), committed=8)
    origin = Origin("articles.raw", 3, 7, b"a", broken, 0)
    why = Reason("clean", "invalid_json", "RecordError", "it ends early")
    value, headers = letter_of(origin, why, "1", NOON, most_bytes=10)
    letter = messages.letter(message(origin.name().encode(), value, headers.items()))
    assert (letter.id, letter.fetch, letter.source) == (fact.id, fact.fetch, fact.source)


def test_a_letter_that_nobody_of_ours_wrote_still_counts():
    """It stands in the way of its id whatever it says."""
    assert messages.letter(message(b"a", b"?")).reason == "stage_error"


def test_a_note_names_the_fetch_if_it_can():
    """An older newsmill wrote notes without it."""
    note = Dropped(id="a", stage="clean", reason="not_a_story", at=NOON, source="gazette")
    (fact,) = messages.note(message(b"a", note.to_bytes()))
    assert (fact.fetch, fact.at, fact.reason) == (UNKNOWN, FETCH, "not_a_story")
    named = note.model_copy(update={"version": document_version(NOON)})
    (fact,) = messages.note(message(b"a", named.to_bytes()))
    assert fact.fetch == FETCH


def test_what_is_no_note_explains_nothing():
    """Its id then shows up as missing, which is louder than a guess."""
    assert not [*messages.note(message(b"a", b"{}"))]


def test_a_reason_that_this_version_does_not_know_is_a_reason():
    """Notes of a newer newsmill are read in a rolling upgrade."""
    note = b'{"id":"a","stage":"clean","reason":"something_new","at":"2026-11-01T12:00:00Z"}'
    assert [one.reason for one in messages.note(message(b"a", note))] == ["something_new"]
