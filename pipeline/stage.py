"""A stage: a pure function from one record to the next, with three ways out and no fourth.

It returns a record, raises `Drop` (left out on purpose), or raises an error (dead letter).
It knows nothing of Kafka, Faust or Elasticsearch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from schemas import DropReason, ErrorType, Record, RecordError


class Drop(Exception):  # noqa: N818  (not an error: something left out on purpose)
    """Leave this record out, on purpose and counted."""

    def __init__(self, reason: DropReason, message: str = "") -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the pipeline: ``run`` takes a ``takes`` and returns a ``gives``."""

    name: str
    takes: type[Record]
    gives: type[Record]
    run: Callable[[Any], Record]


@dataclass(frozen=True, slots=True)
class Done:
    """The record went on."""

    record: Record


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The record was left out on purpose."""

    stage: str
    reason: DropReason
    message: str


@dataclass(frozen=True, slots=True)
class GivenUp:
    """The record cannot go on: a dead letter."""

    stage: str
    reason: ErrorType
    error: str
    message: str


Outcome = Done | LeftOut | GivenUp


def run_through(stages: Sequence[Stage], records: Iterable[Record]) -> Iterator[Outcome]:
    """Yield the outcome of each record after all *stages*, in order, in this process.

    Raises:
        TypeError: a stage does not take what the one before it gives.

    """
    check_order(stages)
    for record in records:
        yield outcome_of(stages, record)


def check_order(stages: Sequence[Stage]) -> None:
    """Raise TypeError where a stage does not take what the one before it gives."""
    for before, after in pairwise(stages):
        if not issubclass(before.gives, after.takes):
            raise TypeError(f"{after.name} takes {after.takes}, {before.name} gives {before.gives}")


def outcome_of(stages: Sequence[Stage], record: Record) -> Outcome:
    """Return how *record* ends after *stages*; only MemoryError and exits come through."""
    name = ""
    try:
        for stage in stages:
            name = stage.name
            record = stage.run(record)
    except Drop as drop:
        return LeftOut(name, drop.reason, str(drop))
    except Exception as error:  # noqa: BLE001  (given_up makes it an outcome of this record)
        return given_up(name, error)
    return Done(record)


def given_up(stage: str, error: Exception) -> GivenUp:
    """Return *error* as the outcome of a record, with a reason from the closed list.

    Raises:
        MemoryError: what is left of this process cannot be trusted, so its owner must end it.

    """
    if isinstance(error, MemoryError):
        raise error
    kind = type(error).__name__
    if isinstance(error, RecordError):
        return GivenUp(stage, error.reason, kind, str(error))
    if isinstance(error, RecursionError):
        return GivenUp(stage, "too_deep", kind, "nested deeper than the parser goes")
    return GivenUp(stage, "stage_error", kind, f"{error}"[:2000])
