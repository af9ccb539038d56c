"""``newsmill expire``: articles that were fetched long ago leave the index."""

from __future__ import annotations

from typing import Annotated

import typer

LEAST_DAYS = 8
"""Kafka keeps raw records for seven days, and an audit looks each of them up in the index."""


def expire(
    days: Annotated[int, typer.Option(min=LEAST_DAYS, help="Fetched longer ago than that.")],
    source: Annotated[list[str] | None, typer.Option(help="Only this source; repeatable.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count them, delete nothing.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Delete articles of old fetches from the index, with their quotations.

    Run it daily, by cron or a timer; when it is broken off, the next run does the rest.
    """
    from dataclasses import asdict
    from datetime import UTC, datetime, timedelta

    from pipeline.cli.show import as_json, table
    from pipeline.index.expire import expire as delete
    from pipeline.settings import load_settings
    from pipeline.stream.servers import elasticsearch

    client = elasticsearch(load_settings())
    before = datetime.now(UTC) - timedelta(days=days)
    done = delete(client, before, source or (), dry_run=dry_run)
    if json:
        as_json({"dry_run": dry_run, **asdict(done)})
        return
    if done.sources:
        table("", ("source", "articles"), sorted(done.sources.items()))
    verb = "would be deleted" if dry_run else "deleted"
    print(f"{done.articles} articles and {done.quotes} quotations {verb}, fetched before "
          f"{before:%Y-%m-%d %H:%M} UTC; {done.renewed} were renewed in between")  # fmt: skip
