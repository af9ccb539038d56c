"""The pipeline as it runs in production: each worker a process of its own, on real servers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from kafka import KafkaProducer

from pipeline.index import templates
from pipeline.index.elasticsearch import connect
from pipeline.settings import Settings
from pipeline.stream import topics
from schemas.topics import MAX_RECORD_BYTES, RAW

ROOT = Path(__file__).parents[2]
STAGES = ("clean", "enrich", "index")


class Stack:
    """Workers on real servers; *variables* are more settings of theirs, without the prefix."""

    def __init__(
        self, kafka: str, elasticsearch: str, folder: Path, **variables: str | float
    ) -> None:
        self.variables = {
            "workers": 1, "cpu_limit_secs": 5, "language": "fast", "state_dir": folder,
            "kafka_bootstrap_servers": kafka, "elasticsearch_url": elasticsearch, **variables,
        }  # fmt: skip
        self.settings = Settings(_env_file=None, **self.variables)  # type: ignore[arg-type]
        self.folder = folder
        self.agents: dict[str, subprocess.Popen[bytes]] = {}
        self.odd: set[str] = set()
        """Workers that were started otherwise than all are."""
        topics.apply(self.settings)
        self.client: Elasticsearch = connect(elasticsearch)
        templates.apply(self.client)

    def start(
        self, stage: str, name: str = "", before: Iterable[str] = (), **variables: str
    ) -> subprocess.Popen[bytes]:
        """Start a worker of *stage* as *name*; *before* is a command that becomes it."""
        return self.launch(name or stage, [*before, *self.command(stage)], **variables)

    def command(self, stage: str) -> list[str]:
        """Return what runs a worker of *stage*."""
        return [sys.executable, "-m", "pipeline.cli", "stream", stage]

    def launch(self, name: str, command: list[str], **variables: str) -> subprocess.Popen[bytes]:
        """Run *command* as the worker *name*."""
        plain = not variables and command == self.command(name)
        (self.odd.discard if plain else self.odd.add)(name)
        with (self.folder / f"{name}.log").open("ab") as log:
            self.agents[name] = subprocess.Popen(
                command,
                env={**os.environ, **self.environment(), **variables},
                stdout=log, stderr=log, cwd=self.folder,
            )  # fmt: skip
        return self.agents[name]

    def environment(self) -> dict[str, str]:
        """Return what a worker is to know."""
        ours = {f"NEWSMILL_{name.upper()}": str(value) for name, value in self.variables.items()}
        return {**ours, "PYTHONPATH": str(ROOT)}

    def kill(self, stage: str) -> None:
        """Kill the worker with SIGKILL, as an out-of-memory killer does, and start another."""
        self.agents[stage].kill()
        self.agents[stage].wait()
        self.start(stage)

    def stop(self, *names: str) -> dict[str, int]:
        """End the workers *names*, or all, with SIGTERM; return their exit codes."""
        ending = {name: self.agents.pop(name) for name in names or tuple(self.agents)}
        for agent in ending.values():
            agent.send_signal(signal.SIGTERM)
        return {name: agent.wait(60) for name, agent in ending.items()}

    def close(self) -> None:
        """Kill what still runs, and show the end of its log."""
        for name, agent in self.agents.items():
            agent.kill()
            agent.wait()
            print(f"--- {name}\n{(self.folder / f'{name}.log').read_text()[-3000:]}")
        self.client.close()

    def count(self) -> int:
        """Return how many documents a search finds."""
        return int(self.client.count(index=templates.ALIAS)["count"])

    def indexed(self) -> list[str]:
        """Return the ids in the index, each as often as it is there."""
        self.client.indices.refresh(index=templates.ALIAS)
        return [hit["_id"] for hit in self.every_hit(source=False)]

    def bodies(self) -> dict[str, dict[str, Any]]:
        """Return the bodies of all documents by id, without the time of indexing."""
        return {
            hit["_id"]: {k: v for k, v in hit["_source"].items() if k != "indexed_at"}
            for hit in self.every_hit()
        }

    def every_hit(
        self, *, source: bool = True, query: dict[str, Any] | None = None
    ) -> Iterator[dict[str, Any]]:
        """Yield every document of the index that *query* finds, in pages."""
        after = None
        while True:
            page = self.client.search(
                index=templates.ALIAS, size=1000, sort=[{"id": "asc"}], search_after=after,
                source=source, query=query,
            )["hits"]["hits"]  # fmt: skip
            yield from page
            if len(page) < 1000:
                return
            after = page[-1]["sort"]


Messages = Iterable[tuple[str, bytes | None]]


def produce(
    stack: Stack,
    messages: Messages,
    topic: str = RAW.name,
    headers: Iterable[tuple[str, bytes]] = (),
) -> None:
    """Send (key, value) pairs and wait for Kafka's word on each."""
    producer = KafkaProducer(
        bootstrap_servers=stack.settings.kafka_bootstrap_servers,
        max_request_size=MAX_RECORD_BYTES + (1 << 20),
    )
    futures = [
        producer.send(topic, key=key.encode(), value=value, headers=list(headers))
        for key, value in messages
    ]
    for future in futures:
        future.get(60)
    producer.close()


def wait_for(condition: Callable[[], Any], secs: float, what: Callable[[], Any]) -> None:
    """Wait until *condition* holds; fail with the last state of *what* after *secs*."""
    end = time.monotonic() + secs
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(1)
    pytest.fail(f"not within {secs} s: {what()}")
