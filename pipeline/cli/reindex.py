"""``newsmill reindex``: articles and quotations into new indices, while news goes on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from pipeline.index.reindex import Receipt, Told
    from pipeline.settings import Settings


def reindex(
    to: Annotated[str, typer.Option(help="Name of the new indices, such as v2; or the next.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done.")
    ] = False,
    prepare: Annotated[
        bool, typer.Option("--prepare", help="Make the new indices, empty, and stop there.")
    ] = False,
    give_up: Annotated[
        bool, typer.Option("--give-up", help="Delete the new indices, unblock the old ones.")
    ] = False,
    drop_old: Annotated[
        bool, typer.Option("--drop-old", help="Delete indices that earlier reindexes have left.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before deleting.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Copy everything into new indices of today's templates and let the aliases move there.

    News goes on meanwhile; writing waits for some seconds at the end.  What is in the new indices
    already and is the same or newer stays.  Exit 1: an article was refused, nothing was switched.
    """
    from pipeline.settings import load_settings
    from pipeline.stream.servers import elasticsearch

    if sum((dry_run, prepare, give_up, drop_old)) > 1:
        raise typer.BadParameter(
            "--dry-run, --prepare, --give-up and --drop-old exclude each other"
        )
    settings = load_settings()
    client = elasticsearch(settings)
    if give_up or drop_old:
        return delete(client, given_up=give_up, yes=yes, json=json)
    if dry_run or prepare:
        return plan(client, settings, to, made=prepare, json=json)
    return tell(copy(client, settings, to), json=json)


def copy(client: Any, settings: Settings, to: str) -> Receipt:
    """Put today's templates, copy and switch."""
    from contextlib import closing
    from functools import partial

    from pipeline.index.reindex import Reindex
    from pipeline.stream.forgotten import Forgotten, WithoutForgotten

    put_templates(client, settings)
    with progress() as told, closing(Forgotten(settings, on_wait=say_waiting)) as forgotten:
        guard = partial(WithoutForgotten, forgotten=forgotten)
        return Reindex(client, guard, told, on_wait=say_waiting).run(to)


def put_templates(client: Any, settings: Settings) -> None:
    """Put the templates, so that what is made now is of today."""
    from pipeline.index.templates import apply

    apply(client, shards=settings.index_shards, replicas=settings.index_replicas)


def say_waiting(reason: str) -> None:
    """Say on standard error why nothing moves."""
    if reason:
        print(f"waiting: {reason}", file=sys.stderr)


def plan(client: Any, settings: Settings, to: str, *, made: bool, json: bool) -> int:
    """Say from where to where it goes; make the new indices if they are to be *made*."""
    from pipeline.cli.show import as_json
    from pipeline.index.next_indices import behind, planned, size
    from pipeline.index.next_indices import prepare as make

    if made:
        put_templates(client, settings)
    old, new = behind(client), make(client, to) if made else planned(client, to)
    count = size(client, old)
    if json:
        indices = {"old": dict(old.indices), "new": dict(new.indices)}
        as_json({"articles": count, **indices, "made": made})
        return 0
    for alias, index in old.indices.items():
        print(f"{alias}: {index} -> {new.indices[alias]}")
    if made:
        print(
            "index workers with NEWSMILL_INDEX_SUFFIX=-next write there now; `newsmill reindex` "
            "copies what is missing and switches"
        )
    else:
        print(f"{count} articles would be copied with their quotations, then the aliases moved")
    return 0


def delete(client: Any, *, given_up: bool, yes: bool, json: bool) -> int:
    """Delete what is being built, or what was left; ask before."""
    from pipeline.cli.show import as_json
    from pipeline.index.next_indices import being_built, drop, left_over
    from pipeline.index.next_indices import give_up as end

    indices = being_built(client) if given_up else left_over(client)
    if indices and not yes:
        typer.confirm(f"delete {', '.join(indices)}?", abort=True, err=True)
    (end(client) if given_up else drop(client, indices))
    if json:
        as_json({"deleted": indices})
    else:
        print(f"deleted: {', '.join(indices)}" if indices else "there was nothing to delete")
    return 0


def tell(receipt: Receipt, *, json: bool) -> int:
    """Print what was done."""
    from pipeline.cli.show import as_json

    held: dict[str, Any] = asdict(receipt)
    if json:
        as_json(held)
        return 0 if receipt.switched else 1
    for alias, index in receipt.old.items():
        verb = "moved to" if receipt.switched else "was not moved to"
        print(f"{alias}: {index} {verb} {receipt.new[alias]}")
    print(
        f"{receipt.copied} copies written in {receipt.passes} passes over {receipt.articles} "
        f"articles; {receipt.already_there} were there, {receipt.forgotten} were taken down"
    )
    if receipt.switched:
        print(
            f"writing waited for {receipt.waited_secs:.1f} s; the old indices are kept, closed for "
            "writing: `newsmill reindex --drop-old` deletes them"
        )
        return 0
    for line in receipt.refused[:20]:
        print(f"refused: {line}")
    print(
        f"{len(receipt.refused)} articles were refused, so nothing was switched: give up with "
        "`newsmill reindex --give-up`, mend the template, and begin again"
    )
    return 1


@contextmanager
def progress() -> Iterator[Told]:
    """Give what is told how far it is; it shows that on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _all: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None)
        yield lambda what, done, all_: bar.update(
            task, description=what, completed=done, total=all_
        )
