"""Which kept records are sent again, with which headers, and how far a stopped job came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kafka.errors import KafkaTimeoutError

from pipeline.settings import Settings
from pipeline.stream.archive_days import Archive
from pipeline.stream.kept import AGAIN, Choice, Head, Kept, in_archive
from pipeline.stream.reprocess import Job, Known, Sending, chosen, job_file, save, unfinished
from schemas import ConfigError, DeadLetter, RawArticle, ServiceUnavailable
from schemas.dead_letters import replayed

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
NONE = Known(frozenset(), {})
ASKED = {"--since": "", "--until": "", "--source": [], "--from-archive": ""}


def raw(number, at=NOON, source="gazette"):
    """Return the bytes of a raw record."""
    return RawArticle(
        id=f"id{number}", source=source, content_type="text/plain", body="Rain.", fetched_at=at
    ).to_bytes()


def job():
    return Job(dict(ASKED), ("", ""), {})


class Producer:
    """Confirms what it is told to, then fails for ever."""

    def __init__(self, lasts=10**9):
        self.sent, self.lasts = [], lasts

    def send(self, topic, *, key, value, headers):
        self.sent.append((topic, key, value, dict(headers)))
        return self

    def flush(self):
        pass

    def get(self, _secs):
        self.lasts -= 1
        if self.lasts < 0:
            raise KafkaTimeoutError


@given(at=st.datetimes(), since=st.datetimes(), until=st.datetimes())
def test_a_record_is_wanted_from_since_on_and_before_until(at, since, until):
    """The first instant belongs to the span, the last one does not."""
    at, since, until = (one.replace(tzinfo=UTC) for one in (at, since, until))
    found = Head(id="1", fetched_at=at)
    assert Choice(since, until).takes(found, None) == (since <= at < until)


def test_a_record_without_a_time_goes_by_when_it_was_kept():
    """Kafka's time stands in for that of the fetch; without either no span takes it."""
    found = Head(id="1")
    assert Choice(since=NOON).takes(found, NOON)
    assert not Choice(since=NOON).takes(found, None)
    assert Choice().takes(found, None)


def test_each_record_is_sent_or_counted():
    """What cannot be read, was not asked for or was taken down is passed over, with a count."""
    ids = Known(frozenset({"id2"}), {})
    kept = [Kept("p", 0, raw(1)), Kept("p", 1, raw(2)), Kept("p", 2, b"{"),
            Kept("p", 3, raw(4, source="other"))]  # fmt: skip
    why = [found for _, found in chosen(kept, Choice(sources=frozenset({"gazette"})), ids)]
    assert [one if isinstance(one, str) else one.id for one in why] == [
        "id1", "forgotten", "unreadable", "not asked for",
    ]  # fmt: skip


def test_a_record_resolves_the_dead_letter_of_its_own_fetch_alone():
    """A letter of a newer fetch must not be resolved by an older record."""
    letter = DeadLetter(id="id1", name="id1:a", stage="clean", reason="no_text", at=NOON)
    ids = Known(frozenset(), {("id1", NOON): letter, ("id2", NOON + timedelta(days=1)): letter})
    assert ids.headers(Head(id="id1", fetched_at=NOON)) == {AGAIN: b"1", **replayed(letter)}
    assert replayed(letter)["newsmill-letter"] == b"id1:a"
    assert ids.headers(Head(id="id2", fetched_at=NOON)) == {AGAIN: b"1"}
    assert ids.headers(Head(id="id3", fetched_at=NOON)) == {AGAIN: b"1"}


def test_what_is_sent_is_what_was_kept():
    """Key and bytes are those of the record, in the lane that delays no news."""
    producer, saved = Producer(), []
    kept = [Kept("articles.raw 0", 7, raw(1))]
    Sending(producer, job(), saved.append).run(chosen(kept, Choice(), NONE), NONE, lambda: None)
    assert producer.sent == [("articles.raw.backfill", b"id1", raw(1), {AGAIN: b"1"})]
    assert saved[-1].next == {"articles.raw 0": 8}
    assert saved[-1].counts == {"sent": 1}
    assert saved[-1].sources == {"gazette": 1}


def test_a_stopped_job_goes_on_where_kafka_had_confirmed(tmp_path):
    """The next run of the same command sends what was not confirmed, and counts each once."""
    settings = Settings(_env_file=None, state_dir=tmp_path)
    kept = [Kept("articles.raw 0", number, raw(number)) for number in range(1200)]
    first = Producer(lasts=700)
    sending = Sending(first, job(), lambda now: save(settings, now))
    with pytest.raises(ServiceUnavailable, match="goes on there"):
        sending.run(chosen(kept, Choice(), NONE), NONE, lambda: None)
    again = unfinished(settings, ASKED)
    assert again is not None
    assert again.next == {"articles.raw 0": 500}
    rest = kept[again.next["articles.raw 0"] :]
    sending = Sending(Producer(), again, lambda now: save(settings, now))
    sending.run(chosen(rest, Choice(), NONE), NONE, lambda: None)
    assert again.counts == {"sent": 1200}
    assert again.next == {"articles.raw 0": 1200}


def test_a_job_of_other_options_is_not_lost_by_a_new_one(tmp_path):
    """Whoever stopped it is told how to finish it and how to give it up."""
    settings = Settings(_env_file=None, state_dir=tmp_path)
    save(settings, Job({**ASKED, "--source": ["gazette"]}, ("", ""), {}))
    with pytest.raises(ConfigError, match=r"--source \['gazette'\].*--restart"):
        unfinished(settings, ASKED)
    job_file(settings).unlink()
    assert unfinished(settings, ASKED) is None


def test_a_rate_is_kept():
    """A record is sent when it is due, and what waits long is confirmed before."""
    now, slept = [0.0], []

    def sleep(secs):
        slept.append(secs)
        now[0] += secs

    kept = [Kept("p", number, raw(number)) for number in range(4)]
    sending = Sending(Producer(), job(), lambda _job: None, 0.5, lambda: now[0], sleep)
    sending.run(chosen(kept, Choice(), NONE), NONE, lambda: None)
    assert slept == [2.0, 2.0, 2.0, 2.0]


def test_an_archive_is_gone_through_from_where_a_job_stopped(tmp_path):
    """The place of a record is its day and its number in it."""
    archive = Archive(tmp_path, 1 << 30)
    for day in (1, 2):
        archive.append(NOON.date().replace(day=day), [raw(10 * day + n) for n in range(3)])
    found = in_archive(tmp_path, {"raw-2026-11-01.jsonl.gz": 3, "raw-2026-11-02.jsonl.gz": 1})
    assert [(one.place, one.number, one.value) for one in found] == [
        ("raw-2026-11-02.jsonl.gz", 1, raw(21)),
        ("raw-2026-11-02.jsonl.gz", 2, raw(22)),
    ]
