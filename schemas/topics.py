"""The table of topics: what flows where, for how long, how big.  The key is the article id."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.clean import CleanArticle
from schemas.enriched import EnrichedArticle
from schemas.outcomes import DeadLetter, Dropped, Forgotten
from schemas.raw import RawArticle
from schemas.record import Record

DAY_MS = 86_400_000
MAX_MESSAGE_BYTES = 10 << 20
"""What a topic takes; a producer sends at most `MAX_RECORD_BYTES`."""
MAX_RECORD_BYTES = 8 << 20


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as it is to be made.

    ``retention_ms`` is None for a compacted topic, which keeps the last message of each key.
    """

    name: str
    record: type[Record]
    partitions: int
    retention_ms: int | None
    about: str

    def config(self) -> dict[str, str]:
        """Return the settings that Kafka is given.

        The broker writes the time: by the clock of a worker that is a day ahead it would refuse
        every message, and by one that is a week behind retention would delete them at once.
        """
        settings = {
            "max.message.bytes": str(MAX_MESSAGE_BYTES),
            "message.timestamp.type": "LogAppendTime",
        }
        if self.retention_ms is None:
            return settings | {"cleanup.policy": "compact"}
        return settings | {"cleanup.policy": "delete", "retention.ms": str(self.retention_ms)}


RAW = Topic("articles.raw", RawArticle, 8, 7 * DAY_MS, "as served, before anybody touched a word")
CLEAN = Topic("articles.clean", CleanArticle, 8, 7 * DAY_MS, "the story, and what was cut")
ENRICHED = Topic("articles.enriched", EnrichedArticle, 8, 7 * DAY_MS, "with what was found in it")
DEAD = Topic("articles.dead", DeadLetter, 8, None, "given up, whole, with the reason; unresolved")
DROPPED = Topic("articles.dropped", Dropped, 8, 30 * DAY_MS, "left out on purpose, with the reason")
FORGOTTEN = Topic("articles.forgotten", Forgotten, 1, None, "taken down: never to be written again")

LANES = ("live", "backfill")
"""Replays and history take the second lane, so that they never delay live news."""


def lane(topic: Topic, name: str) -> Topic:
    """Return *topic* as it is called in the lane *name*.

    >>> lane(RAW, "backfill").name
    'articles.raw.backfill'
    """
    if name == "live":
        return topic
    about = f"the lane for {name}: {topic.about}"
    return Topic(f"{topic.name}.{name}", topic.record, topic.partitions, topic.retention_ms, about)


TOPICS = (
    RAW,
    CLEAN,
    ENRICHED,
    DEAD,
    DROPPED,
    FORGOTTEN,
    *(lane(topic, "backfill") for topic in (RAW, CLEAN, ENRICHED)),
)
