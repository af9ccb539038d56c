"""What is known of one id, and the verdict on it.  Pure: no Kafka, no index, no clock.

A *revision* is one fetch of one article: an id and the millisecond of its fetch.  Messages repeat,
revisions do not, so revisions are what is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal, NamedTuple

Outcome = Literal["indexed", "duplicate", "dropped", "dead", "in_flight", "missing", "expired"]
"""Where a revision ended; ``duplicate``: a newer fetch of the same article took its place."""

Wrong = Literal["missing", "twice", "two_places", "orphans", "miscounted", "forgotten"]
"""What can be wrong with an id."""

UNKNOWN = -1
"""Fetch of a record that cannot be read."""


class Kind(IntEnum):
    """Where a fact was read."""

    ACCEPTED = 0
    WAITING = 1
    STORED = 2
    CHILD = 3
    LETTER = 4
    NOTE = 5
    FORGOTTEN = 6


class Fact(NamedTuple):
    """One thing that was read about an id.

    ``fetch`` is the millisecond of the fetch, ``at`` that of the message; of what the index holds
    it is the version.  ``place`` is where it was read; of a dead letter its name.  ``reason`` says
    why it was left out or given up; of a dead letter and a takedown "" means that it was resolved.
    ``number`` orders messages of one key; of what the index holds it counts children.
    """

    id: str
    kind: int
    fetch: int = UNKNOWN
    at: int = 0
    source: str = ""
    reason: str = ""
    place: str = ""
    number: int = 0


class Ending(NamedTuple):
    """How one revision ended; ``at`` is the millisecond by which it is counted."""

    at: int
    source: str
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that must not be."""

    wrong: Wrong
    id: str
    source: str
    told: str


@dataclass(slots=True)
class Verdict:
    """How each revision of one id ended, and what is wrong with it."""

    endings: list[Ending] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def unexplained(_revision: Fact) -> bool:
    """Return that nothing explains why a revision is missing."""
    return False


def judge(facts: Sequence[Fact], explain: Callable[[Fact], bool] = unexplained) -> Verdict:
    """Return the verdict on the one id that all *facts* are about.

    A revision that is missing, and of which *explain* knows that it expired unread, did that.

    >>> accepted = Fact("a", Kind.ACCEPTED, 5, source="gazette", place="articles.raw:0:7")
    >>> judge([accepted, Fact("a", Kind.STORED, 5)]).endings
    [Ending(at=5, source='gazette', outcome='indexed', reason='')]
    >>> judge([accepted]).findings[0].told
    'accepted at articles.raw:0:7, and nothing is known of it since'
    """
    one = Known(facts)
    verdict = Verdict()
    for revision in one.revisions():
        outcome, reason = one.outcome(revision)
        if outcome == "missing" and explain(revision):
            outcome = "expired"
        at = revision.fetch if revision.fetch > 0 else revision.at
        verdict.endings.append(Ending(at, revision.source, outcome, reason))
        if outcome == "missing":
            verdict.findings.append(one.finding("missing", one.lost(revision)))
    verdict.findings += one.misplaced()
    return verdict


