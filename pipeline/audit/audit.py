"""The audit itself: everything is read in an order in which nothing that moves can hide.

A record goes one way: raw, clean, enriched, index; or a note, or a dead letter.  What was read
first is held against what is read later: a record that is not here any more had already gone on,
to a place that is still to be read.  What still seems wrong is looked at again, because a document
is searchable only after a second, and of two messages sent together one comes first.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from pipeline.audit import messages
from pipeline.audit.explained import Gaps
from pipeline.audit.facts import Fact, Kind, judge, unexplained
from pipeline.audit.ledger import Ledger
from pipeline.audit.report import Report
from pipeline.index import inventory
from pipeline.index.elasticsearch import ElasticsearchSink
from pipeline.settings import Settings
from pipeline.stream import offsets
from pipeline.stream.gaps import Gap
from pipeline.stream.offsets import Spans, Standing
from pipeline.stream.servers import elasticsearch
from schemas.topics import DAY_MS, DEAD, DROPPED, FORGOTTEN, LANES, RAW, lane

SETTLE_SECS = 3.0
"""Before another look: a document is searchable after one."""
LOOKS_AGAIN = 2
ENDS = (DEAD, DROPPED, FORGOTTEN)
RAW_TOPICS = frozenset(lane(RAW, name).name for name in LANES)
TELL_EVERY = 10_000

Told = Callable[[str, int], None]
"""Told what is being read, and how much of it was."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Scope:
    """Which revisions are audited: those fetched since a moment, those of one source, or all."""

    since_ms: int = 0
    source: str = ""

    def holds(self, fact: Fact) -> bool:
        """Whether *fact* is within it."""
        when = fact.fetch if fact.fetch > 0 else fact.at
        return when >= self.since_ms and self.source in ("", fact.source)


def run(
    settings: Settings,
    since: datetime | None = None,
    source: str | None = None,
    told: Told = lambda _what, _count: None,
) -> Report:
    """Return the audit of what was fetched *since* then from *source*; by default of everything.

    Raises:
        ServiceUnavailable: Kafka or Elasticsearch does not answer.

    """
    began = time.monotonic()
    scope = Scope(round(since.timestamp() * 1000) if since else 0, source or "")
    with (
        tempfile.TemporaryDirectory(prefix="newsmill-audit-") as folder,
        offsets.consumer(settings) as kafka,
        elasticsearch(settings) as client,
    ):
        ElasticsearchSink(client).open()  # before minutes of reading Kafka, not after
        ledger = Ledger(Path(folder))
        try:
            report = Audit(ledger, kafka, client, scope, told).of(settings)
        finally:
            ledger.close()
    report.secs = time.monotonic() - began
    return report


