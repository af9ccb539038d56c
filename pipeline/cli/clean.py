"""``newsmill clean``: one article, with what stayed, what went, and the rule that took it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

if TYPE_CHECKING:
    from pipeline.stage import GivenUp, LeftOut
    from pipeline.stages import Options
    from schemas import CleanArticle


Given = Annotated[
    str, typer.Argument(help="A file, an address, a record (.json), or - for standard input.")
]
Setting = Annotated[
    Literal["balanced", "careful"],
    typer.Option(help="careful cuts only what practically never costs a line of a story."),
]
SourceId = Annotated[
    str, typer.Option(help="Id of the source: its `keep`, `remove` and memory count.")
]
Memory = Annotated[
    str, typer.Option(help="Snapshot of what sources repeat; default: by the settings.")
]
ContentType = Annotated[
    str, typer.Option(help="text/html or text/plain; default: by name, server or content.")
]


def clean(
    article: Given,
    cleaning: Setting = "balanced",
    html: Annotated[Path | None, typer.Option(help="Write a page that shows the same.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the record as JSON.")] = False,
    source: SourceId = "cli",
    memory: Memory = "",
    headline: Annotated[str, typer.Option(help="The headline, where it is known.")] = "",
    content_type: ContentType = "",
) -> int:
    """Show an article cleaned: its metadata, its text with each cut in place, and the counts."""
    from pipeline.cli.typed.given import raw_article
    from pipeline.stage import Done, given_up, outcome_of
    from pipeline.stages import build
    from schemas import RecordError

    try:
        raw = raw_article(article, source, content_type, headline)
    except RecordError as error:
        return refused(given_up("read", error), json=json)
    outcome = outcome_of(build(("clean",), options(cleaning, raw.source, memory)), raw)
    if not isinstance(outcome, Done):
        return refused(outcome, json=json)
    cleaned = cast("CleanArticle", outcome.record)
    if html:
        write_page(cleaned, html)
    if json:
        print(cleaned.model_dump_json(indent=2, exclude_none=True))
    elif not html:
        show(cleaned)
    return 0


def options(cleaning: Literal["balanced", "careful"], source: str, memory: str) -> Options:
    """Return the options of the clean stage, with what the settings know of *source*.

    Raises:
        ConfigError: a source file or snapshot that is named is wrong or not there.

    """
    from pipeline.settings import load_settings
    from pipeline.stages import options_of

    settings = load_settings()
    chosen = {"cleaning": cleaning, "memory": memory or settings.memory}
    return options_of(settings.model_copy(update=chosen), of_sources=source != "cli")


def refused(outcome: LeftOut | GivenUp, command: str = "clean", *, json: bool) -> int:
    """Say why there is nothing to show, and what to do; return the exit code."""
    from pipeline.cli.dead import WHAT_TO_DO
    from pipeline.cli.show import as_json
    from pipeline.stage import GivenUp

    dead = isinstance(outcome, GivenUp)
    if json:
        as_json({"outcome": "dead" if dead else "dropped", "stage": outcome.stage,
                 "reason": outcome.reason, "message": outcome.message})  # fmt: skip
        return 1
    how = "a dead letter" if dead else "left out"
    told = f"newsmill {command}: {how}, reason {outcome.reason}: {outcome.message}"
    print(told, file=sys.stderr)
    if isinstance(outcome, GivenUp):
        print(WHAT_TO_DO[outcome.reason], file=sys.stderr)
    return 1


def show(article: CleanArticle) -> None:
    """Print the report."""
    from rich.console import Console

    from pipeline.cli.shown.terminal import report

    console = Console(highlight=False, soft_wrap=True)
    colour = console.is_terminal and not console.no_color
    for line in report(article, colour=colour):
        console.print(line)


def write_page(article: CleanArticle, path: Path) -> None:
    """Write the page and say where it is.

    Raises:
        OSError: it cannot be written.

    """
    from pipeline.cli.shown.page import page

    path.write_text(page(article), encoding="utf-8")
    print(f"written: {path}", file=sys.stderr)
