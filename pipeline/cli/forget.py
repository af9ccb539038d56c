"""``newsmill forget``: take an article down, and keep it from coming back."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.typed.asking import confirmed, somebody

if TYPE_CHECKING:
    from pipeline.stream.takedown import Done, Held, Wanted
    from schemas import Forgotten

NOT_TOUCHED = (
    "its records in Kafka, which deletes them by {until:%Y-%m-%d}: no worker writes them",
    "raw archives, snapshots and exports of the index, and what was found by `newsmill run`",
)
"""What `forget` cannot take down."""


def forget(
    what: Annotated[list[str] | None, typer.Argument(help="Addresses, or ids of articles.")] = None,
    why: Annotated[str, typer.Option(help="Why: kept beside the tombstone.")] = "",
    source: Annotated[str, typer.Option(help="A source that may list the address.")] = "",
    list_: Annotated[bool, typer.Option("--list", help="List what is forgotten.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Let it be written again.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Delete all that is forgotten anew: after a restore.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what is there.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Delete articles and their quotations for good, and write them never again.

    An address is forgotten whichever source lists it.  Exit 1 if something of it is left, or if
    there is nothing to do.
    """
    from pipeline.stream.takedown import wanted

    if list_ or undo or again:
        if sum((list_, undo, again)) > 1 or (bool(what) != undo):
            raise typer.BadParameter("say one of --list, --again, or --undo with addresses or ids")
        if list_:
            return listed(json=json)
        return undone(wanted(what or ()), json=json) if undo else once_more(why, json=json)
    if not what:
        raise typer.BadParameter("say which: its address, or its id")
    return taken_down(wanted(what), why, source, dry_run=dry_run, yes=yes, json=json)


def taken_down(what: Wanted, why: str, source: str, *, dry_run: bool, yes: bool, json: bool) -> int:
    """Take down what is wanted after asking; return the exit code."""
    from pipeline.settings import load_settings
    from pipeline.stream.takedown import Takedown, held

    settings = load_settings()
    with index() as client:
        there = held(settings, client, what, source)
        if not yes or dry_run:
            tell_held(there, json=json and dry_run)
        if dry_run:
            return 0
        question = "Delete it, and never write it again?"
        if not confirmed(question, yes=yes):
            print("nothing was changed")
            return 1
        done = Takedown(settings, client, why, somebody()).forget(what, there)
    tell_done(done, json=json)
    return 1 if done.still_in else 0


def once_more(why: str, *, json: bool) -> int:
    """Delete all that is forgotten anew; return the exit code."""
    from pipeline.settings import load_settings
    from pipeline.stream.takedown import Takedown, all_of, forgotten, held

    settings = load_settings()
    known = forgotten(settings)
    if not known:
        print("nothing is forgotten")
        return 1
    with index() as client:
        what = all_of(known)
        there = held(settings, client, what)
        done = Takedown(settings, client, why or "once more", somebody()).clear(what, there)
    tell_done(done, json=json)
    return 1 if done.still_in else 0


def undone(what: Wanted, *, json: bool) -> int:
    """Let be written again what is named; return the exit code."""
    from pipeline.cli.show import as_json
    from pipeline.settings import load_settings
    from pipeline.stream.takedown import undo

    found = undo(load_settings(), what)
    if json:
        as_json([one.model_dump(mode="json") for one in found])
    elif found:
        print(f"{len(found)} names may be written again.  Nothing was brought back: after a minute")
        print("`newsmill reprocess` does that, for as long as Kafka or an archive keeps the record")
    else:
        print("nothing of that name is forgotten: `newsmill forget --list` shows what is")
    return 0 if found else 1


def listed(*, json: bool) -> int:
    """Print what is forgotten; return the exit code."""
    from pipeline.cli.show import as_json, table
    from pipeline.settings import load_settings
    from pipeline.stream.takedown import forgotten

    found = forgotten(load_settings())
    if json:
        as_json([one.model_dump(mode="json") for one in found])
    elif found:
        table("", ("id", "when", "by", "address", "why"), [row(one) for one in found])
    if not json:
        print(f"{len(found)} forgotten")
    return 0


def row(one: Forgotten) -> Sequence[str]:
    """Return a line of the list."""
    from pipeline.cli.show import printable

    told = (one.by, one.url, one.why)
    return (printable(one.id), f"{one.at:%Y-%m-%d %H:%M}", *map(printable, told))


def tell_held(there: Held, *, json: bool) -> None:
    """Print what there is of it."""
    from dataclasses import asdict

    from pipeline.cli.show import as_json, printable

    if json:
        letters = [{"id": one.id, "name": one.name} for one in there.letters]
        as_json({"articles": [asdict(one) for one in there.articles], "letters": letters})
        return
    for one in there.articles:
        print(f"{printable(one.id)}  {printable(one.source)}  {printable(one.headline)}")
        print(f"    in {one.index}")
    for letter in there.letters:
        print(f"{printable(letter.id)}  a dead letter: {letter.reason}")
    if not there.articles and not there.letters:
        print("nothing of it is in the index or among the dead letters now", file=sys.stderr)


def tell_done(done: Done, *, json: bool) -> None:
    """Print what was done, and what was not."""
    from dataclasses import asdict

    from pipeline.cli.show import as_json, printable

    rest = [line.format(until=done.raw_until) for line in NOT_TOUCHED]
    if json:
        as_json({**asdict(done), "not_touched": rest})
        return
    for name in done.names:
        print(f"{printable(name)} is forgotten: it is never written again")
    print(f"{done.documents} documents deleted from Elasticsearch, articles and quotations")
    if done.came_back:
        print(f"    {done.came_back} of them by a second look: a worker was writing them")
    print(f"{done.letters} dead letters thrown away")
    for index_ in done.still_in:
        print(f"still in {index_}, which is read-only: a reindex ends soon, and then do the same")
        print("    again; one that it left, `newsmill reindex --drop-old` deletes")
    print("not touched:")
    for line in rest:
        print(f"    {line}")


@contextmanager
def index() -> Iterator[Any]:
    """Give a client of Elasticsearch."""
    from pipeline.settings import load_settings
    from pipeline.stream.servers import elasticsearch

    with elasticsearch(load_settings()) as client:
        yield client
