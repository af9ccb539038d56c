"""``newsmill``: finds the command, runs it, and says in one sentence what went wrong.

Typer alone takes longer to import than `newsmill --help` may take, so the list of commands is
printed from the table below, and only the module of the chosen command is imported.
"""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

OK, FAULTS, USAGE, EXPIRED, UNAVAILABLE, SOFTWARE, CONFIG, INTERRUPTED = 0, 1, 2, 3, 69, 70, 78, 130
"""Exit codes: faults found, wrong usage, expired unread, service away, our bug, wrong
configuration, stopped."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its module in this folder (of the same name), its group, what it does."""

    group: str
    about: str


COMMANDS: dict[str, Command] = {
    "demo": Command("First steps", "the sample articles, end to end, with no server"),
    "init": Command("First steps", "write .env with random passwords, for docker compose"),
    "run": Command("Articles", "pipe mode: JSON Lines in, clean and annotated JSON Lines out"),
    "clean": Command("Articles", "one article: what stayed, what went, which rule"),
    "explain": Command(
        "Articles", "one article with its names, quotes and dates marked in the text"
    ),
    "search": Command("Articles", "find articles in the embedded index or Elasticsearch"),
    "sources": Command("Sources", "check, list: the newspapers to be read"),
    "connect": Command("Sources", "read the sources and send new articles to Kafka"),
    "memory": Command("Sources", "learn, list, show: what sources repeat under their articles"),
    "stream": Command("Operate", "run a stage as a stream: clean, enrich, index"),
    "topics": Command("Operate", "apply, list: the topics in Kafka"),
    "templates": Command("Operate", "apply, show: the index templates in Elasticsearch"),
    "roles": Command("Operate", "apply, show: who may do what in Elasticsearch"),
    "audit": Command("Operate", "is every record that was accepted where it should be"),
    "reindex": Command("Operate", "move articles into new indices while news goes on"),
    "expire": Command("Operate", "delete articles that were fetched long ago"),
    "dead": Command("Operate", "list, show, replay, resolve, purge: records that were given up"),
    "archive": Command("Operate", "keep raw records on disk for longer than Kafka does"),
    "forget": Command("Operate", "take an article down, and keep it from coming back"),
    "reprocess": Command("Operate", "send kept raw records through the pipeline again"),
    "doctor": Command("Operate", "check the installation and every service"),
    "models": Command("Operate", "list, use: the models that articles are read with"),
    "health": Command("Operate", "is this worker working, and if not, why not"),
    "metrics": Command("Operate", "what the workers count, as Prometheus text"),
    "config": Command("Learn", "show: the settings in force, secrets masked"),
    "schema": Command("Learn", "the JSON Schema of a record or of a source file"),
    "bench": Command("Learn", "clean, language, hostile, flow, soak, ...: measure it here"),
    "version": Command("Learn", "print the version"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit code."""
    args = list(sys.argv[1:] if argv is None else argv)
    debug = "--debug" in args
    args = [arg for arg in args if arg != "--debug"]
    try:
        code = chosen(args)
        sys.stdout.flush()  # here, where a reader that has gone is told as it should be
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if debug:
            raise
        return tell(error)
    return code


def chosen(args: list[str]) -> int:
    """Run the command that *args* name, or say which there are; return the exit code."""
    if not args or args[0] in {"-h", "--help", "help"}:
        print(overview())
        return OK if args else USAGE
    if args[0] in {"-V", "--version"}:
        args = ["version", *args[1:]]
    return run(args) if args[0] in COMMANDS else unknown(args[0])


def run(args: list[str]) -> int:
    """Import the module of the command and let Typer run it; return the exit code."""
    import typer

    name = args[0]
    module = import_module(f"pipeline.cli.{name}")
    app = getattr(module, "app", None)
    if app is None:
        app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        app.command(name)(getattr(module, name))
    try:
        result = app(args[1:], prog_name=f"newsmill {name}", standalone_mode=False)
    except typer.Exit as done:
        return int(done.exit_code)
    except typer.Abort:
        return INTERRUPTED
    return result if isinstance(result, int) else OK


def overview() -> str:
    """Return the list of commands."""
    lines = ["newsmill turns raw news into records an analyst can trust.", ""]
    lines += ["Usage: newsmill COMMAND [OPTIONS]      newsmill COMMAND --help", ""]
    group = ""
    for name, command in COMMANDS.items():
        if command.group != group:
            group = command.group
            lines += [f"{group}:"]
        lines += [f"  {name:<10} {command.about}"]
    lines += [
        "",
        "Start with: newsmill demo",
        "Everywhere: --debug shows the traceback of an error",
    ]
    return "\n".join(lines)


def unknown(name: str) -> int:
    """Say that there is no such command, and which one is nearest."""
    near = difflib.get_close_matches(name, COMMANDS, 1)
    hint = f" Did you mean {near[0]!r}?" if near else " `newsmill --help` lists them all."
    print(f"newsmill: no such command {name!r}.{hint}", file=sys.stderr)
    return USAGE


def tell(error: Exception) -> int:
    """Print what happened in words; return the exit code that fits."""
    from pipeline.pool import WorkerNotReadyError
    from schemas import ConfigError, ServiceUnavailable

    if isinstance(error, ConfigError | WorkerNotReadyError):
        for fault in getattr(error, "faults", (error,)):
            print(fault, file=sys.stderr)
        print("nothing was started", file=sys.stderr)
        return CONFIG
    if isinstance(error, ServiceUnavailable):
        print(f"newsmill: {error}", file=sys.stderr)
        return UNAVAILABLE
    if isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAULTS
    return tell_usage(error)


def tell_usage(error: Exception) -> int:
    """Print an error of usage, or of our own; return its exit code."""
    shown: Any = getattr(error, "show", None)
    if shown is not None:  # what Typer raises for wrong options
        shown()
        return int(getattr(error, "exit_code", USAGE))
    if isinstance(error, OSError):
        print(f"newsmill: {error}", file=sys.stderr)
        return FAULTS
    print(f"newsmill: {type(error).__name__}: {error}", file=sys.stderr)
    print("this is a fault of newsmill; run it again with --debug and report it", file=sys.stderr)
    return SOFTWARE


def entry() -> None:
    """Run as the console script."""
    sys.exit(main())
