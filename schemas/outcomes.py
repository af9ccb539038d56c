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
    by: str = Field("", description="Who decided it, where a person did.")
    letter: str = Field("", description="Name of the dead letter that it resolved, if one.")


class Forgotten(Record):
    """An article that was taken down: nothing of it is written to the index again.

    A tombstone in ``articles.forgotten`` takes it back.
    """

    id: str = Field(description="Key of the message: the article's id, or a hash of its address.")
    url: str = Field("", description="Normal form of the address, where that was taken down.")
    at: AwareDatetime = Field(description="When.")
    why: str = Field("", description="Why, in the words of whoever asked for it.")
    by: str = Field("", description="Who did it.")


class DeadLetter(Record):
    """A record that was given up, whole, with the reason.

    In Kafka the value is the untouched record and the rest travels as headers; this is how a
    command shows it.
    """

    id: str = Field(description="The article's id where it is known.")
    name: str = Field("", description="Key of the message: the id and a hash of the record.")
    source: str = Field("", description="Id of the source, where the record still tells it.")
    fetched_at: AwareDatetime | None = Field(None, description="When it was fetched, likewise.")
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
    first_stage: str = Field("", description="Of a replay that failed: who gave it up first.")
    first_reason: str = Field("", description="Why it was first given up.")
    first_error: str = Field("", description="Class of the first error.")
    first_message: str = Field("", description="The first error in one sentence.")
    first_at: AwareDatetime | None = Field(None, description="When it was first given up.")
    first_code_version: str = Field("", description="Version of newsmill that first gave it up.")
    letter_partition: int = Field(-1, description="Partition of the letter in its own topic.")
    letter_offset: int = Field(-1, description="Offset of the letter there.")
    record: Base64Bytes = Field(b"", description="The record's bytes.")
