"""``newsmill config show``: the settings in force, and where to change each."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)


@app.callback()
def config() -> None:
    """Look at the settings."""


@app.command()
def show(json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Print every setting, its value (secrets masked) and what it is for."""
    from pipeline.cli.show import as_json, table
    from pipeline.settings import PREFIX, Settings, load_settings

    settings = load_settings()
    rows = [
        (PREFIX + name.upper(), masked(getattr(settings, name)), field.description)
        for name, field in Settings.model_fields.items()
    ]
    if json:
        as_json({name: value for name, value, _ in rows})
        return
    table("Settings, from the environment and .env", ("variable", "value", "what it is for"), rows)


def masked(value: object) -> str:
    """Return *value* as text; a secret as stars, an unset one as nothing."""
    from pydantic import SecretStr

    if isinstance(value, SecretStr):
        return "********" if value.get_secret_value() else ""
    return str(value)
