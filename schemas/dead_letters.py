"""Dead letters: a record that was given up, untouched, with the reason in the headers.

``articles.dead`` is keyed by article id and compacted: it shows what is unresolved.  A record that
is replayed names its dead letter in a header that travels with it; the stage where it ends well
writes the tombstone, and one that fails again replaces the dead letter.  So at no moment is it in
neither place.  A record too large to travel whole is kept as its first 64 KiB, its hash, and its
place in the topic it came from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from schemas.outcomes import DeadLetter
from schemas.topics import MAX_RECORD_BYTES

PREFIX = "newsmill-"
ATTEMPTS = PREFIX + "attempts"
LETTER = PREFIX + "letter"
"""The dead letter that a replayed record resolves."""
KEPT_BYTES = 64 << 10
ID_CHARS = 512
MESSAGE_CHARS = 2000


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
    """Id of the dead letter that this record is a replay of."""

    def id(self, known: str = "") -> str:
        """Return the id a dead letter goes by: the record's, the key, or one from its place."""
        if self.letter or known:
            return self.letter or known
        if self.key:
            return self.key.decode(errors="replace")[:ID_CHARS]
        place = f"{self.topic}:{self.partition}:{self.offset}"
        return hashlib.sha256(place.encode()).hexdigest()[:32]


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


def replay_headers(attempts: int, letter: str) -> dict[str, bytes]:
    """Return the headers that travel with a replayed record; none with any other."""
    if not letter:
        return {}
    return {ATTEMPTS: str(attempts).encode(), LETTER: letter.encode(errors="replace")}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a record was given up: by which stage, of the closed list, and in words."""

    stage: str
    reason: str
    error: str
    message: str


def letter_of(
    origin: Origin, why: Reason, version: str, at: datetime, most_bytes: int = MAX_RECORD_BYTES
) -> tuple[bytes, dict[str, bytes]]:
    """Return the value and the headers of a dead letter.

    A record of more than *most_bytes* travels as its first 64 KiB.
    """
    value = origin.value or b""
    kept = value if len(value) <= most_bytes else value[:KEPT_BYTES]
    fields: dict[str, object] = {
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
        "sha256": hashlib.sha256(value).hexdigest(),
        "truncated": int(len(kept) < len(value)),
    }
    told = {PREFIX + name: str(field).encode(errors="replace") for name, field in fields.items()}
    return kept, told


def read(
    key: bytes | None, value: bytes | None, headers: Sequence[tuple[str, bytes]]
) -> DeadLetter:
    """Return a message of ``articles.dead`` as a record.

    A message that we did not write is shown with what is known of it, reason ``stage_error``.
    """
    told = {name[len(PREFIX) :].replace("-", "_"): (data or b"").decode(errors="replace")
            for name, data in headers if name.startswith(PREFIX)}  # fmt: skip
    shown = {"id": (key or b"").decode(errors="replace"), "record": b""}
    try:
        letter = DeadLetter.model_validate({**told, **shown})
    except ValidationError as error:
        letter = DeadLetter(
            id=str(shown["id"]), stage="?", reason="stage_error", at=datetime.fromtimestamp(0, UTC),
            message=f"not written by newsmill: {error.error_count()} headers are missing or wrong",
        )  # fmt: skip
    return letter.model_copy(update={"record": value or b""})
