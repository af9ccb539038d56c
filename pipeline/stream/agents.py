"""The agents: one for a stage that works on records, one that writes to the sink."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import structlog

from pipeline.index.document import document
from pipeline.index.sink import Document, Sink, Written
from pipeline.pool import Lost, Workers
from pipeline.stage import Drop, GivenUp, LeftOut, given_up
from pipeline.stream import sends
from pipeline.stream.gaps import Expected
from pipeline.stream.health import Health
from pipeline.stream.sends import Send
from pipeline.work import Reply, lost
from schemas import Dropped, EnrichedArticle, document_version
from schemas.dead_letters import (
    Origin,
    Reason,
    attempts_of,
    first_told,
    letter_named,
    letter_of,
    replay_headers,
)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Outlets:
    """Where messages go: Faust topics, and the version of the code that sends them."""

    target: Any
    dead: Any
    dropped: Any
    version: str


@dataclass
class Agent:
    """What both kinds of agent do: turn outcomes into confirmed messages, and count them."""

    stage: str
    outlets: Outlets
    health: Health
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    expected: Expected | None = None
    """Which offsets come next, where it matters that none was skipped."""

    def expired(self, origins: Sequence[Origin]) -> list[tuple[Send, Origin]]:
        """Return a note of each gap before these messages: retention was faster than we."""
        notes = []
        for gap in self.expected.gaps(origins) if self.expected else ():
            self.health.counts["expired"] += len(gap)
            log.error("messages expired unread", count=len(gap), what=gap.told())
            note = Dropped(id=gap.name(), stage=self.stage, reason="expired", message=gap.told(),
                           at=self.now())  # fmt: skip
            notes.append(
                (Send(self.outlets.dropped, note.id.encode(), note.to_bytes()), origins[0])
            )
        return notes

    async def send(self, messages: Sequence[tuple[Send, Origin]]) -> None:
        """Send and wait for Kafka; what is too large to send becomes a dead letter itself."""
        waits = partial(self.health.wait, on="sends")
        refused = await sends.confirmed([send for send, _ in messages], waits)
        waits("")
        letters = [
            self.dead(messages[position][1], GivenUp(self.stage, "too_large_to_send", "", error))
            for position, error in refused
        ]
        if letters and (again := await sends.confirmed(letters, waits)):
            raise RuntimeError(f"Kafka refuses a dead letter: {again[0][1]}")

    def dead(self, origin: Origin, why: GivenUp, known_id: str = "") -> Send:
        """Return the dead letter of a record."""
        self.health.count("dead", why.reason)
        reason = Reason(why.stage, why.reason, why.error, why.message)
        value, headers = letter_of(
            origin, reason, self.outlets.version, self.now(), known_id=known_id
        )
        key = origin.name(known_id).encode(errors="replace")
        return Send(self.outlets.dead, key, value, headers)

    def resolved(self, origin: Origin) -> list[Send]:
        """Return the tombstone of the dead letter that a replayed record was, if it was one."""
        return [Send(self.outlets.dead, origin.letter.encode(), None)] if origin.letter else []

    def dropped(self, record: Dropped) -> Send:
        """Return the note of a record that was left out on purpose."""
        self.health.count("dropped", record.reason)
        return Send(self.outlets.dropped, record.id.encode(), record.to_bytes())


@dataclass
class StageAgent(Agent):
    """Runs a stage in the pool; its replies become messages of the next topic."""

    workers: Workers | None = None
    threads: ThreadPoolExecutor | None = None

    async def handle(self, events: list[Any]) -> None:
        """Return when each event's record has gone on, or its drop or dead letter is confirmed."""
        if self.workers is None:
            raise RuntimeError("a stage agent needs its workers")
        origins = [origin_of(event) for event in events]
        expired = self.expired(origins)
        values = [origin.value or b"" for origin in origins]
        loop = asyncio.get_running_loop()
        replies = await loop.run_in_executor(self.threads, self.workers.call, values)
        pairs = zip(origins, replies, strict=True)
        messages = [(item, one) for one, answer in pairs for item in self.messages(one, answer)]
        await self.send([*expired, *messages])

    def messages(self, origin: Origin, answer: Reply | Lost) -> list[Send]:
        """Return what is to be sent for the reply to one record."""
        reply = lost(self.stage, answer) if isinstance(answer, Lost) else answer
        match reply.outcome:
            case None:
                self.health.count("done")
                headers = replay_headers(origin.attempts, origin.letter, origin.first)
                return [Send(self.outlets.target, reply.id.encode(), reply.value, headers)]
            case LeftOut(stage, reason, message):
                note = self.dropped(
                    Dropped(id=reply.id, stage=stage, reason=reason, message=message,
                            at=self.now(), source=reply.source, version=reply.version)
                )  # fmt: skip
                return [note, *self.resolved(origin)]
            case GivenUp() as why:
                return [self.dead(origin, why, reply.id)]


