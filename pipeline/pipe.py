"""Pipe mode: one JSON object a line in, one a line out, in order; a stable public interface.

The rules stand in docs/reference/pipe-mode.md and each has a test.  An answer depends on its own
line alone: no clock, no environment, no other line.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Literal, TypeVar

import orjson
from pydantic import TypeAdapter, ValidationError

from pipeline.pool import Lost
from pipeline.stage import Done, GivenUp, LeftOut, Outcome, Stage, given_up, outcome_of
from pipeline.stages import Options, build
from schemas import CleanArticle, RawArticle, Record, RecordError, article_id
from schemas.record import check_version, unreadable

Start = Literal["clean", "enrich"]
T = TypeVar("T", bound=Record)
STEPS: tuple[Start, ...] = ("clean", "enrich")
REQUIRED = ("url", "source", "content_type")
INSTANT = TypeAdapter(datetime)
NOT_YET = ("events",)
"""Keys that an enriched line always has; they stay empty until a stage finds such things."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of output, and whether it goes to the rejects."""

    rejected: bool
    data: bytes
    reason: str = ""


def prepare(start: Start, until: Start, options: Options) -> Callable[[bytes], Line]:
    """Return the function that turns a line of input into a line of output; loads the models."""
    steps = STEPS[STEPS.index(start) : STEPS.index(until) + 1]
    return partial(work, build(steps, options))


def work(stages: tuple[Stage, ...], line: bytes) -> Line:
    """Return what becomes of one line of input."""
    given: Any = None
    try:
        fields = fields_of(line)
        given = given_id(fields)
        record = raw_record(fields) if stages[0].takes is RawArticle else clean_record(fields)
    except RecordError as error:
        return rejected(given, given_up("read", error))
    outcome: Outcome = outcome_of(stages, record)
    if isinstance(outcome, Done):
        try:
            return Line(rejected=False, data=written(outcome.record, given))
        except (TypeError, ValueError) as error:  # it holds what no JSON can
            outcome = given_up(stages[-1].name, error)
    computed = record.model_dump(include={"id"})["id"]
    return rejected(computed if given is None else given, outcome)


def fields_of(line: bytes) -> dict[str, Any]:
    """Return the JSON object of a line; raises RecordError."""
    try:
        text = line.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError as error:
        raise RecordError("undecodable", f"not UTF-8: {error}") from error
    try:
        fields = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise RecordError("invalid_json", str(error)) from error
    if not isinstance(fields, dict):
        raise RecordError("invalid_record", "a line holds one JSON object")
    if isinstance(fields.get("id"), float):
        fields["id"] = as_written(text)
    return fields


def as_written(text: str) -> orjson.Fragment:
    """Return the number that is the id as it stands in the line, however many digits it has."""
    number: orjson.Fragment = json.loads(
        text, parse_int=orjson.Fragment, parse_float=orjson.Fragment
    )["id"]
    return number


def given_id(fields: dict[str, Any]) -> Any:
    """Return the id as it was given, None where there is none; 0 is an id."""
    given = fields.get("id")
    return None if given == "" else given


def raw_record(fields: dict[str, Any]) -> RawArticle:
    """Return the raw article of a line: what is no date or text is not known, not an error."""
    if missing := [name for name in REQUIRED if not isinstance(fields.get(name), str)]:
        raise RecordError("invalid_record", f"required and missing: {', '.join(missing)}")
    known = tolerant(RawArticle, fields)
    known["fetched_at"] = instant(fields.get("fetched_at"))
    if known.get("body") == "" and "body_base64" in known:
        del known["body"]
    if not known.get("id"):
        known["id"] = article_id(fields["source"], fields["url"], fingerprint(fields))
    return validated(RawArticle, known)


