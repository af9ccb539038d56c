"""A stream of a benchmark's own: Kafka, Elasticsearch and the three agents, started for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.index import templates
from pipeline.index.elasticsearch import connect
from pipeline.settings import Settings
from pipeline.stream import topics
from pipeline.stream.health import read_all
from tests.live.servers import boot, end

CLEANERS, ENRICHERS = 1, 2
"""Pool processes of the two agents that have some."""
PATIENCE_SECS = 900.0


@contextmanager
def own_stream(**variables: str) -> Iterator[Settings]:
    """Give the settings of a stream that runs; *variables* are what else its agents inherit."""
    kafka, elasticsearch = boot("kafka"), boot("elasticsearch")
    try:
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(
                _env_file=None, kafka_bootstrap_servers=kafka.address,
                elasticsearch_url=elasticsearch.address, state_dir=Path(folder),
            )  # fmt: skip
            with running(settings, variables):
                yield settings
    finally:
        end(kafka)
        end(elasticsearch)


@contextmanager
def running(settings: Settings, variables: Mapping[str, str]) -> Iterator[None]:
    """Run the three agents on servers that are ready; end them afterwards."""
    topics.apply(settings)
    templates.apply(connect(settings.elasticsearch_url))
    workers = {"clean": CLEANERS, "enrich": ENRICHERS, "index": 1}
    agents = [start(stage, number, settings, variables) for stage, number in workers.items()]
    try:
        ready(settings)
        yield
    finally:
        for child in agents:
            child.send_signal(signal.SIGTERM)
        for child in agents:
            child.wait(60)


def start(
    stage: str, workers: int, settings: Settings, variables: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    """Start the agent of *stage* in a process of its own."""
    known = {
        "NEWSMILL_KAFKA_BOOTSTRAP_SERVERS": settings.kafka_bootstrap_servers,
        "NEWSMILL_ELASTICSEARCH_URL": settings.elasticsearch_url,
        "NEWSMILL_STATE_DIR": str(settings.state_dir),
        "NEWSMILL_WORKERS": str(workers),
    }
    command = [sys.executable, "-m", "pipeline.cli", "stream", stage]
    return subprocess.Popen(command, env={**os.environ, **known, **variables})


def ready(settings: Settings) -> None:
    """Wait until all three agents say that they are ready."""
    late = time.monotonic() + PATIENCE_SECS
    while time.monotonic() < late:
        reports = read_all(settings.state_dir)
        if len(reports) == 3 and not any(report["not_ready"] for report in reports):
            return
        time.sleep(0.2)
    raise TimeoutError(f"the agents are not ready: {read_all(settings.state_dir)}")


def count(client: Any) -> int:
    """Return how many articles a search finds."""
    return int(client.count(index=templates.ALIAS)["count"])
