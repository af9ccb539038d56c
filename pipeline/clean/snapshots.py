"""The folder of snapshots: numbered files that are written once and never changed."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import ValidationError

from pipeline.clean.memory import FORMAT, Snapshot
from schemas import ConfigError, Fault

LATEST = "latest"
MAX_BYTES = 64 << 20


def find(name: str, folder: Path) -> Path:
    """Return the file of the snapshot *name*: a number, ``latest``, or the path of a file.

    Raises:
        ConfigError: there is no such snapshot in *folder*.

    """
    if name == LATEST:
        if files := all_in(folder):
            return files[-1]
        what = "there is no snapshot yet; `newsmill memory learn` makes one"
        raise ConfigError(Fault(str(folder), what))
    path = folder / f"{int(name):06d}.json" if name.isdecimal() else Path(name)
    if not path.is_file():
        what = "there is no such snapshot; `newsmill memory list` names all"
        raise ConfigError(Fault(str(path), what))
    return path


def all_in(folder: Path) -> list[Path]:
    """Return the snapshots of *folder*, oldest first."""
    found = [path for path in folder.glob("*.json") if path.stem.isdecimal()]
    return sorted(found, key=lambda path: int(path.stem))


def read(path: Path) -> Snapshot:
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


def write(snapshot: Snapshot, folder: Path) -> tuple[Snapshot, Path]:
    """Write *snapshot* under the next free number; return it as it is there, and the file.

    Nobody ever sees half a file, and two who learn at the same time get two numbers.

    Raises:
        OSError: the folder cannot be written.

    """
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{os.getpid()}.draft"
    try:
        while True:
            files = all_in(folder)
            number = int(files[-1].stem) + 1 if files else 1
            numbered = snapshot.model_copy(update={"number": number})
            put(draft, numbered.model_dump_json(exclude_none=True).encode())
            try:
                path = folder / f"{numbered.name}.json"
                path.hardlink_to(draft)
            except FileExistsError:
                continue
            path.chmod(0o444)
            return numbered, path
    finally:
        draft.unlink(missing_ok=True)


def put(path: Path, data: bytes) -> None:
    """Write *data* and wait until the disk has it."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
