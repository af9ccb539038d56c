"""The files of the raw archive: one for each day, JSON Lines in whole gzip members.

Each line is a `RawArticle` as it lay in Kafka, so that `zcat` and pipe mode read it.  A member is
appended and synced in one go.  A crash may leave a torn one at the end, which is found and cut; one
that is damaged in the middle costs itself and no neighbour.
"""

from __future__ import annotations

import fcntl
import gzip
import os
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, BinaryIO

from schemas import ConfigError, Fault

NAME = re.compile(r"raw-\d{4}-\d{2}-\d{2}\.jsonl\.gz")
MAGIC = b"\x1f\x8b\x08"
CHUNK_BYTES = 1 << 18
LARGEST_MEMBER_BYTES = 256 << 20
"""More in one member is not of our writing, and is passed over."""
GZIP = 31
"""How zlib is told to expect a gzip header."""


class NoRoomError(Exception):
    """The newest day alone fills the budget: an operator must raise it."""


@dataclass(frozen=True, slots=True)
class Member:
    """A whole gzip member of a file: where it lies, and what it holds."""

    start: int
    end: int
    content: bytes


@dataclass
class Archive:
    """The archive in ``folder``, never larger than ``budget_bytes``; one writer at a time.

    What has no room makes some: the oldest day goes, and ``deleted`` names it.
    """

    folder: Path
    budget_bytes: int
    deleted: list[str] = field(default_factory=list)
    cut_bytes: int = 0
    """Bytes of torn members that were cut off."""
    _seen: set[Path] = field(default_factory=set)
    _lock: IO[bytes] | None = None

    def open(self) -> None:
        """Make the folder and take the right to write; raises ConfigError where another has it."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = (self.folder / ".lock").open("wb")
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ConfigError(
                Fault(str(self.folder), "another `newsmill archive` writes here: stop one of them")
            ) from error
        except OSError as error:
            raise ConfigError(
                Fault(str(self.folder), f"the archive cannot be written here: {error}")
            ) from error

    def append(self, day: date, records: Sequence[bytes]) -> int:
        """Add *records*, one JSON object each, to *day*; return the bytes once they are on disk.

        Raises:
            NoRoomError: the budget is spent, and there is no older day to delete.
            OSError: the disk does not take it; the file is as it was before.

        """
        path = self.folder / f"raw-{day.isoformat()}.jsonl.gz"
        if path not in self._seen:
            self.cut_bytes += cut_torn(path)
            self._seen.add(path)
        data = gzip.compress(b"".join(one + b"\n" for one in records), 6, mtime=0)
        self._make_room(len(data))
        write_whole(path, data)
        return len(data)

    def size(self) -> int:
        """Return the bytes of all days."""
        return sum(path.stat().st_size for path in days(self.folder))

    def close(self) -> None:
        """Give back the right to write."""
        if self._lock:
            self._lock.close()

    def _make_room(self, size: int) -> None:
        """Delete the oldest days until *size* more bytes are within the budget."""
        while self.size() + size > self.budget_bytes:
            there = days(self.folder)
            if len(there) < 2:
                raise NoRoomError(
                    f"{self.folder} may hold {self.budget_bytes:,} bytes, which is less than one "
                    "day: raise --budget-gb"
                )
            there[0].unlink()
            self.deleted.append(there[0].name)


def days(folder: Path) -> list[Path]:
    """Return the files of an archive, the oldest day first."""
    return sorted(path for path in folder.glob("raw-*.jsonl.gz") if NAME.fullmatch(path.name))


def lines(path: Path) -> Iterator[bytes]:
    """Yield each record of a day; a torn or damaged member is passed over, see `unread_bytes`.

    Raises:
        OSError: the file cannot be read.

    """
    for member in members(path):
        yield from member.content.split(b"\n")[:-1]


def unread_bytes(path: Path) -> int:
    """Return how many bytes of a day belong to no whole member."""
    return path.stat().st_size - sum(one.end - one.start for one in members(path))


def members(path: Path) -> Iterator[Member]:
    """Yield the whole members of a file, in order; go on after what is none."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        start = 0
        while start < size:
            if found := member_at(file, start):
                yield found
                start = found.end
            else:
                start = next_magic(file, start + 1, size)


def member_at(file: BinaryIO, start: int) -> Member | None:
    """Return the member that begins at *start*; None where no whole one does."""
    file.seek(start)
    unpack = zlib.decompressobj(wbits=GZIP)
    content = bytearray()
    end = start
    try:
        while not unpack.eof and len(content) <= LARGEST_MEMBER_BYTES:
            chunk = file.read(CHUNK_BYTES)
            if not chunk:
                return None
            content += unpack.decompress(chunk)
            end += len(chunk) - len(unpack.unused_data)
    except zlib.error:
        return None
    return Member(start, end, bytes(content)) if unpack.eof else None


def next_magic(file: BinaryIO, start: int, size: int) -> int:
    """Return where the next gzip header may begin; *size* where there is none."""
    while start < size:
        file.seek(start)
        chunk = file.read(CHUNK_BYTES)
        found = chunk.find(MAGIC)
        if found >= 0:
            return start + found
        start += max(1, len(chunk) - len(MAGIC) + 1)
    return size


def cut_torn(path: Path) -> int:
    """Cut what follows the last whole member of a file; return how many bytes that were."""
    if not path.exists():
        return 0
    last = 0
    for member in members(path):
        last = member.end
    torn = path.stat().st_size - last
    if torn:
        os.truncate(path, last)
    return torn


def write_whole(path: Path, data: bytes) -> None:
    """Append *data* and return when it is on disk; on an error the file is as it was."""
    is_new = not path.exists()
    with path.open("ab", buffering=0) as file:
        before = file.tell()
        try:
            written = 0
            while written < len(data):
                written += file.write(data[written:])
            os.fsync(file.fileno())
        except OSError:
            file.truncate(before)
            raise
    if is_new:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Return when the names in *folder* are on disk."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
