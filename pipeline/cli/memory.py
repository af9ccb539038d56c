"""``newsmill memory``: what sources repeat, learned from their clean articles."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from pipeline.clean.learn import Learner
    from pipeline.clean.memory import Snapshot

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Folder = Annotated[
    Path | None, typer.Option("--dir", help="Folder of the snapshots; default: by the settings.")
]


@app.callback()
def memory() -> None:
    """Learn and look at what sources repeat under their articles."""


@app.command()
def learn(
    files: Annotated[
        list[str] | None,
        typer.Argument(help="JSON Lines of clean articles, - for stdin; without: the topic."),
    ] = None,
    folder: Folder = None,
    json: AsJson = False,
) -> int:
    """Learn from clean articles which lines each source repeats; write the next snapshot."""
    from datetime import UTC, datetime

    from pipeline import snapshots
    from pipeline.clean.learn import Learner
    from pipeline.clean.memory import read_snapshot

    place = place_of(folder)
    learner = Learner()
    bad = take(learner, in_files(files) if files else in_topic())
    if bad:
        print(f"{bad} records are no clean articles; they were passed over", file=sys.stderr)
    if not learner.articles:
        print("no clean articles, so nothing was learned", file=sys.stderr)
        return 1
    learned = learner.snapshot(1, datetime.now(UTC))
    older = snapshots.all_in(place)
    if older and read_snapshot(older[-1]).sources == learned.sources:
        tell(older[-1], read_snapshot(older[-1]), "nothing has changed since", json=json)
        return 0
    path = snapshots.write(learned.numbered, place)
    tell(path, read_snapshot(path), f"from {learner.articles} articles:", json=json)
    return 0


def place_of(folder: Path | None) -> Path:
    """Return the folder of the snapshots."""
    from pipeline.settings import load_settings

    return folder or load_settings().memory_dir()


def take(learner: Learner, records: Iterator[bytes]) -> int:
    """Give every clean article of *records* to *learner*; return how many were none."""
    from schemas import CleanArticle, RecordError

    bad = 0
    for record in records:
        try:
            learner.add(CleanArticle.from_bytes(record))
        except RecordError:
            bad += 1
    return bad


def in_files(names: list[str]) -> Iterator[bytes]:
    """Yield the lines of the files *names*.

    Raises:
        OSError: one cannot be read.

    """
    for name in names:
        if name == "-":
            yield from sys.stdin.buffer
            continue
        with Path(name).open("rb") as file:
            yield from file


def in_topic() -> Iterator[bytes]:
    """Yield what the topic of clean articles holds now.

    Raises:
        ServiceUnavailable: Kafka does not answer.

    """
    from kafka.errors import KafkaError

    from pipeline.settings import load_settings
    from pipeline.stream.reading import messages
    from schemas import ServiceUnavailable
    from schemas.topics import CLEAN

    try:
        for message in messages(load_settings(), CLEAN):
            if message.value is not None:
                yield message.value
    except KafkaError as error:
        raise ServiceUnavailable(
            f"Kafka does not give the clean articles: {error}. Name a file to learn from that"
        ) from error


def tell(path: Path, snapshot: Snapshot, how: str, *, json: bool) -> None:
    """Print what a snapshot holds."""
    from pipeline.cli.show import as_json

    row = summary(path, snapshot)
    if json:
        as_json(row)
        return
    print(f"{how} snapshot {snapshot.name}, {row['lines']} lines of {row['sources']} sources")
    # A number is looked for in the folder of the settings, so elsewhere only the path will do.
    name = snapshot.number if path.parent == place_of(None) else path
    print(f"it is {path}; clean uses it with NEWSMILL_MEMORY={name}")


def summary(path: Path, snapshot: Snapshot) -> dict[str, Any]:
    """Return what `memory list` tells of a snapshot."""
    return {
        "snapshot": snapshot.name,
        "learned_at": snapshot.learned_at.isoformat(timespec="seconds"),
        "sources": len(snapshot.sources),
        "lines": sum(len(one.lines) for one in snapshot.sources.values()),
        "bytes": path.stat().st_size,
        "file": str(path),
    }


@app.command("list")
def list_(folder: Folder = None, json: AsJson = False) -> None:
    """List the snapshots, the newest last."""
    from pipeline import snapshots
    from pipeline.clean.memory import read_snapshot
    from pipeline.cli.show import as_json, table

    rows = [summary(path, read_snapshot(path)) for path in snapshots.all_in(place_of(folder))]
    if json:
        as_json(rows)
    elif rows:
        table("", list(rows[0]), [list(row.values()) for row in rows])
    else:
        print("there is no snapshot yet; `newsmill memory learn` makes one")


@app.command()
def show(
    snapshot: Annotated[
        str, typer.Argument(help="Number, `latest`, or the path of a file.")
    ] = "latest",
    source: Annotated[str, typer.Option(help="Show the lines of this source.")] = "",
    folder: Folder = None,
    json: AsJson = False,
) -> int:
    """Show how much of each source a snapshot knows; of one source, each line by its hash."""
    from pipeline import snapshots
    from pipeline.clean.memory import read_snapshot
    from pipeline.cli.show import as_json

    found = read_snapshot(snapshots.find(snapshot, place_of(folder)))
    if source and source not in found.sources:
        print(f"snapshot {found.name} knows no lines of {source!r}", file=sys.stderr)
        return 1
    only = {source: found.sources[source]} if source else found.sources
    shown = found.model_copy(update={"sources": only})
    if json:
        as_json(shown.model_dump(mode="json"))
    else:
        table_of(shown, lines=bool(source))
    return 0


def table_of(snapshot: Snapshot, *, lines: bool) -> None:
    """Print the sources of *snapshot*, or the *lines* of its only source."""
    from pipeline.cli.show import table

    title = f"Snapshot {snapshot.name}, learned {snapshot.learned_at:%Y-%m-%d %H:%M} UTC"
    if not lines:
        rows = [
            (name, one.articles, len(one.lines), day(one.first_at), day(one.last_at))
            for name, one in snapshot.sources.items()
        ]
        table(title, ("source", "articles", "lines", "from", "to"), rows)
        return
    (one,) = snapshot.sources.values()
    told = [(name, f"{line.articles} of {one.articles}", line.kind)
            for name, line in one.lines.items()]  # fmt: skip
    table(title, ("line", "in articles", "kind"), told)


def day(at: Any) -> str:
    """Return the day of an instant."""
    return f"{at:%Y-%m-%d}" if at else ""
