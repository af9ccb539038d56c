"""``newsmill reprocess``: kept raw records go through the pipeline again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from pipeline.settings import Settings
    from pipeline.stream.kept import Kept
    from pipeline.stream.reprocess import Job

WITHOUT = "workers of that lane: `newsmill stream clean enrich index --lane backfill`"
WITH_INTO = (
    "let the index worker of that lane run with NEWSMILL_INDEX_SUFFIX=-next, and only then start "
    "it; when the lane is empty, `newsmill reindex` copies the rest and switches"
)


def reprocess(
    since: Annotated[
        str, typer.Option(help="Fetched from then on: a day, a time (UTC), or 36h, 7d ago.")
    ] = "",
    until: Annotated[str, typer.Option(help="Fetched before then.")] = "",
    source: Annotated[list[str] | None, typer.Option(help="Only this source; repeatable.")] = None,
    from_archive: Annotated[
        Path | None, typer.Option(help="Folder of the raw archive, in place of Kafka.")
    ] = None,
    into: Annotated[
        str, typer.Option(help="First make new indices of that name, such as v2, to be filled.")
    ] = "",
    rate: Annotated[float, typer.Option(min=0, help="Records a second at most; 0: any.")] = 0.0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count them, send nothing.")] = False,
    restart: Annotated[
        bool, typer.Option("--restart", help="Give up a job that was stopped, and begin anew.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Send kept raw records again, through the backfill lane; exit 1 if there is none.

    A newer generation of the pipeline replaces what is indexed, the same one is noted as a
    duplicate.  When it is stopped, the same command goes on where Kafka had confirmed.
    """
    from pipeline.cli.typed.times import instant

    asked = {"--since": since, "--until": until, "--source": sorted(set(source or ())),
             "--from-archive": str(from_archive or "")}  # fmt: skip
    if into and not dry_run:
        make_indices(into)
    first, last = (at.isoformat() if at else "" for at in (instant(since), instant(until)))
    job = run(from_archive, asked, (first, last), rate=rate, dry_run=dry_run, restart=restart)
    tell(job, dry_run=dry_run, json=json)
    if job.counts["sent"] and not dry_run and not json:
        print(WITH_INTO if into else WITHOUT)
    return 0 if job.counts["sent"] else 1


def make_indices(name: str) -> None:
    """Make the indices that the backfill lane is to fill; those of an unfinished job are kept.

    Raises:
        ConfigError: *name* cannot be one, or others are being built.
        ServiceUnavailable: Elasticsearch does not answer.

    """
    from pipeline.index import templates
    from pipeline.index.next_indices import prepare
    from pipeline.settings import load_settings
    from pipeline.stream.servers import elasticsearch

    settings = load_settings()
    client = elasticsearch(settings)
    templates.apply(client, shards=settings.index_shards, replicas=settings.index_replicas)
    prepare(client, name)


def run(
    folder: Path | None, asked: dict[str, Any], span: tuple[str, str], *,
    rate: float, dry_run: bool, restart: bool,
) -> Job:  # fmt: skip
    """Do the job that was *asked* for, or go on with it; return what became of the records.

    Raises:
        ConfigError: another job is not finished; there is no archive.
        ServiceUnavailable: Kafka does not answer.

    """
    from kafka.errors import KafkaError

    from pipeline.settings import load_settings
    from pipeline.stream import reprocess as jobs
    from pipeline.stream.kept import ends
    from schemas import ServiceUnavailable

    settings = load_settings()
    if restart:
        jobs.job_file(settings).unlink(missing_ok=True)
    try:
        job = None if dry_run else jobs.unfinished(settings, asked)
        job = job or jobs.Job(asked, span, {} if folder else ends(settings))
        ids = jobs.known(settings)
        found = jobs.chosen(records(settings, folder, job), job.choice(), ids)
        with progress(job, dry_run=dry_run) as told:
            if dry_run:
                jobs.count(found, job, told)
            else:
                jobs.send_all(settings, job, found, ids, rate or None, told)
    except KafkaError as error:
        raise ServiceUnavailable(f"Kafka does not give the raw records: {error}") from error
    return job


def records(settings: Settings, folder: Path | None, job: Job) -> Iterator[Kept]:
    """Return the records from where *job* goes on.

    Raises:
        ConfigError: there is no archive in *folder*.

    """
    from pipeline.stream.archive_days import days, unread_bytes
    from pipeline.stream.kept import in_archive, in_kafka
    from schemas import ConfigError, Fault

    if folder is None:
        return in_kafka(settings, job.choice().since, job.next, job.until)
    if not days(folder):
        raise ConfigError(Fault(str(folder), "there is no raw archive in it"))
    for day in days(folder):
        if bad := unread_bytes(day):
            print(f"{day}: {bad} bytes are torn or damaged; they are passed over", file=sys.stderr)
    return in_archive(folder, job.next)


@contextmanager
def progress(job: Job, *, dry_run: bool) -> Iterator[Callable[[], None]]:
    """Give what is called after each record; it shows on a terminal how far it is."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting")

        def told() -> None:
            others = job.counts.total() - job.counts["sent"]
            verb = "would be sent" if dry_run else "sent"
            bar.update(task, description=f"{job.counts['sent']} {verb}, {others} passed over")

        yield told


def tell(job: Job, *, dry_run: bool, json: bool) -> None:
    """Print what became of the records."""
    from pipeline.cli.show import as_json, table

    counts = {name: job.counts[name] for name in ("sent", "not asked for", "forgotten",
                                                  "unreadable")}  # fmt: skip
    if json:
        as_json({"dry_run": dry_run, **{name.replace(" ", "_"): n for name, n in counts.items()},
                 "sources": dict(sorted(job.sources.items()))})  # fmt: skip
        return
    verb = "would be sent" if dry_run else "sent into the backfill lane"
    if job.sources:
        table("", ("source", "records"), sorted(job.sources.items()))
    print(f"{counts['sent']} records {verb}; passed over: {counts['not asked for']} not asked for, "
          f"{counts['forgotten']} forgotten, {counts['unreadable']} unreadable")  # fmt: skip
    if counts["unreadable"]:
        print("the unreadable ones were given up before: see `newsmill dead list`")
