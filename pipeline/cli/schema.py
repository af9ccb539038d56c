"""``newsmill schema``: the JSON Schema of a record, for editors and other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def schema(
    name: Annotated[str, typer.Argument(help="A record such as RawArticle, or sources.")] = "",
    write: Annotated[Path | None, typer.Option(help="Write every schema into this folder.")] = None,
) -> None:
    """Print the JSON Schema of a record or of a source file; without a name, list them."""
    from pipeline.cli.show import as_json

    known = schemas()
    if write is not None:
        write_all(write, known)
    elif not name:
        print("\n".join(known))
    elif name in known:
        as_json(known[name])
    else:
        raise typer.BadParameter(f"there is no schema {name!r}; there are {', '.join(known)}")


def schemas() -> dict[str, dict[str, object]]:
    """Return every schema by name."""
    from connectors.source_file import sources_schema
    from schemas import CleanArticle, DeadLetter, Dropped, EnrichedArticle, Forgotten, RawArticle

    records = (RawArticle, CleanArticle, EnrichedArticle, Dropped, DeadLetter, Forgotten)
    made = {record.__name__: record.model_json_schema(mode="serialization") for record in records}
    return {**made, "sources": sources_schema()}


def write_all(folder: Path, known: dict[str, dict[str, object]]) -> None:
    """Write each schema as ``<name>.schema.json``; what is generated is committed and compared."""
    import json

    folder.mkdir(parents=True, exist_ok=True)
    for name, body in known.items():
        text = json.dumps(body, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
        (folder / f"{name}.schema.json").write_text(text, encoding="utf-8")