@dataclass
class SinkAgent(Agent):
    """Writes documents; stale ones are noted as duplicates, refused ones become dead letters."""

    sink: Sink | None = None
    threads: ThreadPoolExecutor | None = None

    async def handle(self, events: list[Any]) -> None:
        """Return when each event's document is stored, or the reason why not is confirmed."""
        if self.sink is None:
            raise RuntimeError("a sink agent needs its sink")
        origins = [origin_of(event) for event in events]
        expired = self.expired(origins)
        made = [self.document(origin) for origin in origins]
        documents = [item for item in made if isinstance(item, Document)]
        loop = asyncio.get_running_loop()
        written = await loop.run_in_executor(self.threads, self.sink.write, documents)
        outcomes = iter(written)
        messages: list[tuple[Send, Origin]] = []
        for origin, item in zip(origins, made, strict=True):
            how = next(outcomes) if isinstance(item, Document) else None
            messages += [(note, origin) for note in self.notes(origin, item, how)]
        await self.send([*expired, *messages])

    def document(self, origin: Origin) -> Document | Dropped | GivenUp:
        """Return the document in a message, or why there is none."""
        try:
            article = EnrichedArticle.from_bytes(origin.value or b"")
        except Exception as error:  # noqa: BLE001  (given_up makes it an outcome of this record)
            return given_up(self.stage, error)
        try:
            return document(article, self.now())
        except Drop as drop:
            return Dropped(id=article.id, stage=self.stage, reason=drop.reason, message=str(drop),
                           at=self.now(), source=article.source,
                           version=document_version(article.fetched_at))  # fmt: skip
        except Exception as error:  # noqa: BLE001  (given_up makes it an outcome of this record)
            return given_up(self.stage, error)

    def notes(
        self, origin: Origin, item: Document | Dropped | GivenUp, how: Written | None
    ) -> list[Send]:
        """Return what is to be said of how a document ended; nothing of one that was stored."""
        if isinstance(item, Dropped):
            return [self.dropped(item), *self.resolved(origin)]
        if isinstance(item, GivenUp):
            return [self.dead(origin, item)]
        if how is None or how.state == "stored":
            self.health.count("done")
            return self.resolved(origin)
        if how.state == "refused":
            why = GivenUp(self.stage, "refused", "DocumentRefused", how.reason)
            return [self.dead(origin, why, item.id)]
        return [self.left_out(item, how), *self.resolved(origin)]

    def left_out(self, item: Document, how: Written) -> Send:
        """Return the note of a document that is stale, or was taken down."""
        stale = how.state == "stale"
        return self.dropped(
            Dropped(
                id=item.id,
                stage=self.stage,
                reason="duplicate" if stale else "forgotten",
                message=how.reason or "the index holds the same or a newer version",
                at=self.now(),
                source=item.body.get("source", {}).get("id", ""),
                version=item.version,
            )
        )


def origin_of(event: Any) -> Origin:
    """Return where a Faust event came from, and what it holds."""
    message = event.message
    return Origin(
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        key=event.key,
        value=event.value,
        attempts=attempts_of(message.headers),
        letter=letter_named(message.headers),
        first=first_told(message.headers),
    )
