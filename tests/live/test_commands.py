"""The commands of an operator, on real servers."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from kafka import KafkaConsumer, KafkaProducer

from pipeline.cli.main import main
from pipeline.index import templates
from pipeline.index.document import document
from pipeline.index.elasticsearch import ElasticsearchSink, connect
from pipeline.settings import load_settings
from pipeline.stream.letters import unresolved
from schemas import CleanArticle, EnrichedArticle, RawArticle
from schemas.dead_letters import Origin, Reason, letter_of
from schemas.topics import CLEAN, DEAD, RAW, TOPICS
from tests.live.sweep import sweep

pytestmark = pytest.mark.timeout(600)
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def _swept(kafka: str, elasticsearch: str) -> Iterator[None]:
    """Leave no record behind for the other live tests, which count what is there."""
    yield
    sweep(kafka, elasticsearch)


@pytest.fixture(autouse=True)
def _servers(
    kafka: str, elasticsearch: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Let the settings name the real servers and nothing else of this machine."""
    for name in [name for name in os.environ if name.startswith("NEWSMILL_")]:
        if not name.startswith("NEWSMILL_TEST_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("NEWSMILL_KAFKA_BOOTSTRAP_SERVERS", kafka)
    monkeypatch.setenv("NEWSMILL_ELASTICSEARCH_URL", elasticsearch)
    monkeypatch.setenv("NEWSMILL_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("pipeline.telemetry.configure", lambda _format: None)
    monkeypatch.chdir(tmp_path)
    main(["topics", "apply"])
    main(["templates", "apply"])


def told(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    """Run a command line; return its exit code and what it printed."""
    capsys.readouterr()
    code = main(args)
    return code, capsys.readouterr().out


def test_topics_are_as_the_table_says(capsys: pytest.CaptureFixture[str]) -> None:
    """Apply may be repeated, and list finds no difference."""
    assert told(capsys, "topics", "apply") == (0, "all topics are there\n")
    code, out = told(capsys, "topics", "list", "--json")
    states = json.loads(out)
    assert code == 0
    assert [state["name"] for state in states] == [topic.name for topic in TOPICS]
    assert all(state["present"] and not state["differs"] for state in states)


def test_templates_are_applied_once(capsys: pytest.CaptureFixture[str]) -> None:
    """The second time the index was there already; show prints what was put."""
    code, out = told(capsys, "templates", "apply")
    assert code == 0
    assert out.splitlines()[1:] == [
        "index: articles-v1 behind articles, was there",
        "index: quotes-v1 behind quotes, was there",
    ]
    code, out = told(capsys, "templates", "show")
    assert (code, set(json.loads(out))) == (
        0,
        {"base", "quotes", "language", "lifecycle", "policy"},
    )


def test_doctor_finds_the_servers_well(capsys: pytest.CaptureFixture[str]) -> None:
    """Kafka with its topics and Elasticsearch with its index are as they should be."""
    _, out = told(capsys, "doctor", "--json")
    found = {finding["what"]: finding for finding in json.loads(out)}
    assert found["kafka"]["well"], found["kafka"]["told"]
    assert found["elasticsearch"]["well"], found["elasticsearch"]["told"]
    assert "as they should be" in found["kafka"]["told"]


def test_doctor_misses_the_index(capsys: pytest.CaptureFixture[str], elasticsearch: str) -> None:
    """Without the index it says which command makes it."""
    with connect(elasticsearch) as client:
        client.indices.delete(index=templates.INDEX)
    code, out = told(capsys, "doctor", "--json")
    found = {finding["what"]: finding for finding in json.loads(out)}
    assert code == 1
    assert not found["elasticsearch"]["well"]
    assert "newsmill templates apply" in found["elasticsearch"]["told"]


def test_search_finds_what_is_indexed(
    capsys: pytest.CaptureFixture[str], elasticsearch: str
) -> None:
    """--elasticsearch asks the server, with the same output as the embedded index."""
    article = EnrichedArticle(
        id="commands 1", source="gazette", headline="Rain", published_at=NOON, fetched_at=NOON,
        text="A quokkameter was read on the island.",
    )  # fmt: skip
    sink = ElasticsearchSink(connect(elasticsearch))
    sink.open()
    sink.write([document(article, NOON)])
    sink.client.indices.refresh(index=templates.ALIAS)
    sink.close()
    code, out = told(capsys, "search", "--elasticsearch", "quokkameter", "--json")
    (hit,) = json.loads(out)
    assert (code, hit["id"], hit["source"]) == (0, "commands 1", "gazette")
    assert "[quokkameter]" in hit["excerpt"]
    code, out = told(capsys, "explain", "--elasticsearch", "commands 1", "--json")
    assert (code, json.loads(out)["text"]) == (0, article.text)
    assert told(capsys, "search", "--elasticsearch", "nosuchwordanywhere")[0] == 1


@pytest.fixture
def letter(kafka: str) -> RawArticle:
    """Return a record that lies in articles.dead for a reason that is now mended."""
    raw = RawArticle(
        id="commands 2", source="gazette", content_type="text/plain", body="Rain fell."
    )
    origin = Origin(RAW.name, 0, 0, raw.id.encode(), raw.to_bytes(), 1)
    why = Reason("clean", "stage_error", "KeyError", "a bug, now mended")
    value, headers = letter_of(origin, why, "0.0", NOON)
    producer = KafkaProducer(bootstrap_servers=kafka)
    producer.send(DEAD.name, key=raw.id.encode(), value=value, headers=list(headers.items())).get(
        60
    )
    producer.close()
    return raw


def messages(kafka: str, source: str) -> list[Any]:
    """Return the raw articles of *source* in Kafka, with their headers, as they stand now."""
    consumer = KafkaConsumer(
        RAW.name, bootstrap_servers=kafka, auto_offset_reset="earliest", enable_auto_commit=False,
        group_id=None, consumer_timeout_ms=4000,
    )  # fmt: skip
    wanted = f'"source":"{source}"'.encode()
    found = [one for one in consumer if wanted in (one.value or b"")]  # other tests send nothing
    consumer.close()
    return found


def test_a_dead_letter_is_listed_shown_and_sent_again(
    capsys: pytest.CaptureFixture[str], letter: RawArticle, kafka: str
) -> None:
    """The record goes back to its topic as it was, under the name of its letter."""
    _, out = told(capsys, "dead", "list", "--reason", "stage_error", "--json")
    (row,) = [row for row in json.loads(out) if row["id"] == letter.id]
    assert (row["attempts"], row["message"]) == (2, "a bug, now mended")
    assert letter.to_bytes().decode() in told(capsys, "dead", "show", letter.id)[1]

    code, out = told(capsys, "dead", "replay", letter.id, "--lane", "same")
    assert (code, out.splitlines()[0]) == (0, f"{letter.id} sent to articles.raw")
    sent = messages(kafka, "gazette")[-1]
    assert (sent.key, sent.value) == (letter.id.encode(), letter.to_bytes())
    headers = dict(sent.headers)
    assert headers["newsmill-attempts"] == b"2"
    assert headers["newsmill-letter"] == b"commands 2"
    assert headers["newsmill-first-message"] == b"a bug, now mended"
    assert letter.id in unresolved(load_settings())


def test_memory_learns_from_the_topic(
    capsys: pytest.CaptureFixture[str], kafka: str, tmp_path: Path
) -> None:
    """Without a file the clean articles that Kafka holds are learned from."""
    producer = KafkaProducer(bootstrap_servers=kafka)
    for number in range(8):
        article = CleanArticle(
            id=f"memory {number}", source="repeats", published_at=NOON + timedelta(days=number),
            text=f"Rain fell on town {number} for {number} days.\n\nGazette Plus",
        )  # fmt: skip
        producer.send(CLEAN.name, key=article.id.encode(), value=article.to_bytes())
    producer.flush(60)
    producer.close()
    code, out = told(capsys, "memory", "learn", "--json")
    assert (code, json.loads(out)["snapshot"]) == (0, "000001")
    _, out = told(capsys, "memory", "show", "1", "--source", "repeats", "--json")
    assert list(json.loads(out)["sources"]["repeats"]["lines"].values()) == [[8, "other"]]


def test_connect_sends_each_article_once(tmp_path: Path, kafka: str) -> None:
    """What was confirmed is remembered: the second run sends nothing."""
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).write_text(f"Rain fell on the town, writes {name}.")
        os.utime(tmp_path / "in" / name, (1e9, 1e9))
    sources = tmp_path / "s.yaml"
    sources.write_text("sources: [{id: two-files, type: files, path: in}]")
    for _ in range(2):
        assert main(["connect", "--sources", str(sources), "--once"]) == 0
    records = [RawArticle.from_bytes(message.value) for message in messages(kafka, "two-files")]
    assert sorted(record.body or "" for record in records) == [
        "Rain fell on the town, writes a.txt.", "Rain fell on the town, writes b.txt.",
    ]  # fmt: skip
