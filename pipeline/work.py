"""The work of a stage on bytes, as a worker process does it: decode, run, encode."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from pipeline.pool import Lost
from pipeline.stage import Done, GivenUp, LeftOut, Outcome, Stage, given_up, outcome_of
from pipeline.stages import Options, build
from schemas import RecordError, document_version


@dataclass(frozen=True, slots=True)
class Reply:
    """How one message ended: ``value`` goes on, or ``outcome`` says why not."""

    id: str
    source: str
    value: bytes
    outcome: LeftOut | GivenUp | None
    version: int | None = None
    """Version of the document that a record left out would have become."""


def prepare(stage: str, options: Options) -> Callable[[bytes], Reply]:
    """Return the function that turns a message of *stage* into a reply; loads its models."""
    (built,) = build((stage,), options)
    return partial(reply, built)


def reply(stage: Stage, data: bytes) -> Reply:
    """Run *stage* on the record in *data*; whatever is wrong with it comes back as an outcome."""
    try:
        record = stage.takes.from_bytes(data)
    except RecordError as error:
        return Reply("", "", b"", given_up(stage.name, error))
    identity, source = getattr(record, "id", ""), getattr(record, "source", "")
    outcome: Outcome = outcome_of((stage,), record)
    if isinstance(outcome, Done):
        try:
            return Reply(identity, source, outcome.record.to_bytes(), None)
        except ValueError as error:  # it holds what no JSON can
            outcome = given_up(stage.name, error)
    version = document_version(getattr(record, "fetched_at", None))
    return Reply(identity, source, b"", outcome, version)


def lost(stage: str, what: Lost) -> Reply:
    """Return the reply for a record whose worker hung or died."""
    return Reply("", "", b"", GivenUp(stage, what.reason, "WorkerLost", what.message))
