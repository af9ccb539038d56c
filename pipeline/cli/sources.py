"""``newsmill sources``: the newspapers to be read, before anything is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(
    help="Check and list the source files.", add_completion=False, no_args_is_help=True
)
Paths = Annotated[
    list[Path] | None,
    typer.Argument(help="Files or folders; without any, the folder of the settings."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


@app.command()
def check(paths: Paths = None, as_json: AsJson = False) -> int:
    """Say everything that is wrong with the source files, and run the tests in them.

    Nothing is started, and nothing is connected to.
    """
    from schemas import ConfigError

    try:
        found = read(paths, failing_tests)
    except ConfigError as error:
        if not as_json:
            raise
        faults = [{"where": fault.where, "what": fault.what} for fault in error.faults]
        typer.echo(json.dumps({"ok": False, "faults": faults}, indent=2))
        return 78
    if as_json:
        tests = sum(len(connector.tests) for connector in found)
        typer.echo(json.dumps({"ok": True, "sources": len(found), "tests": tests}))
    else:
        typer.echo(told(found))
    return 0


@app.command("list")
def list_sources(paths: Paths = None, as_json: AsJson = False) -> None:
    """List the sources, with what is known of the last time they were asked."""
    rows = [status(connector) for connector in read(paths)]
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("id", "type", "every", "reads", "last success", "last error")
    for row in rows:
        cells = (row[key] for key in ("id", "type", "every_secs", "reads", "succeeded_at", "error"))
        table.add_row(*(str(cell) for cell in cells))
    Console().print(table)


def told(found: Any) -> str:
    """Return how many sources, and tests of their lines, were found to be right."""
    tests = sum(len(connector.tests) for connector in found)
    passed = "" if not tests else ", 1 test passed" if tests == 1 else f", {tests} tests passed"
    return f"{len(found)} {'source' if len(found) == 1 else 'sources'}{passed}, no faults"


def failing_tests(connector: Any) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Yield the way to each line that a source's tests name and that is not treated so."""
    if not connector.tests:
        return
    from pipeline.clean.source_rules import SourceRules
    from pipeline.clean.source_tests import Example, failures
    from pipeline.settings import load_settings
    from pipeline.stages import classifier_of, options_of

    classifier = classifier_of(options_of(load_settings(), of_sources=False))
    rules = SourceRules(connector.keep, connector.remove)
    for number, test in enumerate(connector.tests):
        example = Example(test.text, test.headline, test.stay, test.go)
        for way, what in failures(rules, example, classifier):
            yield ("tests", number, *way), what


def read(paths: list[Path] | None, examine: Any = None) -> Any:
    """Return the connectors of *paths*, or of the folder that the settings name."""
    from connectors.source_file import load
    from pipeline.settings import load_settings

    return load(paths or [load_settings().sources_dir], examine)


def status(connector: Any) -> dict[str, Any]:
    """Return what a person wants to know of a source."""
    from connectors.cursors import Cursors, Visit
    from connectors.response import shown
    from pipeline.settings import load_settings

    file = load_settings().state_dir / "cursors.db"
    visit = Cursors(file).of(connector.id).visit() if file.exists() else Visit()
    return {
        "id": connector.id,
        "type": connector.type,
        "every_secs": connector.every_secs,
        "reads": shown(getattr(connector, "url", "")) or str(getattr(connector, "path", "")),
        "succeeded_at": visit.succeeded_at,
        "failed_at": visit.failed_at,
        "error": visit.error,
    }
