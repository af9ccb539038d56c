"""Servers as new: the live tests share them, and some count everything that is there."""

from __future__ import annotations

import time
from contextlib import closing

from kafka import KafkaAdminClient

from pipeline.index import templates
from pipeline.index.elasticsearch import connect
from schemas import TOPICS

LONGEST_SECS = 60.0


def sweep(kafka: str, elasticsearch: str) -> None:
    """Remove the indices and the topics, and with them what any group has read of them.

    Raises:
        TimeoutError: Kafka still names a topic that it was told to delete.

    """
    sweep_indices(elasticsearch)
    late = time.monotonic() + LONGEST_SECS
    with closing(KafkaAdminClient(bootstrap_servers=kafka)) as admin:
        ours = {topic.name for topic in TOPICS} & set(admin.list_topics())
        if ours:
            admin.delete_topics(sorted(ours))
        while left := ours & set(admin.list_topics()):
            if time.monotonic() > late:
                raise TimeoutError(f"these topics are still there: {sorted(left)}")
            time.sleep(0.2)


def sweep_indices(elasticsearch: str) -> None:
    """Remove every index of ours."""
    with connect(elasticsearch) as client:
        ours = client.indices.get(index=[f"{alias}-v*" for alias in templates.INDICES])
        if ours:
            client.indices.delete(index=sorted(ours))
