"""The reference page of source files, written from the options themselves."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import getdoc

from pydantic.fields import FieldInfo

from connectors import CONNECTORS
from connectors.connector import Connector

INTRO = """\
# Source files

A source file says what newsmill reads. It is YAML: a list of sources under `sources:`. Unknown
options are errors. `newsmill sources check` tells everything that is wrong, with file, line and
column, and starts nothing.

```yaml
sources:
  - id: gazette
    type: rss
    url: https://gazette.example/world/rss.xml
    country: NOR
```

This page is made from the code; change the descriptions there.
"""


def sources_page() -> str:
    """Return the page as Markdown."""
    parts = [INTRO]
    for kind, model in CONNECTORS.items():
        parts += [f"## `type: {kind}`\n", (getdoc(model) or "") + "\n", table(model)]
    return "\n".join(parts)


def table(model: type[Connector]) -> str:
    """Return the options of one kind of source as a table."""
    rows = ["| option | default | meaning | example |", "|---|---|---|---|"]
    return "\n".join([*rows, *(row(*item) for item in ordered(model))]) + "\n"


def ordered(model: type[Connector]) -> Iterator[tuple[str, FieldInfo]]:
    """Yield the options, required ones first."""
    yield from sorted(model.model_fields.items(), key=lambda item: not item[1].is_required())


def row(name: str, field: FieldInfo) -> str:
    """Return the line of one option."""
    default = "required" if field.is_required() else shown(field.default)
    example = shown((field.examples or [""])[0])
    return f"| `{name}` | {default} | {field.description} | {example} |"


def shown(value: object) -> str:
    """Return a value as it is written in YAML.

    >>> shown(True), shown(None), shown("**/*")
    ('`true`', '', '`**/*`')
    """
    if value is None or value == "":
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"
