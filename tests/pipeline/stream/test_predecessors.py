import time
from contextlib import nullcontext

import pytest
from kafka.errors import GroupAuthorizationFailedError

from pipeline.settings import Settings
from pipeline.stream import predecessors
from pipeline.stream.health import Health
from pipeline.stream.predecessors import succeed
from schemas import ServiceUnavailable

SETTINGS = Settings(_env_file=None)
US = Health("clean", "live")
DEAD = {"stage": "clean", "lane": "live", "member": "place-1", "at": time.time() - 60}


class Kafka:
    """What is asked of a Kafka: that members are gone."""

    def __init__(self):
        self.told, self.error = [], None

    def remove_group_members(self, name, members):
        if self.error:
            raise self.error
        self.told.append((name, [one.member_id for one in members]))


@pytest.fixture
def kafka(monkeypatch):
    kafka = Kafka()
    monkeypatch.setattr(predecessors, "admin", lambda _settings: nullcontext(kafka))
    return kafka


def test_the_place_of_a_dead_worker_is_given_up(kafka):
    """Of all reports, that of our own stage and lane names the place."""
    others = [DEAD | {"lane": "backfill"}, DEAD | {"stage": "index"}, DEAD | {"member": ""}, {}]
    succeed(SETTINGS, US, [DEAD, *others])
    assert kafka.told == [("newsmill-clean", ["place-1"])]


def test_who_may_live_keeps_its_place(kafka):
    """A report of this second may be of a worker that we cannot see."""
    succeed(SETTINGS, US, [DEAD | {"at": time.time()}])
    assert kafka.told == []


@pytest.mark.parametrize("error", [GroupAuthorizationFailedError("no"), ServiceUnavailable("away")])
def test_a_refusal_costs_only_time(kafka, capsys, error):
    """Without the right to do it, the session ends by itself: the worker starts all the same."""
    kafka.error = error
    succeed(SETTINGS, US, [DEAD])
    told = capsys.readouterr()
    assert "keeps its place for its session" in told.out + told.err
