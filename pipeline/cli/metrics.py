"""``newsmill metrics``: what the workers count, as Prometheus reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def metrics(
    write: Annotated[
        Path | None, typer.Option(help="Write a file, for node-exporter's textfile collector.")
    ] = None,
) -> int:
    """Print the counts of the workers that report here as Prometheus text; no port is opened."""
    from pipeline.settings import load_settings
    from pipeline.stream import metrics as told
    from pipeline.stream.health import read_all

    reports = read_all(load_settings().state_dir)
    text = told.text(told.of_reports(reports))
    if write:
        told.write(write, text)
        print(f"wrote {write}; workers that report: {len(reports)}")
    else:
        print(text, end="")
    return 0
