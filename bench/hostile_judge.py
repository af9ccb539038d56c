"""What becomes of a message of articles.raw: clean, enrich, document, as workers do it, watched."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Literal

import orjson

from bench.hostile_watch import Meter, Watch
from pipeline.index.document import document
from pipeline.index.families import family
from pipeline.stage import Drop, GivenUp, LeftOut, Outcome, Stage, given_up
from pipeline.stages import Options, build
from pipeline.work import reply
from schemas import EnrichedArticle

State = Literal["record", "dropped", "dead"]
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one message ended, and what was wrong with that."""

    state: State
    reason: str = ""
    message: str = ""
    cpu_secs: float = 0.0
    memory_mib: float = 0.0
    """Resident, above the idle process."""
    violations: tuple[str, ...] = ()


def prepare(options: Options) -> Callable[[bytes], Verdict]:
    """Return the judge of messages; called once in a pool process."""
    stages = build(("clean", "enrich"), options)
    return partial(judged, stages, Watch(), Meter())


def judged(stages: tuple[Stage, ...], watch: Watch, meter: Meter, data: bytes) -> Verdict:
    """Return how the message *data* ends."""
    watch.seen.clear()
    meter.begin()
    watch.on = True
    wrong: list[str] = []
    try:
        ended = run(stages, data)
    finally:
        watch.on = False
    if isinstance(ended, list):
        state, reason, message = "record", "", ""
        wrong += [problem for body in ended if (problem := unfit_json(body))]
    elif isinstance(ended, LeftOut):
        state, reason, message = "dropped", ended.reason, ended.message
    else:
        state, reason, message = "dead", ended.reason, f"{ended.error}: {ended.message}"
        wrong += [f"a bug: {message}"] if reason == "stage_error" else []
    cpu_secs, memory = meter.read()
    return Verdict(state, reason, message, cpu_secs, memory, (*wrong, *watch.seen))  # type: ignore[arg-type]


def run(stages: tuple[Stage, ...], data: bytes) -> list[bytes] | LeftOut | GivenUp:
    """Return the JSON that the index is sent, or how the message ended before."""
    for stage in stages:
        answer = reply(stage, data)
        if answer.outcome is not None:
            return answer.outcome
        data = answer.value
    try:
        lines, refused = family(document(EnrichedArticle.from_bytes(data), NOW))
    except Drop as drop:
        return LeftOut("index", drop.reason, str(drop))
    except Exception as error:  # noqa: BLE001  (as the sink's agent does it)
        return gone(given_up("index", error))
    if refused:
        return GivenUp("index", "refused", "DocumentRefused", refused)
    return [body for _, body in lines]


def gone(outcome: Outcome) -> GivenUp:
    """Return *outcome*, which is a dead letter."""
    if not isinstance(outcome, GivenUp):
        raise TypeError(outcome)
    return outcome


def unfit_json(body: bytes) -> str:
    """Return what is wrong with a document: it is to be UTF-8 JSON as the standard has it.

    >>> unfit_json(b'{"text":"rain"}'), unfit_json(b'{"a":NaN}')[:17]
    ('', 'no valid document')
    """
    try:
        text = body.decode()
        orjson.loads(body)
        json.loads(text, parse_constant=refuse)
    except ValueError as error:
        return f"no valid document: {error}"
    return ""


def refuse(name: str) -> Any:
    """Refuse NaN and Infinity, which Python reads and nobody else."""
    raise ValueError(f"{name} is no JSON")
