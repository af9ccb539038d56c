"""``newsmill search``: find articles, in the embedded index or in Elasticsearch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.index.elasticsearch import ElasticsearchSink
    from pipeline.index.local import Local
    from pipeline.index.sink import Hit

SHORT = 8
"""Letters of an id that tell it from others, as `newsmill explain` takes it."""


def search(
    words: Annotated[list[str], typer.Argument(help='Words to find; "a phrase" in quotes.')],
    db: Annotated[
        Path | None, typer.Option("--in", help="The embedded index; default: the demo's.")
    ] = None,
    elasticsearch: Annotated[bool, typer.Option(help="Ask Elasticsearch instead.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")] = 10,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Print the articles that hold every word, best first; exit 1 if there is none."""
    from dataclasses import asdict

    from pipeline.cli.show import as_json, table

    query = " ".join(f'"{word}"' if " " in word else word for word in words)
    hits = find_remote(query, limit) if elasticsearch else find_local(query, limit, db)
    if json:
        as_json([asdict(hit) for hit in hits])
    elif hits:
        rows = [
            (hit.published_at[:10], hit.id[:SHORT], hit.source, hit.headline, hit.excerpt)
            for hit in hits
        ]
        table("", ("published", "id", "source", "headline", "found"), rows)
    else:
        print(f"no article holds all of: {query}")
    return 0 if hits else 1


def find_local(query: str, limit: int, db: Path | None) -> list[Hit]:
    """Return hits of the SQLite file *db*, by default the one that the demo fills."""
    with local(db) as index:
        return index.search(query, limit)


def find_remote(query: str, limit: int) -> list[Hit]:
    """Return hits of Elasticsearch."""
    with remote() as index:
        return index.search(query, limit)


@contextmanager
def local(db: Path | None) -> Iterator[Local]:
    """Give the embedded index in the file *db*, by default the one that the demo fills."""
    from pipeline.index.local import Local
    from pipeline.settings import load_settings

    path = db or load_settings().local_index()
    if not path.exists():
        raise typer.BadParameter(
            f"there is no index at {path}: `newsmill demo` makes one, `newsmill run --index` too"
        )
    index = Local(path)
    index.open()
    try:
        yield index
    finally:
        index.close()


@contextmanager
def remote() -> Iterator[ElasticsearchSink]:
    """Give the index of Elasticsearch."""
    from pipeline.index.elasticsearch import ElasticsearchSink
    from pipeline.settings import load_settings
    from pipeline.stream.servers import elasticsearch

    sink = ElasticsearchSink(elasticsearch(load_settings()))
    try:
        yield sink
    finally:
        sink.close()
