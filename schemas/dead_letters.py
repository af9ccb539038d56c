"""Dead letters: a record that was given up, untouched, with the reason in the headers.

``articles.dead`` is compacted: it shows what is unresolved.  Its key is the name of the letter, the
article's id and a hash of the record: two versions of an article that are both given up are two
letters, so that resolving one never hides the other.  A record that is replayed names its letter in
a header that travels with it; the stage where it ends well writes the tombstone, and one that fails
again replaces the letter, which keeps why it was first given up.  So at no moment is it in neither
place.  A record too large to travel whole is kept as its first 64 KiB, its hash, and its place in
the topic it came from.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json

from schemas.outcomes import DeadLetter
from schemas.topics import MAX_RECORD_BYTES

PREFIX = "newsmill-"
ATTEMPTS = PREFIX + "attempts"
LETTER = PREFIX + "letter"
"""The dead letter that a replayed record resolves."""
FIRST = ("stage", "reason", "error", "message", "at", "code-version")
"""What a letter keeps of the first time, as ``first-stage`` and so on, however often it fails."""
KEPT_BYTES = 64 << 10
NAMED = re.compile(r":[0-9a-f]{12}\Z")
ID_CHARS = 512
MESSAGE_CHARS = 2000
Told = tuple[tuple[str, str], ...]
"""Names and values of headers, without our prefix."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The message a record came in: its place, key, value and how often it was tried before."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    attempts: int
    letter: str = ""
    """Name of the dead letter that this record is a replay of."""
    first: Told = ()
    """What that letter tells of the first time."""

    def id(self, known: str = "") -> str:
        """Return the id of the article: the record's, the key, or one from its place."""
        if known or self.key:
            return (known or (self.key or b"").decode(errors="replace"))[:ID_CHARS]
        place = f"{self.topic}:{self.partition}:{self.offset}"
        return hashlib.sha256(place.encode()).hexdigest()[:32]

    def name(self, known: str = "") -> str:
        """Return the name of this record's dead letter: the same record always has the same."""
        return self.letter or f"{self.id(known)}:{digest(self.value or b'')[:12]}"


def id_in(name: str) -> str:
    """Return the id of the article in the name of a letter.

    >>> id_in("3f1c:0a1b2c3d4e5f"), id_in("an-id:of-mine")
    ('3f1c', 'an-id:of-mine')
    """
    return NAMED.sub("", name)


def digest(value: bytes) -> str:
    """Return the hash of a record, in hex."""
    return hashlib.sha256(value).hexdigest()


def attempts_of(headers: Any) -> int:
    """Return how often a message was tried before; what we did not write counts as never."""
    value = value_of(headers, ATTEMPTS)
    return int(value) if value.isdigit() and len(value) < 8 else 0


def letter_named(headers: Any) -> str:
    """Return the dead letter that a message is a replay of; "" for none."""
    return value_of(headers, LETTER).decode(errors="replace")[:ID_CHARS]


def value_of(headers: Any, wanted: str) -> bytes:
    """Return the value of a header; b"" where it is not there."""
    pairs = headers.items() if isinstance(headers, Mapping) else headers or ()
    return next((value for name, value in pairs if name == wanted and value), b"")


def first_told(headers: Any) -> Told:
    """Return what a replayed message tells of the first time it was given up."""
    found = ((f"first-{name}", value_of(headers, f"{PREFIX}first-{name}")) for name in FIRST)
    return tuple(
        (name, value.decode(errors="replace")[:MESSAGE_CHARS]) for name, value in found if value
    )


def replay_headers(attempts: int, letter: str, first: Told = ()) -> dict[str, bytes]:
    """Return the headers that travel with a replayed record; none with any other."""
    if not letter:
        return {}
    told = (("attempts", str(attempts)), ("letter", letter), *first)
    return {PREFIX + name: value.encode(errors="replace") for name, value in told}


def replayed(letter: DeadLetter) -> dict[str, bytes]:
    """Return the headers of the record in *letter* when it is sent again."""
    before = "first_" if letter.first_reason else ""
    values = ((one, getattr(letter, before + one.replace("-", "_"))) for one in FIRST)
    first = tuple(
        (f"first-{name}", value.isoformat() if isinstance(value, datetime) else value)
        for name, value in values
        if value
    )
    return replay_headers(letter.attempts, letter.name, first)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a record was given up: by which stage, of the closed list, and in words."""

    stage: str
    reason: str
    error: str
    message: str


def letter_of(
    origin: Origin,
    why: Reason,
    version: str,
    at: datetime,
    most_bytes: int = MAX_RECORD_BYTES,
    known_id: str = "",
) -> tuple[bytes, dict[str, bytes]]:
    """Return the value and the headers of a dead letter; its key is ``origin.name(known_id)``.

    A record of more than *most_bytes* travels as its first 64 KiB.
    """
    value = origin.value or b""
    kept = value if len(value) <= most_bytes else value[:KEPT_BYTES]
    fields: dict[str, object] = {
        "id": origin.id(known_id),
        **glance(value),
        "stage": why.stage,
        "reason": why.reason,
        "error": why.error,
        "message": why.message[:MESSAGE_CHARS],
        "at": at.isoformat(),
        "attempts": origin.attempts + 1,
        "code-version": version,
        "topic": origin.topic,
        "partition": origin.partition,
        "offset": origin.offset,
        "size": len(value),
        "sha256": digest(value),
        "truncated": int(len(kept) < len(value)),
        **dict(origin.first),
    }
    told = {PREFIX + name: str(field).encode(errors="replace") for name, field in fields.items()}
    return kept, told


def glance(value: bytes) -> dict[str, str]:
    """Return the source and the time of the fetch as far as a broken record still tells them.

    >>> glance(b'{"source":"gazette","fetched_at":"2026-11-01T12:00:00Z","body":"Rain fe')
    {'source': 'gazette', 'fetched-at': '2026-11-01T12:00:00+00:00'}
    >>> glance(b"no JSON at all")
    {}
    """
    try:
        found = from_json(value, allow_partial=True)
    except ValueError:  # the letter says what is wrong with it; here nothing more is known
        return {}
    if not isinstance(found, dict):
        return {}
    told = {"source": found.get("source"), "fetched-at": instant(found.get("fetched_at"))}
    return {name: text[:ID_CHARS] for name, text in told.items() if isinstance(text, str) and text}


def instant(text: object) -> str | None:
    """Return a moment as we write it; None for what is none or has no zone."""
    try:
        at = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return at.isoformat() if at and at.tzinfo else None


def read(
    key: bytes | None, value: bytes | None, headers: Sequence[tuple[str, bytes]]
) -> DeadLetter:
    """Return a message of ``articles.dead`` as a record.

    A message that we did not write is shown with what is known of it, reason ``stage_error``.
    """
    told = {name[len(PREFIX) :].replace("-", "_"): (data or b"").decode(errors="replace")
            for name, data in headers if name.startswith(PREFIX)}  # fmt: skip
    name = (key or b"").decode(errors="replace")
    try:
        letter = DeadLetter.model_validate({"id": name, **told, "name": name, "record": b""})
    except ValidationError as error:
        letter = DeadLetter(
            id=name, name=name, stage="?", reason="stage_error", at=datetime.fromtimestamp(0, UTC),
            message=f"not written by newsmill: {error.error_count()} headers are missing or wrong",
        )  # fmt: skip
    return letter.model_copy(update={"record": value or b""})
