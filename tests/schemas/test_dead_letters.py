from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.dead_letters import (
    KEPT_BYTES,
    Origin,
    Reason,
    attempts_of,
    first_told,
    letter_named,
    letter_of,
    read,
    replay_headers,
    replayed,
)
from schemas.topics import MAX_RECORD_BYTES

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def origin(**changes):
    """Return where a record came from."""
    known = {"topic": "articles.raw", "partition": 1, "offset": 2, "key": b"k", "value": b"v"}
    return Origin(**{**known, "attempts": 0, **changes})


def there_and_back(where):
    """Return the dead letter of a record as it is read back."""
    why = Reason("clean", "no_text", "RecordError", "nothing in it")
    value, headers = letter_of(where, why, "0.1", NOON)
    return read(where.name().encode(), value, list(headers.items()))


def test_what_is_written_is_read():
    """Stage, reason, error, attempts, version, place and the untouched record come back."""
    letter = there_and_back(origin(value=b"\xff{bad"))
    assert letter.record == b"\xff{bad"
    told = letter.model_dump(exclude={"schema_version", "sha256", "at", "record"})
    assert {name: value for name, value in told.items() if value not in ("", None, -1)} == {
        "id": "k", "name": letter.name, "stage": "clean", "reason": "no_text",
        "error": "RecordError", "message": "nothing in it", "attempts": 1, "code_version": "0.1",
        "topic": "articles.raw", "partition": 1, "offset": 2, "size": 5, "truncated": False,
    }  # fmt: skip


def test_a_record_too_large_to_travel_keeps_its_beginning_and_its_place():
    """Above the size limit: the first 64 KiB, the size, the hash and where the whole lies."""
    letter = there_and_back(origin(value=b"x" * (MAX_RECORD_BYTES + 1)))
    assert (letter.truncated, len(letter.record), letter.size) == (
        True,
        KEPT_BYTES,
        MAX_RECORD_BYTES + 1,
    )


@pytest.mark.parametrize(
    ("headers", "attempts"),
    [
        ({"newsmill-attempts": b"3"}, 3),
        ([("newsmill-attempts", b"3")], 3),
        ({"newsmill-attempts": b"-1"}, 0),
        ({"newsmill-attempts": b"99999999999"}, 0),
        ({"newsmill-attempts": None}, 0),
        ({"retry-count": b"7"}, 0),
        (None, 0),
    ],
)
def test_only_our_own_sane_count_of_attempts_is_believed(headers, attempts):
    """A forged or odd header counts as never tried."""
    assert attempts_of(headers) == attempts


def again(headers):
    """Return where a replayed record came from, as an agent reads it."""
    return origin(
        attempts=attempts_of(headers), letter=letter_named(headers), first=first_told(headers)
    )


def test_a_replay_keeps_the_name_of_its_letter():
    """A replayed record that fails again replaces its dead letter, whatever id it now has."""
    sent = again(replay_headers(2, "first"))
    assert (sent.name("other"), there_and_back(sent).attempts) == ("first", 3)


def test_a_replay_that_fails_again_keeps_the_first_error():
    """Stage, reason, error, message, time and version of the first time, however often it fails."""
    first = there_and_back(origin())
    second = there_and_back(again(replayed(first)))
    third = there_and_back(again(replayed(second)))
    kept = ("reason", "stage", "error", "message", "at", "code_version")
    assert [first.first_reason, first.first_at] == ["", None]
    for later, attempts in ((second, 2), (third, 3)):
        assert later.attempts == attempts
        assert later.name == first.name
        assert [getattr(later, f"first_{one}") for one in kept] == [
            getattr(first, one) for one in kept
        ]


def test_each_version_of_an_article_has_a_letter_of_its_own():
    """Resolving one never hides another that is not resolved."""
    one, other = origin(), origin(value=b"newer")
    assert one.id() == other.id()
    assert one.name() != other.name()
    assert one.name() == origin(offset=9, partition=4).name(), "delivered again it is the same"


@settings(deadline=None)
@given(st.binary(max_size=300) | st.text().map(str.encode))
def test_a_letter_of_any_bytes_is_read_back(value):
    """Whatever was given up, nothing about it keeps its letter from being written and read."""
    letter = there_and_back(origin(value=value))
    assert (letter.id, letter.record, letter.size) == ("k", value, len(value))


@pytest.mark.parametrize(
    ("value", "source", "fetched_at"),
    [
        (b'{"source": "gazette", "fetched_at": "2026-11-01T12:00:00Z"}', "gazette", NOON),
        (b'{"source": "gazette", "fetched_at": "soon"}', "gazette", None),
        (b'{"source": "gazette", "fetched_at": "2026-11-01T12:00:00"}', "gazette", None),
        (b'{"source": "gazette", "body": "Rain fe', "gazette", None),
        (b'{"source": 7}', "", None),
        (b'{"body": "{\\"source\\": \\"inner\\"}"}', "", None),
        (b"[" * 100_000, "", None),
        (b"\xff", "", None),
    ],
)
def test_source_and_time_are_told_as_far_as_the_record_tells_them(value, source, fetched_at):
    """A record cut short may still say whose it is; one that says nonsense says nothing."""
    letter = there_and_back(origin(value=value))
    assert (letter.source, letter.fetched_at) == (source, fetched_at)


def test_only_a_replay_carries_headers():
    """A record that never failed travels without a word about failing."""
    assert replay_headers(0, "") == {}


def test_a_record_without_any_key_has_a_place_of_its_own():
    """Two such records never share an id, and the same one always has the same."""
    one, other = origin(key=None), origin(key=None, offset=3)
    assert one.id() != other.id()
    assert one.id() == origin(key=None).id()


def test_a_message_that_we_did_not_write_is_shown_all_the_same():
    """A foreign message in the topic is listed, saying that it is foreign."""
    letter = read(b"x", b"y", [("a", b"b")])
    assert (letter.id, letter.record, letter.stage) == ("x", b"y", "?")
