"""``newsmill demo``: the sample articles, end to end, in this process, with no server."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.index.local import Local
    from pipeline.stage import Outcome
    from schemas import EnrichedArticle, RawArticle


def demo(
    db: Annotated[Path | None, typer.Option("--in", help="The embedded index to fill.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the records as JSON Lines.")] = False,
) -> int:
    """Clean, annotate and index the sample articles, and show what happened to them."""
    from rich.console import Console

    from pipeline.index.local import Local
    from pipeline.samples import samples
    from pipeline.settings import load_settings
    from pipeline.stage import run_through
    from pipeline.stages import Options, build

    raws = samples()
    stages = build(("clean", "enrich"), Options())
    outcomes = list(run_through(stages, raws))
    if json:
        return print_json(outcomes)
    index = Local(db or load_settings().local_index())
    index.open()
    try:
        fill(index, outcomes)
        show(Console(), raws, outcomes, index)
    finally:
        index.close()
    return 0


def print_json(outcomes: list[Outcome]) -> int:
    """Print each record that came through as one line."""
    from pipeline.stage import Done

    for outcome in outcomes:
        if isinstance(outcome, Done):
            print(outcome.record.to_bytes().decode())
    return 0


def fill(index: Local, outcomes: list[Outcome]) -> None:
    """Write every record that came through into the index."""
    from pipeline.index.document import stories
    from pipeline.stage import Done
    from schemas import EnrichedArticle

    records = [one.record for one in outcomes if isinstance(one, Done)]
    articles = [one for one in records if isinstance(one, EnrichedArticle)]
    index.write(stories(articles, datetime.now(UTC)))


def show(console: Console, raws: list[RawArticle], outcomes: list[Outcome], index: Local) -> None:
    """Print the table, one article before and after, its entities, a search, what to do next."""
    table_of(console, raws, outcomes)
    article = most_cut(raws, outcomes)
    before_and_after(console, article)
    entities_of(console, article)
    found = index.search("minister", 3)
    console.print("\n[bold]Search[/] for [italic]minister[/], the best three")
    for hit in found:
        console.print(f"  {hit.published_at[:10]}  {hit.headline}", highlight=False, soft_wrap=True)
    console.print(f"\n[bold]Next[/] (the records lie in {index.path})", highlight=False)
    for arguments, about in NEXT:
        command = f"{program()} {arguments}"
        console.print(f"  {command:<52} [dim]{about}[/]", highlight=False, soft_wrap=True)


def program() -> str:
    """Return how this program is called here: by its name, or by its place if it is on no path."""
    if which("newsmill"):
        return "newsmill"
    place = Path(sys.argv[0])
    inside = place.is_absolute() and place.is_relative_to(Path.cwd())
    return str(place.relative_to(Path.cwd()) if inside else place)


def most_cut(raws: list[RawArticle], outcomes: list[Outcome]) -> EnrichedArticle:
    """Return the flattened text that lost the most lines: what nobody else cleans."""
    from pipeline.stage import Done
    from schemas import EnrichedArticle

    records = [
        outcome.record
        for raw, outcome in zip(raws, outcomes, strict=True)
        if raw.content_type.startswith("text/plain") and isinstance(outcome, Done)
    ]
    articles = [record for record in records if isinstance(record, EnrichedArticle)]
    return max(articles, key=lambda article: len(article.removed))


NEXT = (
    ("search strike", "find articles in these records"),
    ("clean FILE", "clean an article of yours: HTML, text, or - for stdin"),
    ("run --from raw.jsonl --to out.jsonl", "clean and annotate many"),
    ("sources check", "check the source files"),
    ("init && docker compose up", "the same as a stream, with Kafka and Elasticsearch"),
)


def table_of(console: Console, raws: list[RawArticle], outcomes: list[Outcome]) -> None:
    """Print one line for each sample."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("source", "published", "lang", "words", "cut"):
        table.add_column(
            name, justify="right" if name in {"words", "cut"} else "left", no_wrap=True
        )
    table.add_column("headline, people and places", ratio=1)
    for raw, outcome in zip(raws, outcomes, strict=True):
        table.add_row(raw.source, *row_of(outcome))
    stories = len(outcomes) - sum(bool(kept_out(outcome)) for outcome in outcomes)
    told = f"[bold]{len(raws)} sample articles[/] cleaned and annotated, {stories} stories indexed"
    console.print(told, highlight=False)
    console.print(table)
    if left_out := [word for outcome in outcomes if (word := kept_out(outcome))]:
        told = ", ".join(left_out)
        console.print(f"Kept as a record, not indexed as a story: {told}\n", highlight=False)


def kept_out(outcome: Outcome) -> str:
    """Return what an outcome is that came through and is no story; "" for all others."""
    from pipeline.stage import Done
    from schemas import NOT_STORIES, EnrichedArticle

    if not (isinstance(outcome, Done) and isinstance(outcome.record, EnrichedArticle)):
        return ""
    kind = outcome.record.article_kind
    return f"1 {kind} of {outcome.record.source}" if kind in NOT_STORIES else ""


def row_of(outcome: Outcome) -> tuple[str, str, str, str, str]:
    """Return what the table says of one outcome."""
    from rich.markup import escape

    from pipeline.stage import Done
    from schemas import EnrichedArticle

    if isinstance(outcome, Done) and isinstance(outcome.record, EnrichedArticle):
        article = outcome.record
        day = article.published_at.date().isoformat() if article.published_at else "not known"
        names = ", ".join((*article.people[:2], *article.places[:2]))
        told = escape(article.headline) + (f"\n[dim]{escape(names)}[/]" if names else "")
        words = str(len(article.text.split()))
        return day, article.language or "?", words, str(len(article.removed)), told
    if isinstance(outcome, Done):
        raise TypeError("the demo runs all stages")
    return "", "", "", "", f"[yellow]{outcome.stage}: {outcome.reason}[/] {escape(outcome.message)}"


def before_and_after(console: Console, article: EnrichedArticle) -> None:
    """Print an article with each cut in its place, and why it was cut."""
    from rich.markup import escape

    console.print(f"[bold]One before and after[/]: {escape(article.headline)}", highlight=False)
    at = 0
    for cut in article.removed:
        if stayed := article.text[at : cut.at].strip():
            console.print(f"  {escape(shortened(stayed))}", highlight=False)
        at = cut.at
        why = f"[yellow]{cut.kind}[/] [dim]({cut.by})[/]"
        console.print(
            f"  [red]-[/] [strike]{escape(shortened(cut.text))}[/] {why}", highlight=False
        )
    if rest := article.text[at:].strip():
        console.print(f"  {escape(shortened(rest))}", highlight=False)


def shortened(text: str, most: int = 150) -> str:
    """Return *text* on one line, its middle left out where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 40]} … {line[-36:]}"


def entities_of(console: Console, article: EnrichedArticle) -> None:
    """Print who and where, under one name each."""
    console.print("\n[bold]In it[/]")
    for name in ("people", "organisations", "places", "countries"):
        values = ", ".join(getattr(article, name)) or "none"
        console.print(f"  {name:<14} {values}", highlight=False)
