"""How a record ends that does not go on: left out on purpose, or given up."""

from __future__ import annotations

from pydantic import AwareDatetime, Base64Bytes, Field

from schemas.errors import DropReason, ErrorType
from schemas.record import Record


class Dropped(Record):
    """A record that was left out on purpose, counted."""

    id: str = Field(description="The article's id.")
    stage: str = Field(description="The stage that left it out.")
    reason: DropReason = Field(description="Why.")
    message: str = Field("", description="One sentence for people.")
    at: AwareDatetime = Field(description="When.")
    source: str = Field("", description="Id of the source, where it is known.")
    version: int | None = Field(None, description="Version of the document that was not written.")


class DeadLetter(Record):
    """A record that was given up, whole, with the reason.

    In Kafka the value is the untouched record and the rest travels as headers; this is how a
    command shows it.
    """

    id: str = Field(description="Key of the message: the article's id where it is known.")
    stage: str = Field(description="The stage that gave it up.")
    reason: ErrorType = Field(description="Why.")
    error: str = Field("", description="Class of the error.")
    message: str = Field("", description="One sentence for people.")
    at: AwareDatetime = Field(description="When.")
    attempts: int = Field(1, ge=1, description="How often it was tried, replays included.")
    code_version: str = Field("", description="Version of newsmill that gave it up.")
    topic: str = Field("", description="Where the record was read.")
    partition: int = Field(-1, description="Its partition.")
    offset: int = Field(-1, description="Its offset.")
    size: int = Field(0, ge=0, description="Bytes of the record.")
    sha256: str = Field("", description="Hash of the record.")
    truncated: bool = Field(False, description="True where only its first 64 KiB are held.")
    record: Base64Bytes = Field(b"", description="The record's bytes.")