class Audit:
    """One audit: its ledger, and what it reads from."""

    def __init__(
        self, ledger: Ledger, kafka: offsets.Reader, client: Any, scope: Scope, told: Told
    ) -> None:
        """Begin with nothing read."""
        self.ledger, self.kafka, self.client = ledger, kafka, client
        self.scope, self.told = scope, told
        self.gaps = Gaps()
        self.report = Report()

    def of(self, settings: Settings) -> Report:
        """Read everything, judge it, look again at what seems wrong."""
        stood = offsets.standings(settings, self.kafka)
        self.gaps.of(stood)
        self.ledger.add(self.accepted(stood))
        self.ledger.add(self.waiting(stood))
        read = self.ends({})
        self.ledger.add(self.articles())
        self.ledger.add(self.quotes())
        self.look(again=False, last=False)
        for number in range(LOOKS_AGAIN):
            if self.ledger.suspects():
                time.sleep(SETTLE_SECS)
                read = self.ends(read)
                self.renew()
                self.look(again=True, last=number == LOOKS_AGAIN - 1)
        self.report.gaps = self.gaps.all()
        return self.report

    def accepted(self, stood: Sequence[Standing]) -> Iterator[Fact]:
        """Yield what was accepted; what its first stage has not committed waits."""
        here = {(one.topic, one.partition): one for one in stood if one.topic in RAW_TOPICS}
        spans = {offsets.part(one): (one.first, one.end) for one in here.values()}
        for message in self.counted("accepted records", self.read(spans, 0)):
            read = here[message.topic, message.partition].read
            yield from filter(self.scope.holds, messages.accepted(message, read))

    def waiting(self, stood: Iterable[Standing]) -> Iterator[Fact]:
        """Yield what waits between two stages."""
        tails = {offsets.part(one): (one.read, one.end) for one in stood
                 if one.topic not in RAW_TOPICS}  # fmt: skip
        read = self.counted("records in flight", offsets.read(self.kafka, tails))
        yield from filter(self.scope.holds, map(messages.waiting, read))

    def ends(self, before: Spans) -> Spans:
        """Read what was given up, left out and taken down, from where it was read *before*."""
        spans: Spans = {}
        for topic in ENDS:
            for part, (first, end) in offsets.extent(self.kafka, topic).items():
                spans[part] = (before[part][1] if part in before else first, end)
        letters, notes, takedowns = (
            {part: span for part, span in spans.items() if part.topic == topic.name}
            for topic in ENDS
        )
        self.ledger.add(self.letters(letters))
        # notes are written by other machines than the records: their clocks may differ
        self.ledger.add(self.notes(self.read(notes, 0 if before else DAY_MS)))
        self.ledger.add(map(messages.forgotten, offsets.read(self.kafka, takedowns)))
        return spans

    def letters(self, spans: Spans) -> Iterator[Fact]:
        """Yield dead letters, and what resolves them whatever it is about."""
        read = self.counted("dead letters", offsets.read(self.kafka, spans))
        for fact in map(messages.letter, read):
            if not fact.reason or self.scope.holds(fact):
                yield fact

    def notes(self, read: Iterator[Any]) -> Iterator[Fact]:
        """Yield what was left out; what retention took from a worker is a gap."""
        for message in self.counted("notes", read):
            for fact in messages.note(message):
                gap = Gap.named(fact.id)
                if gap is None:
                    yield fact
                elif fact.at >= self.scope.since_ms:
                    self.gaps.add(gap, message.timestamp)

    def read(self, spans: Spans, margin_ms: int) -> Iterator[Any]:
        """Yield the messages of *spans* that the scope may hold, from *margin_ms* before it."""
        begin = self.scope.since_ms - margin_ms
        wanted = offsets.since(self.kafka, spans, begin) if begin > 0 else spans
        return offsets.read(self.kafka, wanted)

    def articles(self) -> Iterator[Fact]:
        """Yield what the index holds."""
        held = inventory.articles(
            self.client, since_ms=self.scope.since_ms, source=self.scope.source
        )
        return map(stored, self.counted("documents", held))

    def quotes(self) -> Iterator[Fact]:
        """Yield which quotations the index holds: all, or those of the articles looked at."""
        if not self.scope.since_ms:
            held = inventory.quotes(self.client, source=self.scope.source)
            yield from map(child, self.counted("articles with quotations", held))
            return
        for page in self.ledger.known(Kind.ACCEPTED, Kind.STORED):
            yield from map(child, inventory.quotes(self.client, ids=page))

    def renew(self) -> None:
        """Read again what the index holds of the suspects, also what no search sees yet."""
        self.ledger.unlearn(Kind.STORED, Kind.CHILD)
        for page in self.ledger.suspects():
            found = [*inventory.articles(self.client, ids=page)]
            hidden = set(page).difference(one.id for one in found)
            found += inventory.now(self.client, sorted(hidden))
            self.ledger.add(map(stored, found))
            self.ledger.add(map(child, inventory.quotes(self.client, ids=page)))

    def look(self, *, again: bool, last: bool) -> None:
        """Judge every id, or *again* the suspects; count what is well, and at *last* accuse."""
        for facts in self.ledger.each(suspects=again):
            verdict = judge(facts, self.gaps.explain if last else unexplained)
            if last or not verdict.findings:
                self.report.add(verdict.endings, verdict.findings)
                if again:
                    self.ledger.clear(facts[0].id)
            else:
                self.ledger.suspect(facts[0].id)

    def counted(self, what: str, items: Iterable[T]) -> Iterator[T]:
        """Yield *items*, and tell from time to time how many there were."""
        number = 0
        for number, item in enumerate(items, 1):
            yield item
            if number % TELL_EVERY == 0:
                self.told(what, number)
        self.told(what, number)


def stored(held: inventory.Held) -> Fact:
    """Return what the index holds of an article."""
    return Fact(held.id, Kind.STORED, held.version // 1000, held.version, place=held.index,
                number=held.number)  # fmt: skip


def child(held: inventory.Held) -> Fact:
    """Return which quotations of one version of an article the index holds."""
    return Fact(held.id, Kind.CHILD, held.version // 1000, held.version, place=held.index,
                number=held.number)  # fmt: skip
