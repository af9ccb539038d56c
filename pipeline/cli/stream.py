"""``newsmill stream``: run stages as a stream, each in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    import subprocess


def stream(
    stages: Annotated[list[str], typer.Argument(help="clean, enrich, index: one or several.")],
    lane: Annotated[Literal["live", "backfill"], typer.Option(help="Which topics.")] = "live",
) -> int:
    """Run stages from Kafka to Kafka, the last to Elasticsearch, until SIGTERM; then drain."""
    from pipeline.settings import load_settings
    from pipeline.stages import STAGES

    if wrong := [stage for stage in stages if stage not in STAGES]:
        raise typer.BadParameter(f"no stage {wrong[0]!r}; there are {', '.join(STAGES)}")
    settings = load_settings()
    if len(stages) > 1:
        return together(stages, lane)
    from pipeline.stream.worker import run
    from pipeline.telemetry import configure

    configure(settings.log_format)
    run(stages[0], lane, settings)
    return 0


def together(stages: list[str], lane: str) -> int:
    """Run each stage in a child process; when one ends, end them all, and return its exit code."""
    import signal
    import subprocess
    import sys
    from contextlib import suppress

    command = [sys.executable, "-m", "pipeline.cli"]
    children = [subprocess.Popen([*command, "stream", one, "--lane", lane]) for one in stages]
    asked: list[int] = []

    def stop(number: int, _frame: object) -> None:
        asked.append(number)
        for child in children:
            with suppress(ProcessLookupError):
                child.send_signal(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    codes = first_end(children)
    if not asked:  # a second SIGTERM would kill one that is about to end
        stop(signal.SIGTERM, None)
    return max([*codes, *(child.wait() for child in children)], key=abs)


def first_end(children: list[subprocess.Popen[bytes]]) -> list[int]:
    """Wait until a child ends; return the exit codes there are."""
    import time

    while True:
        codes = [child.poll() for child in children]
        if any(code is not None for code in codes):
            return [code for code in codes if code is not None]
        time.sleep(0.2)
