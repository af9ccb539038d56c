"""The memory of sources: which lines a source repeats under its articles.

A snapshot is a numbered file that never changes.  It holds hashes of lines, never their words, and
in how many articles of how many each was seen.  The clean stage is given one and looks lines up;
so the same snapshot gives the same text, today and in a replay.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pydantic import AwareDatetime, Field, ValidationError

from pipeline.clean.cut import Cut
from pipeline.clean.rules.line import Line
from schemas import ConfigError, Fault, Kind
from schemas.record import Part

BY = "memory"
FORMAT = 1
MAX_BYTES = 64 << 20
COUNTED_WORDS = 4
"""In a line of so many words a number only counts something: "12 Comments", "5 min read"."""
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


class Repeated(NamedTuple):
    """A line that a source repeats: a pair, since a snapshot may hold 200,000."""

    articles: int
    """Stories that it was seen in."""
    kind: Kind = "other"
    """What it is, where a rule knew it."""


class SourceMemory(Part):
    """What one source repeats."""

    articles: int = Field(ge=0, description="Stories that were looked at.")
    first_at: AwareDatetime | None = Field(None, description="When the first was read.")
    last_at: AwareDatetime | None = Field(None, description="When the last was read.")
    lines: dict[str, Repeated] = Field({}, description="Hash of the line to where it was seen.")


class Snapshot(Part):
    """What was learned of all sources at one time."""

    format: int = Field(FORMAT, description="Form of this file.")
    number: int = Field(ge=1, description="1, 2, ... as they were learned.")
    learned_at: AwareDatetime = Field(description="When it was learned.")
    sources: dict[str, SourceMemory] = Field({}, description="Id of the source to its lines.")

    @property
    def name(self) -> str:
        """Return the number as files and records show it."""
        return f"{self.number:06d}"

    def numbered(self, number: int) -> bytes:
        """Return what a file holds of this snapshot if *number* is its number."""
        named = self.model_copy(update={"number": number})
        return named.model_dump_json(exclude_none=True).encode()

    def of(self, source: str) -> Lines:
        """Return the lines of *source*."""
        known = self.sources.get(source)
        return Lines(source, known.articles, known.lines) if known else Lines()


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines that one source repeats, as the clean stage looks them up."""

    source: str = ""
    articles: int = 0
    known: Mapping[str, Repeated] = field(default_factory=dict)

    def cut(self, line: Line) -> Cut | None:
        """Return why *line* is cut, None where it was not seen to repeat."""
        found = self.known.get(hash_of(self.source, line.text)) if self.known else None
        if found is None:
            return None
        why = f"in {found.articles} of {self.articles} articles"
        return Cut(found.kind, BY, score=min(1.0, found.articles / self.articles), why=why)


def hash_of(source: str, text: str) -> str:
    """Return what a line of *source* goes by; of a short one neither case nor its number counts.

    >>> hash_of("gazette", "12 Comments") == hash_of("gazette", "7  comments")
    True
    >>> hash_of("gazette", "Comments") == hash_of("herald", "Comments")
    False
    """
    words = text.casefold().split()
    if len(words) <= COUNTED_WORDS:
        words = [NUMBER.sub("0", word) for word in words]
    salt = hashlib.sha256(source.encode(errors="replace")).digest()[:16]
    given = " ".join(words).encode(errors="replace")
    return hashlib.blake2b(given, digest_size=8, salt=salt).hexdigest()


def read_snapshot(path: Path) -> Snapshot:
    """Return the snapshot in a file.

    Raises:
        ConfigError: it cannot be read, or is no snapshot that this code knows.

    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ConfigError(Fault(str(path), f"a snapshot has {MAX_BYTES >> 20} MB at most"))
        found = Snapshot.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ConfigError(Fault(str(path), f"cannot be read: {error.strerror}")) from error
    except ValidationError as error:
        what = "this is no snapshot of `newsmill memory learn`; name one, or none"
        raise ConfigError(Fault(str(path), what)) from error
    if found.format != FORMAT:
        raise ConfigError(Fault(str(path), f"format {found.format}; this code reads {FORMAT}"))
    return found
