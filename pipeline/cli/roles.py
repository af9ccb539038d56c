"""``newsmill roles``: who may do what in Elasticsearch."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)


@app.callback()
def roles() -> None:
    """Administer the roles of Elasticsearch; docs/how-to/secure.md tells how they are used."""


@app.command()
def apply() -> None:
    """Put the roles by the API, as a user who may manage security.  Safe to repeat."""
    from pipeline.index.roles import apply as apply_roles
    from pipeline.settings import load_settings
    from pipeline.stream.servers import elasticsearch

    print(f"roles: {', '.join(apply_roles(elasticsearch(load_settings())))}")


@app.command()
def show(json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Print the roles as a node reads them from its config/roles.yml, or as JSON."""
    from pipeline.cli.show import as_json
    from pipeline.index import roles as roles_

    as_json(roles_.roles()) if json else print(roles_.text(), end="")
