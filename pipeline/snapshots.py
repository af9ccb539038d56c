"""Snapshots of what sources repeat: numbered files, written once and never changed.

What is in them is the business of `pipeline.clean.memory`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from schemas import ConfigError, Fault

LATEST = "latest"


def find(name: str, folder: Path) -> Path:
    """Return the file of the snapshot *name*: a number, ``latest``, or the path of a file.

    Raises:
        ConfigError: there is no such snapshot.

    """
    if name == LATEST:
        if files := all_in(folder):
            return files[-1]
        what = "there is no snapshot yet; `newsmill memory learn` makes one"
        raise ConfigError(Fault(str(folder), what))
    path = folder / file_name(int(name)) if name.isdecimal() else Path(name)
    if not path.is_file():
        what = "there is no such snapshot; `newsmill memory list` names all"
        raise ConfigError(Fault(str(path), what))
    return path


def file_name(number: int) -> str:
    """Return the name of the file of a snapshot.

    >>> file_name(12)
    '000012.json'
    """
    return f"{number:06d}.json"


def all_in(folder: Path) -> list[Path]:
    """Return the snapshots of *folder*, oldest first."""
    found = [path for path in folder.glob("*.json") if path.stem.isdecimal()]
    return sorted(found, key=lambda path: int(path.stem))


def write(content: Callable[[int], bytes], folder: Path) -> Path:
    """Write a snapshot under the next free number; *content* makes its bytes from the number.

    Nobody ever sees half a file, and two who write at the same time get two numbers.

    Raises:
        OSError: the folder cannot be written.

    """
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{os.getpid()}.draft"
    try:
        while True:
            files = all_in(folder)
            number = int(files[-1].stem) + 1 if files else 1
            on_disk(draft, content(number))
            try:
                (folder / file_name(number)).hardlink_to(draft)
            except FileExistsError:
                continue  # somebody else took the number; theirs stays as it is
            (folder / file_name(number)).chmod(0o444)
            return folder / file_name(number)
    finally:
        draft.unlink(missing_ok=True)


def on_disk(path: Path, data: bytes) -> None:
    """Write *data* and wait until the disk has it."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
