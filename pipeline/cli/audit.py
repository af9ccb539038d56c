"""``newsmill audit``: is every record that was accepted where it should be?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.audit.report import Line, Report

UNITS = {"m": "minutes", "h": "hours", "d": "days"}
WHAT_TO_DO = {
    "missing": "accepted, and nowhere: `newsmill reprocess` sends it again while Kafka keeps it",
    "twice": "one article in two documents: delete the older one",
    "two_places": "in the index and given up: `newsmill dead resolve` it",
    "orphans": "quotations without their article: `newsmill reprocess` writes both again",
    "miscounted": "an article with other quotations than it names: `newsmill reprocess` it",
    "forgotten": "taken down, and there again: `newsmill forget` it once more",
}


def audit(
    since: Annotated[
        str, typer.Option(help="Only what was fetched since: 2026-11-01T12:00Z, 90m, 24h, 7d.")
    ] = "",
    source: Annotated[str, typer.Option(help="Only this source.")] = "",
    hourly: Annotated[bool, typer.Option(help="Print each hour, not only the sums.")] = True,
    metrics: Annotated[
        Path | None, typer.Option(help="Write the sums to this file too, as Prometheus text.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Hold what Kafka accepted against where it ended; exit 1 if something is lost, 3 if expired.

    Fetched is the sum of all that follows it.  Nothing is changed, and workers may go on meanwhile.
    """
    from rich.console import Console

    from pipeline.audit.audit import run
    from pipeline.cli.show import as_json
    from pipeline.settings import load_settings

    begin = moment(since, datetime.now(UTC))
    with Console(stderr=True).status("asking Kafka") as status:
        report = run(
            load_settings(), begin, source, lambda what, n: status.update(f"{n:,} {what} read")
        )
    if metrics:
        write_metrics(report, metrics)
    if json:
        as_json(report.as_dict())
    else:
        tell(report, hourly=hourly)
    return report.exit_code()


def write_metrics(report: Report, path: Path) -> None:
    """Write *report* for a collector of metrics."""
    from pipeline.audit.metrics import of_audit
    from pipeline.stream.metrics import text, write

    write(path, text(of_audit(report, datetime.now(UTC).timestamp())))


def moment(text: str, now: datetime) -> datetime | None:
    """Return the moment that *text* names, seen from *now*; None for "".

    >>> moment("24h", datetime(2026, 11, 2, tzinfo=UTC))
    datetime.datetime(2026, 11, 1, 0, 0, tzinfo=datetime.timezone.utc)

    Raises:
        typer.BadParameter: it names none.

    """
    if not text:
        return None
    if text[-1] in UNITS and text[:-1].isdigit():
        return now - timedelta(**{UNITS[text[-1]]: int(text[:-1])})
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(
            f"{text!r} is no moment: write 2026-11-01T12:00Z, or 90m, 24h, 7d for so long ago"
        ) from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def tell(report: Report, *, hourly: bool) -> None:
    """Print the sums and what is wrong, for people."""
    from pipeline.cli.show import printable, table

    names = ("source", *(("hour (UTC)",) if hourly else ()), "fetched", "indexed", "duplicate",
             "in flight", "dropped", "dead", "lost")  # fmt: skip
    table("", names, [row(line, hourly=hourly) for line in report.lines(hourly=hourly)])
    for finding in report.findings:
        print(printable(f"{finding.wrong}: {finding.id} ({finding.source}): {finding.told}"))
    for gap in report.gaps:
        print(f"expired: {gap.told()}")
    print(summary(report))


def row(line: Line, *, hourly: bool) -> tuple[object, ...]:
    """Return the cells of one line."""
    when = (f"{line.hour:%Y-%m-%d %H}",) if hourly and line.hour else ()
    lost = " ".join(f"{n} {what}" for what in ("missing", "expired") if (n := getattr(line, what)))
    return (line.source or "?", *when, line.fetched, line.indexed, line.duplicate, line.in_flight,
            reasons(line.dropped), reasons(line.dead), lost or 0)  # fmt: skip


def reasons(counts: dict[str, int]) -> str:
    """Return a sum and what it consists of.

    >>> reasons({"no_text": 2, "oom": 1})
    '3 (2 no_text, 1 oom)'
    """
    parts = ", ".join(f"{count} {why}" for why, count in counts.items())
    return f"{sum(counts.values())} ({parts})" if counts else "0"


def summary(report: Report) -> str:
    """Return what is to be done, and the last line."""
    lines = [f"{n} x {wrong}: {WHAT_TO_DO[wrong]}" for wrong, n in sorted(report.wrong.items())]
    if report.gaps:
        gone = sum(map(len, report.gaps))
        lines.append(f"{gone} x expired: retention deleted them unread; they are gone from Kafka")
    state = "nothing is missing" if not report.exit_code() else "not all is well"
    lines.append(f"{report.fetched()} fetched, {state}; {report.secs:.0f} s")
    return "\n".join(lines)
