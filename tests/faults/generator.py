"""Sends numbered records, and keeps a list on disk of those that Kafka has confirmed.

It sends as `newsmill connect` does, by the same `Publisher`.  The list is what the verdict starts
from: an id is on it only after Kafka's word, and then it is on the disk before the next is sent.
"""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from connectors.publisher import Publisher
from schemas import RawArticle, ServiceUnavailable
from tests.live.articles import article


class Generator:
    """Records of one *source*, numbered from 0, each with an id of its own."""

    def __init__(self, kafka: str, source: str, folder: Path, seed: int) -> None:
        self.source, self.rng, self.next = source, random.Random(seed), 0
        self.over = False
        self.path = folder / f"{source}.acked"
        self.publisher = Publisher(kafka, giving_up=lambda: self.over)

    def send(self, count: int, batch: int = 20) -> None:
        """Send *count* new records; returns when Kafka has confirmed all of them."""
        made = [self.make() for _ in range(count)]
        for start in range(0, count, batch):
            self.publish(made[start : start + batch])

    def make(self) -> RawArticle:
        """Return the next record."""
        self.next += 1
        return article(self.next - 1, self.rng, self.source)

    def publish(self, records: Sequence[RawArticle]) -> None:
        """Send *records*, then note their ids where a crash of ours cannot reach them."""
        self.publisher.publish(records)
        with self.path.open("a") as acked:
            acked.writelines(f"{record.id}\n" for record in records)
            acked.flush()
            os.fsync(acked.fileno())

    def acked(self) -> list[str]:
        """Return the ids that Kafka has confirmed, as the list on disk has them."""
        return self.path.read_text().split() if self.path.exists() else []

    @contextmanager
    def load(self, per_sec: int = 20) -> Iterator[None]:
        """Send *per_sec* records a second in the background; while Kafka is away it waits."""
        stop, failed = threading.Event(), []

        def run() -> None:
            try:
                while not stop.wait(0.25):
                    self.send(max(1, per_sec // 4))
            except ServiceUnavailable as error:
                failed.append(error)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join(120)
        if failed or thread.is_alive():
            raise RuntimeError(f"the load did not go through: {failed or 'Kafka did not confirm'}")

    def close(self) -> None:
        """Close the connection; what is not confirmed was never accepted."""
        self.over = True
        self.publisher.close()