class Known:
    """The facts about one id, by kind."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        """Sort *facts*; of a letter and a takedown only the last message counts."""
        self.facts = facts
        self.stored = of(facts, Kind.STORED)
        self.newest = max(self.stored, key=lambda fact: fact.at, default=None)
        self.letters = letters(of(facts, Kind.LETTER))
        self.notes = [note for note in of(facts, Kind.NOTE) if note.reason != "duplicate"]
        self.waiting = of(facts, Kind.WAITING)
        self.forgotten = standing(of(facts, Kind.FORGOTTEN))

    def revisions(self) -> list[Fact]:
        """Return each revision once: by what was accepted, else by what waits or was given up."""
        found: dict[int, Fact] = {}
        for fact in sorted([*of(self.facts, Kind.ACCEPTED), *self.waiting], key=lambda f: f.kind):
            found.setdefault(fact.fetch, fact)
        for letter in self.letters:
            if not any(covers(letter, one) for one in found.values()):
                found.setdefault(letter.fetch, letter)
        return [*found.values()]

    def outcome(self, revision: Fact) -> tuple[Outcome, str]:
        """Return where *revision* ended, and why.

        A note of a duplicate explains nothing by itself: the index must still hold what it tells.
        """
        if self.newest and revision.fetch == self.newest.fetch:
            return "indexed", ""
        if letter := next((one for one in self.letters if covers(one, revision)), None):
            return "dead", letter.reason
        if self.replaced(revision):
            return "duplicate", ""
        if note := next((note for note in self.notes if ends(note, revision)), None):
            return "dropped", note.reason
        if any(fact.fetch == revision.fetch for fact in self.waiting):
            return "in_flight", ""
        return ("dropped", "forgotten") if self.forgotten else ("missing", "")

    def replaced(self, revision: Fact) -> bool:
        """Whether a newer fetch of the article stands in the index."""
        when = revision.fetch if revision.fetch >= 0 else revision.at
        return self.newest is not None and self.newest.fetch > when

    def lost(self, revision: Fact) -> str:
        """Return what is known of a revision that is missing."""
        since = "and nothing is known of it since"
        if self.newest:
            since = f"and {self.newest.place} holds only an older fetch of it"
        return f"accepted at {revision.place}, {since}"

    def misplaced(self) -> Iterable[Finding]:
        """Yield what is wrong with the places that this id is in."""
        if len(self.stored) > 1:
            yield self.finding("twice", "in " + " and ".join(sorted(f.place for f in self.stored)))
        for letter in self.letters:
            if letter.fetch >= 0 and self.holds(letter.fetch):
                told = f"in the index, and an unresolved dead letter ({letter.reason}) too"
                yield self.finding("two_places", told)
        if self.forgotten and self.stored:
            yield self.finding("forgotten", f"taken down, and {self.stored[0].place} holds it")
        stood = self.newest.fetch if self.newest else UNKNOWN
        if not any(fact.fetch >= stood for fact in self.waiting):  # they are being written again
            yield from self.children()

    def holds(self, fetch: int) -> bool:
        """Whether the index holds that revision."""
        return any(fact.fetch == fetch for fact in self.stored)

    def children(self) -> Iterable[Finding]:
        """Yield what is wrong with the quotations of this article."""
        found = of(self.facts, Kind.CHILD)
        count = sum(child.number for child in found)
        if self.newest is None:
            if found:
                yield self.finding("orphans", f"{count} of its quotations are there, it is not")
        elif count != self.newest.number:
            told = f"it names {self.newest.number} quotations, {count} are there"
            yield self.finding("miscounted", told)
        elif other := sum(child.number for child in found if child.at != self.newest.at):
            yield self.finding("miscounted", f"{other} of its quotations are of another version")

    def finding(self, wrong: Wrong, told: str) -> Finding:
        """Return a finding about this id."""
        source = next((fact.source for fact in self.facts if fact.source), "")
        return Finding(wrong, self.facts[0].id, source, told)


def of(facts: Sequence[Fact], kind: Kind) -> list[Fact]:
    """Return the *facts* of that *kind*."""
    return [fact for fact in facts if fact.kind == kind]


def letters(messages: Sequence[Fact]) -> list[Fact]:
    """Return the last of the messages of each letter, unless that is resolved.

    >>> one, other = (Fact("a", Kind.LETTER, place=name, reason="oom") for name in "xy")
    >>> letters([one, other, Fact("a", Kind.LETTER, place="x", number=9)]) == [other]
    True
    """
    names = dict.fromkeys(fact.place for fact in messages)
    found = (standing([fact for fact in messages if fact.place == name]) for name in names)
    return [letter for letter in found if letter]


def standing(messages: Sequence[Fact]) -> Fact | None:
    """Return the last of the *messages* of a key, unless it resolves the others.

    >>> standing([Fact("a", Kind.LETTER, number=4, reason="oom"), Fact("a", Kind.LETTER, number=9)])
    """
    last = max(messages, key=lambda fact: fact.number, default=None)
    return last if last and last.reason else None


def ends(note: Fact, revision: Fact) -> bool:
    """Whether *note* tells how *revision* ended; a takedown takes the older fetches with it."""
    return covers(note, revision) or (note.reason == "forgotten" and note.fetch > revision.fetch)


def covers(end: Fact, revision: Fact) -> bool:
    """Whether a letter or a note tells how *revision* ended.

    One that names no fetch tells it of whatever was accepted before it was written.
    """
    return end.fetch == revision.fetch or (end.fetch < 0 and revision.at <= end.at)
