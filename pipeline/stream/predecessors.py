"""A worker that was killed keeps its place in the group until its session ends: take it at once.

Kafka cannot know that the process is gone, and gives its partitions to nobody meanwhile.  Whoever
is started in its place can see it: the last report of the dead one names its place.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

import structlog
from kafka.admin import MemberToRemove
from kafka.errors import KafkaError

from pipeline.settings import Settings
from pipeline.stream.groups import group
from pipeline.stream.health import Health
from pipeline.stream.topics import admin
from schemas import ServiceUnavailable

SURE_SECS = 3.0
"""Who works reports each second: an older report is of nobody who lives, wherever it ran."""

log = structlog.get_logger()


def places(health: Health, reports: Iterable[dict[str, Any]], now: float) -> list[str]:
    """Return the places in our own group of those whose *reports* are the last they wrote.

    >>> dead = {"stage": "clean", "lane": "live", "member": "aiokafka-1", "at": 10.0}
    >>> places(Health("clean", "live"), [dead, dead | {"stage": "index"}], 14.0)
    ['aiokafka-1']
    >>> places(Health("clean", "live"), [dead], 11.0)
    []
    """
    return [
        one["member"]
        for one in reports
        if (one.get("stage"), one.get("lane")) == (health.stage, health.lane)
        and one.get("member")
        and now - one["at"] > SURE_SECS
    ]


def succeed(settings: Settings, health: Health, reports: Iterable[dict[str, Any]]) -> None:
    """Tell Kafka that those who left these *reports* are gone from the group.

    Where Kafka does not do it, their sessions end by themselves some seconds later.
    """
    free = places(health, reports, time.time())
    if not free:
        return
    gone = [MemberToRemove(member_id=place, reason="its process was killed") for place in free]
    try:
        with admin(settings) as client:
            client.remove_group_members(group(health.stage, health.lane), gone)
    except (ServiceUnavailable, KafkaError) as error:
        log.warning("a killed worker keeps its place for its session", stage=health.stage,
                    why=str(error))  # fmt: skip
    else:
        log.info("took the place of a killed worker", stage=health.stage, places=free)
