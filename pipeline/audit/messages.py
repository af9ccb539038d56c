"""What a message of each topic tells about an id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import AwareDatetime, ValidationError

from pipeline.audit.facts import UNKNOWN, Fact, Kind
from schemas import RawArticle, RecordError, document_version
from schemas.dead_letters import ID_CHARS, PREFIX, Origin, glance, id_in, letter_named, value_of
from schemas.record import Part


class Told(Part):
    """What every record of an article tells: whose it is, and of which fetch."""

    id: str = ""
    source: str = ""
    fetched_at: AwareDatetime | None = None


class Note(Part):
    """A note of ``articles.dropped``, as any version of newsmill writes it."""

    id: str
    reason: str
    at: AwareDatetime
    source: str = ""
    version: int | None = None


def accepted(message: Any, committed: int) -> Iterator[Fact]:
    """Yield that a raw record was accepted, and that it waits if its offset is not *committed*."""
    told = told_by(message.value) or glanced(glance(message.value or b""))
    name, source, fetch = named(message), told.source if told else "", fetch_of(told)
    fact = Fact(name, Kind.ACCEPTED, fetch, message.timestamp, source, place=place_of(message))
    yield fact
    if message.offset >= committed:
        yield fact._replace(kind=Kind.WAITING)


def waiting(message: Any) -> Fact:
    """Return that a record waits between two stages; its key is its id."""
    told = told_by(message.value)
    source = told.source if told else ""
    return Fact(
        key_of(message)[:ID_CHARS], Kind.WAITING, fetch_of(told), message.timestamp, source,
        place=place_of(message),
    )  # fmt: skip


def letter(message: Any) -> Fact:
    """Return that a record was given up, or that its letter was resolved."""
    headers = message.headers
    told = told_by(message.value) or told_in(headers)
    reason = value_of(headers, PREFIX + "reason").decode(errors="replace") or "stage_error"
    known = told.source if told else value_of(headers, PREFIX + "source").decode(errors="replace")
    return Fact(
        id_in(key_of(message)), Kind.LETTER, fetch_of(told), message.timestamp, known,
        "" if message.value is None else reason, key_of(message), message.offset,
    )  # fmt: skip


def note(message: Any) -> Iterator[Fact]:
    """Yield that a record was left out on purpose.

    What is no note of ours explains nothing: its id shows up as missing.
    """
    try:
        read = Note.model_validate_json(message.value or b"")
    except ValidationError:
        return
    fetch = UNKNOWN if read.version is None else read.version // 1000
    at = round(read.at.timestamp() * 1000)
    yield Fact(read.id, Kind.NOTE, fetch, at, read.source, read.reason)


def forgotten(message: Any) -> Fact:
    """Return that an id was taken down, or that this was undone."""
    reason = "" if message.value is None else "forgotten"
    return Fact(key_of(message), Kind.FORGOTTEN, at=message.timestamp, reason=reason,
                number=message.offset)  # fmt: skip


def told_by(value: bytes | None) -> Told | None:
    """Return what a record tells of itself; None where it cannot be read."""
    try:
        return Told.model_validate_json(value or b"")
    except ValidationError:
        return None


def told_in(headers: Any) -> Told | None:
    """Return what the headers of a letter tell of its record, which may be too large for it."""
    names = ("source", "fetched-at")
    return glanced({name: value_of(headers, PREFIX + name).decode("utf-8", "replace")
                    for name in names})  # fmt: skip


def glanced(found: Mapping[str, str]) -> Told | None:
    """Return what a broken record still tells, as its letter tells it; None without a fetch."""
    at = found.get("fetched-at")
    return (
        Told.model_validate({"source": found.get("source", ""), "fetched_at": at}) if at else None
    )


def fetch_of(told: Told | None) -> int:
    """Return the millisecond of the fetch as the version of a document counts it."""
    return document_version(told.fetched_at, 0) // 1000 if told else UNKNOWN


def named(message: Any) -> str:
    """Return the id of a raw record as the stages name it: its own, else the key, else its place.

    The id that stands in a record counts only if the record is one: see `schemas.dead_letters`.
    """
    try:
        return RawArticle.from_bytes(message.value or b"").id[:ID_CHARS]  # as a letter has it
    except RecordError:
        origin = Origin(
            message.topic, message.partition, message.offset, message.key, message.value, 0,
            letter_named(message.headers),
        )  # fmt: skip
        return origin.id()


def key_of(message: Any) -> str:
    """Return the key of a message as text."""
    return (message.key or b"").decode(errors="replace")


def place_of(message: Any) -> str:
    """Return where a message lies."""
    return f"{message.topic}:{message.partition}:{message.offset}"
