"""``newsmill health``: is this worker working, and if not, why not."""

from __future__ import annotations

from typing import Annotated, Any

import typer


def health(
    stage: Annotated[str, typer.Option(help="Only workers of this stage.")] = "",
    live: Annotated[
        bool, typer.Option(help="Ask only whether it is alive, not whether ready.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Print the state of the workers that report here; exit 69 if one is not well."""
    from pipeline.cli.show import as_json
    from pipeline.settings import load_settings
    from pipeline.stream.health import read_all

    reports = [one for one in read_all(load_settings().state_dir) if stage in ("", one["stage"])]
    if json:
        as_json(reports)
    else:
        for report in reports:
            print(told(report))
        if not reports:
            print("no worker reports here: is one running with this NEWSMILL_STATE_DIR?")
    well = [alive(report) if live else not report["not_ready"] for report in reports]
    return 0 if well and all(well) else 69


def alive(report: dict[str, Any]) -> bool:
    """Whether the worker still reports."""
    return not any(reason.startswith("its last report") for reason in report["not_ready"])


def told(report: dict[str, Any]) -> str:
    """Return one worker in one line, and each of its notes in another."""
    name = f"{report['stage']} ({report['lane']}, pid {report['pid']})"
    counts = ", ".join(f"{number} {what}" for what, number in report["counts"].items())
    state = f"not ready: {'; '.join(report['not_ready'])}" if report["not_ready"] else "ready"
    works_on = f"{report['assigned']} {report['works_on']}"
    return "\n  ".join(
        [f"{name}: {state}; {works_on}; {counts or 'nothing yet'}", *report["notes"]]
    )
