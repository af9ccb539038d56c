"""The reference page of source files, written from the options themselves."""

from __future__ import annotations

import json
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

## Lines of a source

Any source may say which lines of its articles always stay or always go, and prove it:

```yaml
sources:
  - id: gazette
    type: rss
    url: https://gazette.example/world/rss.xml
    keep:
      - "Editor's note: *"
    remove:
      - "Our newsroom is paid for by readers*"
    tests:
      - text: |
          Ministers from nine countries met in Oslo on Monday to talk about the price of cod.
          Our newsroom is paid for by readers like you.
          Editor's note: this story was corrected on Tuesday.
        stay: ["Ministers from *", "Editor's note: *"]
        go: ["Our newsroom *"]
```

A pattern is the line itself. `*` stands for any words, or none. Case, spaces and the form of
quotation marks do not count. There are no regular expressions, so no pattern can be slow.
`keep` wins over everything, `remove` over everything else that newsmill knows of the line.
`newsmill sources check` runs the tests. The workers that clean read the files that
`NEWSMILL_SOURCES_DIR` names when they start. A record names the rules that touched it in
`models.source_rules`, and `newsmill clean FILE --source gazette` shows what they do.
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

    >>> shown(True), shown(None), shown("**/*"), shown(["a *"])
    ('`true`', '', '`**/*`', '`["a *"]`')
    """
    if value in (None, "", ()):
        return ""
    if isinstance(value, list):
        return f"`{json.dumps(value, ensure_ascii=False)}`"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"
