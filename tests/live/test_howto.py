"""The how-tos for operators, typed as they stand, on real servers."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.index import templates
from pipeline.index.document import document
from pipeline.index.elasticsearch import ElasticsearchSink, connect
from pipeline.settings import Settings
from pipeline.stream import topics
from pipeline.stream.archive_days import Archive
from pipeline.stream.letters import unresolved
from pipeline.stream.reading import messages
from pipeline.stream.takedown import forgotten
from schemas import EnrichedArticle, Forgotten
from schemas.dead_letters import Origin, Reason, letter_of
from schemas.topics import DEAD, FORGOTTEN, RAW, lane
from tests.live.articles import NOON, articles
from tests.live.processes import ROOT, produce
from tests.live.sweep import sweep

pytestmark = pytest.mark.timeout(300)
NOW = datetime.now(UTC)
BLOCK = re.compile(r"^ *```sh live ?(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)


class Operator:
    """Somebody at a shell, in a folder with a state, on servers with four articles."""

    def __init__(self, kafka, elasticsearch, folder):
        self.kafka, self.elasticsearch, self.folder = kafka, elasticsearch, folder
        self.settings = Settings(_env_file=None, kafka_bootstrap_servers=kafka)
        topics.apply(self.settings)
        self.client = connect(elasticsearch)
        templates.apply(self.client)
        self.raws = [raw.fetched(NOON + timedelta(hours=n)) for n, raw in enumerate(articles(4))]
        self.fetch(self.raws)
        (folder / "state").mkdir()
        sqlite3.connect(folder / "state" / "cursors.db").execute("CREATE TABLE articles (id TEXT)")
        program = folder / "newsmill"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pipeline.cli "$@"\n')
        program.chmod(0o755)

    def fetch(self, raws):
        """Let *raws* come in, and be indexed."""
        produce(self.kafka, RAW.name, [(raw.id, raw.to_bytes()) for raw in raws])
        made = [
            EnrichedArticle(id=raw.id, source=raw.source, url=raw.url, fetched_at=raw.fetched_at,
                            text=raw.body or "")
            for raw in raws
        ]  # fmt: skip
        ElasticsearchSink(self.client).write([document(one, NOON) for one in made])

    def types(self, page, part=""):
        """Type the blocks of a page, of that *part* if one is named, until one fails."""
        told = (ROOT / "docs/how-to" / page).read_text("utf-8")
        blocks = [block for name, block in BLOCK.findall(told) if name == part]
        assert blocks
        theirs = {name: it for name, it in os.environ.items() if not name.startswith("NEWSMILL_")}
        ours = {
            "NEWSMILL_KAFKA_BOOTSTRAP_SERVERS": self.kafka,
            "NEWSMILL_ELASTICSEARCH_URL": self.elasticsearch,
            "PATH": f"{self.folder}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
        }
        for block in blocks:
            ended = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", block], cwd=self.folder, env=theirs | ours,
                capture_output=True, text=True, check=False, timeout=200,
            )  # fmt: skip
            assert ended.returncode == 0, f"{block}\n{ended.stdout}{ended.stderr}"

    def indexed(self):
        """Return the ids behind the alias."""
        self.client.indices.refresh(index="articles")
        hits = self.client.search(index="articles", size=100)["hits"]["hits"]
        return {hit["_id"] for hit in hits}

    def again(self):
        """Return the ids in the backfill lane."""
        found = messages(self.settings, lane(RAW, "backfill"))
        return {(one.key or b"").decode() for one in found}


@pytest.fixture
def operator(kafka, elasticsearch, tmp_path):
    sweep(kafka, elasticsearch)
    made = Operator(kafka, elasticsearch, tmp_path)
    yield made
    made.client.close()
    sweep(kafka, elasticsearch)


def test_send_records_through_again(operator):
    """All of them, from Kafka and from the archive, and the index has moved."""
    now = [raw.fetched(NOW) for raw in operator.raws[:2]]
    operator.fetch(now)
    operator.types("reprocess.md")
    assert operator.again() == {raw.id for raw in operator.raws}
    assert [*operator.client.indices.get_alias(name="articles")] == ["articles-v2"]
    assert operator.indexed() == {raw.id for raw in operator.raws}


def test_back_up_and_restore(operator):
    """What a disaster took is there again, but for what was taken down since; news comes again."""
    before = {raw.id for raw in operator.raws}
    operator.types("back-up.md", "backup")
    late = articles(5)[-1].fetched(NOON + timedelta(days=1))
    operator.fetch([late])
    gone = operator.raws[0].id
    note = Forgotten(id=gone, at=NOON)
    produce(operator.kafka, FORGOTTEN.name, [(gone, note.to_bytes())])
    operator.client.indices.delete(index=["articles-v1", "quotes-v1"])
    (operator.folder / "state" / "cursors.db").write_bytes(b"")
    operator.types("back-up.md", "restore")
    assert operator.indexed() == before - {gone}
    assert operator.again() == {late.id}
    db = sqlite3.connect(operator.folder / "state" / "cursors.db")
    assert db.execute("SELECT count(*) FROM articles").fetchone() == (0,)


def test_retention_and_disk(operator):
    """Old fetches are gone, the rest is counted."""
    (operator.folder / "raw").mkdir()
    Archive(operator.folder / "raw", 1 << 30).append(NOON.date(), [operator.raws[0].to_bytes()])
    operator.types("retention.md")
    assert operator.indexed() == {raw.id for raw in operator.raws}


def test_dead_letters(operator):
    """The one that an older newsmill gave up is sent again, the gallery is thrown away."""
    mended, gallery = operator.raws[:2]
    for raw, reason in ((mended, "stage_error"), (gallery, "no_text")):
        origin = Origin(RAW.name, 0, 0, raw.id.encode(), raw.to_bytes(), 0)
        why = Reason("clean", reason, "KeyError", "")
        value, headers = letter_of(origin, why, "0.0.1", NOW - timedelta(days=1))
        produce(operator.kafka, DEAD.name, [(origin.name(), value)], [*headers.items()])
    operator.types("dead-letters.md")
    assert operator.again() == {mended.id}
    assert unresolved(operator.settings).keys() == {mended.id}


def test_take_down(operator):
    """It goes, and the tombstone is lifted in the end."""
    operator.types("take-down.md")
    assert operator.indexed() == {raw.id for raw in operator.raws} - {operator.raws[1].id}
    assert forgotten(operator.settings) == []


def test_upgrade(operator):
    """Topics and templates are there already, and the audit finds nothing amiss."""
    operator.types("upgrade.md")
