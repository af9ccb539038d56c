"""``newsmill templates``: the index templates in Elasticsearch."""

from __future__ import annotations

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)


@app.callback()
def templates() -> None:
    """Administer the index templates."""


@app.command()
def apply() -> None:
    """Put the templates that this server can hold, make the indices.  Safe to repeat."""
    from pipeline.index.templates import apply as apply_templates
    from pipeline.settings import load_settings
    from pipeline.stream.servers import elasticsearch

    settings = load_settings()
    done = apply_templates(
        elasticsearch(settings), shards=settings.index_shards, replicas=settings.index_replicas
    )
    print(f"templates: {', '.join(done.components)}")
    for alias, (index, made) in done.created.items():
        print(f"index: {index} behind {alias}, {'made' if made else 'was there'}")


@app.command()
def show() -> None:
    """Print the templates as JSON."""
    from pipeline.cli.show import as_json
    from pipeline.index.templates import part

    as_json({name: part(name) for name in ("base", "quotes", "language", "lifecycle", "policy")})