def clean_record(fields: dict[str, Any]) -> CleanArticle:
    """Return the clean article of a line; only ``id`` and ``text`` are needed.

    A language that is given is taken as it is; where none is, it is found out.
    """
    from pipeline.clean.language import language_of  # only where it is needed: it loads a model

    if given_id(fields) is None or not isinstance(fields.get("text"), str):
        raise RecordError("invalid_record", "required and missing: id, text")
    known = tolerant(CleanArticle, fields)
    for name in ("fetched_at", "published_at", "modified_at"):
        known[name] = instant(fields.get(name))
    if not known.get("language"):
        known["language"] = language_of(f"{known.get('headline', '')}\n{known['text']}")
    return validated(CleanArticle, known)


def as_text(given: Any) -> str:
    """Return an id as the text that records go by.

    >>> as_text(7), as_text("7")
    ('7', '7')
    """
    return given if isinstance(given, str) else orjson.dumps(given).decode()


def tolerant(kind: type[Record], fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of *kind* whose values can be read; an unreadable one is not known.

    The id may be a number: it is read as text, and written back as it was given.
    """
    given = given_id(fields)
    known: dict[str, Any] = {} if given is None else {"id": as_text(given)}
    for name, field in kind.model_fields.items():
        value = fields.get(name)
        if name == "id" or value is None or (value == "" and name not in KEPT_EMPTY):
            continue
        try:
            ADAPTERS[kind, name].validate_python(value)
        except ValidationError:
            if field.is_required() or name in {"body", "body_base64", "schema_version"}:
                raise RecordError("invalid_record", f"{name}: cannot be read") from None
            continue
        known[name] = value
    return known


KEPT_EMPTY = {"url", "source", "content_type", "body", "body_base64", "text"}
ADAPTERS: dict[tuple[type[Record], str], TypeAdapter[Any]] = {
    (kind, name): TypeAdapter(field.rebuild_annotation())
    for kind in (RawArticle, CleanArticle)
    for name, field in kind.model_fields.items()
}


def validated(kind: type[T], fields: dict[str, Any]) -> T:
    """Return *fields* as a record; raises RecordError naming each wrong field."""
    try:
        record = kind.model_validate(fields)
    except ValidationError as error:
        raise unreadable(kind.__name__, error) from error
    check_version(record)
    return record


def instant(value: Any) -> datetime | None:
    """Return *value* as an instant; without a zone it is read as UTC; no date is not known."""
    if not isinstance(value, str) or not value:
        return None
    try:
        read = INSTANT.validate_python(value)
    except ValidationError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def fingerprint(fields: dict[str, Any]) -> str:
    """Return what an article without an address goes by: a hash of its body."""
    body = fields.get("body") or fields.get("body_base64") or ""
    return hashlib.sha256(str(body).encode(errors="replace")).hexdigest()


def written(record: Record, given: Any) -> bytes:
    """Return a record as a line; a given id comes back as it was given."""
    fields = record.model_dump(mode="json", exclude_none=True)
    if given is not None:
        fields["id"] = given
    if "entities" in fields:
        fields |= {name: [] for name in NOT_YET}
    return orjson.dumps(fields)


def rejected(given: Any, outcome: LeftOut | GivenUp) -> Line:
    """Return the line of a record that was left out or given up."""
    fields: dict[str, Any] = {
        "id": given,
        "outcome": "dropped" if isinstance(outcome, LeftOut) else "dead",
        "stage": outcome.stage,
        "reason": outcome.reason,
        "message": outcome.message,
    }
    if isinstance(outcome, GivenUp):
        fields["error"] = outcome.error
    return Line(rejected=True, data=orjson.dumps(fields), reason=outcome.reason)


def lost(line: bytes, what: Lost) -> Line:
    """Return the line of a record whose worker hung or died; its id as it is or is computed."""
    try:
        fields = fields_of(line)
        given = given_id(fields)
        if given is None:
            given = raw_record(fields).id
    except RecordError as error:
        return rejected(None, given_up("read", error))
    return rejected(given, GivenUp("run", what.reason, "WorkerLost", what.message))
