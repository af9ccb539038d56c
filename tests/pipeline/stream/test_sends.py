import asyncio

import pytest

from pipeline.stream import sends
from pipeline.stream.sends import Send, confirmed


class MessageSizeTooLargeError(Exception):
    """As the Kafka clients call it."""


class Topic:
    """A topic whose sends end as *script* says, one entry per try."""

    def __init__(self, script):
        self.script, self.sent = list(script), 0

    async def send(self, *, key, value, headers):
        self.sent += 1
        outcome = self.script.pop(0)

        async def delivered():
            if outcome is not None:
                raise outcome

        return asyncio.ensure_future(delivered())


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch):
    monkeypatch.setattr(sends, "FIRST_PAUSE_SECS", 0.0)


def send(topic):
    """Return a message to *topic*."""
    return Send(topic, b"k", b"v")


def test_returns_when_everything_is_confirmed():
    """Nothing is refused where Kafka takes everything."""
    assert asyncio.run(confirmed([send(Topic([None])), send(Topic([None]))])) == []


def test_tries_again_what_may_pass_and_only_that():
    """A timeout is tried again until it goes through; the confirmed one is not sent twice."""
    good, slow, told = Topic([None]), Topic([TimeoutError("away"), None]), []
    assert asyncio.run(confirmed([send(good), send(slow)], told.append)) == []
    assert (good.sent, slow.sent) == (1, 2)
    assert told == ["Kafka does not take messages: TimeoutError: away"]


def test_names_what_can_never_pass():
    """A message that is too large is returned with its error, whoever wraps it."""
    wrapped = RuntimeError("send failed")
    wrapped.__cause__ = MessageSizeTooLargeError()
    refused = asyncio.run(
        confirmed([send(Topic([None])), send(Topic([wrapped])),
                   send(Topic([MessageSizeTooLargeError("9 MB")]))])
    )  # fmt: skip
    assert [position for position, _ in refused] == [1, 2]
