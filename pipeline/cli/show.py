"""Tables for people, JSON for programs: how every command prints a list."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print *rows* as a table on standard output; the last column takes the room that is left."""
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    drawn = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for number, column in enumerate(columns):
        last = number == len(columns) - 1
        drawn.add_column(column, overflow="fold", no_wrap=number == 0, ratio=1 if last else None)
    for row in rows:
        drawn.add_row(*(escape(str(cell)) for cell in row))
    Console().print(drawn)


def printable(text: str) -> str:
    r"""Return *text* with its control characters spelt out, because a terminal obeys them.

    >>> printable("red \x1b[31m, tab\t, newline\n")
    'red \\x1b[31m, tab\t, newline\n'
    """
    return "".join(c if c.isprintable() or c in "\t\n" else c.encode(
        "unicode_escape").decode() for c in text)  # fmt: skip


def as_json(value: Any) -> None:
    """Print *value* as JSON on standard output."""
    print(json.dumps(value, indent=2, ensure_ascii=False, default=str))
