"""``newsmill archive``: raw records kept on disk for longer than Kafka keeps them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from pipeline.stream.health import Health


def archive(
    folder: Annotated[Path, typer.Argument(help="Where the days lie; one process writes it.")],
    budget_gb: Annotated[
        float, typer.Option(min=0.001, help="Gigabytes at most; then the oldest day is deleted.")
    ] = 20.0,
    once: Annotated[
        bool, typer.Option("--once", help="Archive what is there now, then end.")
    ] = False,
    list_: Annotated[
        bool, typer.Option("--list", help="Only list the days that are there.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Write raw records from Kafka to disk, compressed JSON Lines a day, until SIGTERM.

    `newsmill reprocess --from-archive FOLDER` sends them through the pipeline again.
    """
    from threading import Event

    from pipeline.settings import load_settings
    from pipeline.stream.archive import run
    from pipeline.stream.archive_days import Archive
    from pipeline.telemetry import configure

    if list_:
        return show(folder, json=json)
    settings = load_settings()
    configure(settings.log_format)
    stop = Event()
    at_signals(stop)
    done = run(Archive(folder, int(budget_gb * 1e9)), settings, stop, once=once)
    if once:
        tell(done, json=json)
    return 0


def at_signals(stop: Any) -> None:
    """End well at SIGTERM and Ctrl-C: what was read is written and committed first."""
    import signal

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())


def show(folder: Path, *, json: bool) -> int:
    """List the days, the oldest first; exit 1 if there is none or one is damaged."""
    from pipeline.cli.show import as_json, table
    from pipeline.stream.archive_days import days, members

    rows = []
    for path in days(folder):
        records = whole = 0
        for member in members(path):
            records += member.content.count(b"\n")
            whole += member.end - member.start
        size = path.stat().st_size
        rows.append({"day": path.name[4:14], "records": records, "bytes": size,
                     "unread_bytes": size - whole, "file": str(path)})  # fmt: skip
    if json:
        as_json(rows)
    elif rows:
        table("", list(rows[0]), [list(row.values()) for row in rows])
    else:
        print(f"there is no day in {folder}")
    return 0 if rows and not any(row["unread_bytes"] for row in rows) else 1


def tell(done: Health, *, json: bool) -> None:
    """Print what was archived."""
    from pipeline.cli.show import as_json

    counts = dict(sorted(done.counts.items()))
    if json:
        as_json(counts)
    else:
        print(", ".join(f"{number} {what}" for what, number in counts.items()) or "nothing new")
