"""``newsmill topics``: the topics in Kafka, as the table says they should be."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)


@app.callback()
def topics() -> None:
    """Administer the topics."""


@app.command()
def apply() -> None:
    """Make the topics that are missing; what is there is left as it is.  Safe to repeat."""
    from pipeline.settings import load_settings
    from pipeline.stream.topics import apply as apply_topics

    made = apply_topics(load_settings())
    print(f"made: {', '.join(made)}" if made else "all topics are there")


@app.command("list")
def list_(json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> int:
    """Print each topic and what differs from the table; exit 1 if anything does."""
    from dataclasses import asdict

    from pipeline.cli.show import as_json, table
    from pipeline.settings import load_settings
    from pipeline.stream.topics import states

    found = states(load_settings())
    if json:
        as_json([asdict(state) for state in found])
    else:
        rows = [
            (state.name, state.partitions, told(state.present, state.differs), state.about)
            for state in found
        ]
        table("", ("topic", "partitions", "state", "holds"), rows)
    return 0 if all(state.present and not state.differs for state in found) else 1


def told(present: bool, differs: tuple[str, ...]) -> str:
    """Return the state of a topic in words."""
    if not present:
        return "missing: run `newsmill topics apply`"
    return "; ".join(differs) or "as it should be"
