"""What became of every record that Kafka had confirmed: the check that does not trust our audit.

It reads the topics and the index by itself, id by id, and shares no code with `newsmill audit`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from elasticsearch import Elasticsearch
from kafka import KafkaAdminClient, KafkaConsumer, TopicPartition

GROUPS = {"newsmill-clean": "articles.raw", "newsmill-enrich": "articles.clean",
          "newsmill-index": "articles.enriched"}  # fmt: skip
"""Consumer group to the topic that it reads."""


@dataclass(frozen=True)
class Verdict:
    """The accepted ids, and where they ended.

    Attributes:
        missing: neither in the index nor given up nor left out: lost.
        twice: in the index more than once.
        both: in the index and given up.
        repeats: messages of a topic beyond the first of each id: work that was done again.

    """

    accepted: int
    indexed: int
    dead: dict[str, str]
    dropped: dict[str, str]
    missing: list[str]
    twice: list[str]
    both: list[str]
    repeats: dict[str, int]

    def clean(self) -> bool:
        """Whether the promise was kept."""
        return not (self.missing or self.twice or self.both)

    def __str__(self) -> str:
        """Return it in one line."""
        repeats = ", ".join(f"{n} in {topic}" for topic, n in self.repeats.items() if n) or "none"
        named = "".join(
            f"; {what} {len(ids)}: {ids[:3]}"
            for what, ids in (("MISSING", self.missing), ("TWICE", self.twice), ("BOTH", self.both))
            if ids
        )
        return (
            f"{self.accepted} accepted, {self.indexed} indexed, {len(self.dead)} dead, "
            f"{len(self.dropped)} dropped, repeats: {repeats}{named}"
        )


def verdict(kafka: str, index: Elasticsearch, accepted: Iterable[str]) -> Verdict:
    """Return what became of the *accepted* ids."""
    ids = set(accepted)
    found = Counter(key for key in indexed(index, ids) if key in ids)
    dead, dropped = letters(kafka, ids), notes(kafka, ids)
    return Verdict(
        accepted=len(ids),
        indexed=len(found),
        dead=dead,
        dropped=dropped,
        missing=sorted(ids - found.keys() - dead.keys() - dropped.keys()),
        twice=sorted(key for key, times in found.items() if times > 1),
        both=sorted(found.keys() & dead.keys()),
        repeats={
            topic: repeated(kafka, topic, ids) for topic in ("articles.clean", "articles.enriched")
        },
    )


def indexed(index: Elasticsearch, ids: set[str]) -> Iterator[str]:
    """Yield each of *ids* as often as a document in any index behind the alias has it."""
    index.indices.refresh(index="articles")
    listed = sorted(ids)
    for start in range(0, len(listed), 500):
        query = {"terms": {"id": listed[start : start + 500]}}
        hits = index.search(index="articles", query=query, size=2000, source=["id"])["hits"]["hits"]
        yield from (hit["_source"]["id"] for hit in hits)


def letters(kafka: str, ids: set[str]) -> dict[str, str]:
    """Return those of *ids* that are given up and unresolved, with the reason."""
    found: dict[bytes, tuple[str, str]] = {}
    for message in read(kafka, "articles.dead"):
        found.pop(message.key or b"", None)
        if message.value is not None:
            told = {name: value.decode() for name, value in message.headers}
            found[message.key or b""] = told["newsmill-id"], told["newsmill-reason"]
    return {one: reason for one, reason in found.values() if one in ids}


def notes(kafka: str, ids: set[str]) -> dict[str, str]:
    """Return those of *ids* that were left out, with the reason; a duplicate is none of them."""
    told = (orjson.loads(message.value) for message in read(kafka, "articles.dropped"))
    left_out = ((one["id"], one["reason"]) for one in told if one["reason"] != "duplicate")
    return {key: reason for key, reason in left_out if key in ids}


def repeated(kafka: str, topic: str, ids: set[str]) -> int:
    """Return how many messages of *topic* hold an id of *ids* that came before."""
    keys = [key for message in read(kafka, topic) if (key := message.key.decode()) in ids]
    return len(keys) - len(set(keys))


def lag(kafka: str) -> dict[str, int]:
    """Return how many messages each consumer group has not committed yet."""
    admin = KafkaAdminClient(bootstrap_servers=kafka)
    reader = KafkaConsumer(bootstrap_servers=kafka)
    try:
        return {group: behind(admin, reader, group, topic) for group, topic in GROUPS.items()}
    finally:
        admin.close()
        reader.close()


def behind(admin: KafkaAdminClient, reader: KafkaConsumer, group: str, topic: str) -> int:
    """Return how many messages of *topic* the *group* has not committed yet."""
    parts = [TopicPartition(topic, number) for number in reader.partitions_for_topic(topic) or ()]
    ends, begins = reader.end_offsets(parts), reader.beginning_offsets(parts)
    done = admin.list_group_offsets({group: None})[group]
    places = {part: done[part].offset if part in done else begins[part] for part in parts}
    return sum(max(0, ends[part] - max(places[part], begins[part])) for part in parts)


def read(kafka: str, topic: str) -> Iterator[Any]:
    """Yield every message of *topic* as it stands now."""
    reader = KafkaConsumer(bootstrap_servers=kafka, max_partition_fetch_bytes=12 << 20)
    try:
        parts = [TopicPartition(topic, n) for n in reader.partitions_for_topic(topic) or ()]
        reader.assign(parts)
        reader.seek_to_beginning(*parts)
        ends = reader.end_offsets(parts)
        while any(reader.position(part) < ends[part] for part in parts):
            for batch in reader.poll(timeout_ms=500).values():
                yield from batch
    finally:
        reader.close()
