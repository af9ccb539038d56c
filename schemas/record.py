"""A record: what travels between stages, immutable, as one JSON object."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schemas.errors import RecordError

SCHEMA_VERSION = 1
"""The revision of the records that this code writes."""

READABLE = range(1, 100)
"""Revisions that keep the four rules of evolution, so that any code reads any of them.

New fields have defaults, unknown fields are ignored, a field never changes its type, nothing is
renamed.  A record that breaks a rule gets a version from 100 on, and this code refuses it.
"""


class Part(BaseModel):
    """A piece of a record: immutable, unknown fields ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Record(Part):
    """A message of one of the topics."""

    schema_version: int = Field(SCHEMA_VERSION, description="Revision of the record's schema.")

    def to_bytes(self) -> bytes:
        """Return the record as UTF-8 JSON; a field that is not known is left out."""
        return self.model_dump_json(exclude_none=True).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read a record.

        Raises:
            RecordError: with reason ``undecodable`` (not UTF-8), ``invalid_json``,
                ``unknown_schema`` or ``invalid_record``.

        """
        try:
            data.decode()
        except UnicodeDecodeError as error:
            raise RecordError("undecodable", f"not UTF-8: {error}") from error
        try:
            record = cls.model_validate_json(data)
        except ValidationError as error:
            raise unreadable(cls.__name__, error) from error
        check_version(record)
        return record


def unreadable(name: str, error: ValidationError) -> RecordError:
    """Return pydantic's complaint as one sentence that names each wrong field."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    if faults[0]["type"] == "json_invalid":
        return RecordError("invalid_json", faults[0]["msg"])
    told = "; ".join(f"{'.'.join(map(str, f['loc'])) or name}: {f['msg']}" for f in faults[:5])
    return RecordError("invalid_record", f"not a {name}: {told}")


def check_version(record: Record) -> None:
    """Raise RecordError ``unknown_schema`` for a record that breaks the rules this code knows."""
    if record.schema_version not in READABLE:
        raise RecordError(
            "unknown_schema",
            f"schema_version {record.schema_version}: this code reads {READABLE.start} to "
            f"{READABLE.stop - 1}. Update newsmill, then replay the record.",
        )
