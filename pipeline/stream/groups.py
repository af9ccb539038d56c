"""The consumer groups: each stage and lane keeps its own place in Kafka."""

from __future__ import annotations

from schemas.topics import CLEAN, ENRICHED, RAW, Topic

SOURCES: dict[str, Topic] = {"clean": RAW, "enrich": CLEAN, "index": ENRICHED}
"""What each stage reads."""


def group(stage: str, lane: str) -> str:
    """Return the consumer group of a stage.

    >>> group("clean", "live"), group("clean", "backfill")
    ('newsmill-clean', 'newsmill-clean-backfill')
    """
    return f"newsmill-{stage}" if lane == "live" else f"newsmill-{stage}-{lane}"
