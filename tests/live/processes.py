"""Workers and services of newsmill as processes of their own, for the live tests."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from kafka import KafkaProducer

from pipeline.settings import Settings
from schemas.topics import MAX_RECORD_BYTES

ROOT = Path(__file__).parents[2]
DRAIN_SECS = 60


@dataclass
class Processes:
    """Commands of newsmill that run beside a test, on its servers, logging into its folder."""

    settings: Settings
    folder: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *args: str, **variables: str) -> subprocess.Popen[bytes]:
        """Start ``newsmill ARGS``; *variables* are settings without their prefix, in upper case."""
        given = {
            "KAFKA_BOOTSTRAP_SERVERS": self.settings.kafka_bootstrap_servers,
            "ELASTICSEARCH_URL": self.settings.elasticsearch_url,
            "STATE_DIR": str(self.folder / "state"),
            "WORKERS": "1",
            "LANGUAGE": "fast",
            **variables,
        }
        theirs = {name: it for name, it in os.environ.items() if not name.startswith("NEWSMILL_")}
        ours = {f"NEWSMILL_{name}": it for name, it in given.items()}
        with (self.folder / "processes.log").open("ab") as log:
            started = subprocess.Popen(
                [sys.executable, "-m", "pipeline.cli", *args],
                env={**theirs, **ours, "PYTHONPATH": str(ROOT)},
                stdout=log, stderr=log, cwd=self.folder,
            )  # fmt: skip
        self.running.append(started)
        return started

    def stop(self) -> list[int]:
        """End all by SIGTERM; return their exit codes."""
        for one in self.running:
            one.send_signal(signal.SIGTERM)
        codes = [one.wait(DRAIN_SECS) for one in self.running]
        self.running = []
        return codes

    def kill(self) -> None:
        """End what still runs, whatever it does, and show the log."""
        for one in self.running:
            one.send_signal(signal.SIGTERM)  # it may have children, which end with it
            try:
                one.wait(10)
            except subprocess.TimeoutExpired:
                one.kill()
        log = self.folder / "processes.log"
        if self.running and log.exists():
            print(log.read_text()[-4000:])


def produce(
    kafka: str,
    topic: str,
    messages: Sequence[tuple[str, bytes]],
    headers: Sequence[tuple[str, bytes]] = (),
) -> None:
    """Send (key, value) pairs and wait for Kafka's word on each."""
    producer = KafkaProducer(bootstrap_servers=kafka, max_request_size=MAX_RECORD_BYTES + (1 << 20))
    sent = [
        producer.send(topic, key=key.encode(), value=value, headers=list(headers))
        for key, value in messages
    ]
    for one in sent:
        one.get(60)
    producer.close()


def wait_for(condition: Callable[[], bool], secs: float, what: Callable[[], Any]) -> None:
    """Wait until *condition* holds; fail with the last state of *what* after *secs*."""
    late = time.monotonic() + secs
    while not condition():
        if time.monotonic() > late:
            pytest.fail(f"not within {secs} s: {what()}")
        time.sleep(0.3)
