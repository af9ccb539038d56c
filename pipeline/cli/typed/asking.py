"""Who runs a command, and whether they mean it."""

from __future__ import annotations

import getpass
import os
import sys

import typer


def somebody() -> str:
    """Return the name of whoever runs this, as the system knows it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user need not have a name
        return f"user {os.getuid()}"


def confirmed(question: str, *, yes: bool) -> bool:
    """Ask before something that cannot be undone; ``yes`` has answered already.

    Raises:
        typer.BadParameter: there is nobody to ask.

    """
    if yes:
        return True
    if not sys.stdin.isatty():
        raise typer.BadParameter("there is nobody to ask: say --yes")
    return typer.confirm(question)
