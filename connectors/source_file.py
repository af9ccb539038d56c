"""The source file: the YAML in which a person writes down what newsmill shall read.

Everything that is wrong with all files is told at once, each with file:line:column and what to do.
A command then starts nothing; the services leave out what is wrong and go on with the rest.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from connectors import CONNECTORS
from connectors.connector import Connector
from connectors.line_rules import CleaningTest
from connectors.response import shown
from connectors.strict_yaml import At, Mark, compose
from schemas import ConfigError, Fault

EXAMPLE = "write `sources:` and below it a list of `- id: …`, `  type: …`"


Examine = Callable[[Connector], Iterable[tuple[Mark, str]]]
"""Looks closer at a source: yields the way to each option that is wrong, and what is."""


def load(paths: Sequence[Path], examine: Examine | None = None) -> tuple[Connector, ...]:
    """Return the connectors that are described in *paths*, files or folders of .yaml files.

    Args:
        paths: files, or folders of .yaml files.
        examine: what else to look at in each source.

    Raises:
        ConfigError: with everything that is wrong in any of them.

    """
    connectors, faults = sound(paths, examine)
    if faults:
        raise ConfigError(*faults)
    return connectors


def sound(
    paths: Sequence[Path], examine: Examine | None = None
) -> tuple[tuple[Connector, ...], tuple[Fault, ...]]:
    """Return the connectors in *paths* that are right, and everything that is wrong.

    For a service that starts again at night: one source with a fault must not stop the others.
    """
    reading = Reading(examine or (lambda _connector: ()))
    for path in paths:
        for file in reading.files(path):
            reading.read(file)
    return tuple(reading.connectors), tuple(sorted(reading.faults, key=place))


@dataclass
class Reading:
    """What was read so far, and everything that is wrong with it."""

    examine: Examine
    connectors: list[Connector] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    """Where each id was first seen."""

    def files(self, path: Path) -> Sequence[Path]:
        """Return the file at *path*, or those in a folder, in the order of their names."""
        if path.is_dir():
            found = sorted(p for p in path.iterdir() if p.suffix in {".yaml", ".yml"})
            if not found:
                self.wrong(str(path), "no .yaml file is in this folder")
            return found
        if not path.is_file():
            self.wrong(str(path), "there is no such file or folder; check the spelling")
            return ()
        return (path,)

    def read(self, file: Path) -> None:
        """Take every source of *file*."""
        try:
            document, marks = compose(file)
        except ConfigError as error:
            self.faults.extend(error.faults)
            return
        at = At(file, marks)
        found = document if isinstance(document, dict) else {}
        for key in found:
            if key != "sources":
                self.wrong(at((key,)), f"unknown key `{key}`{nearest(key, ['sources'])}")
        sources = found.get("sources")
        if not isinstance(sources, list):
            self.wrong(at(("sources",)), f"there is no list of sources; {EXAMPLE}")
            return
        for number, options in enumerate(sources):
            self.source(options, ("sources", number), at)

    def source(self, options: object, loc: Mark, at: At) -> None:
        """Take one source, or say what is wrong with it."""
        if not isinstance(options, dict):
            self.wrong(at(loc), "a source is a mapping of options: id, type, …")
            return
        fresh = self.take_id(options.get("id"), at((*loc, "id")))
        model = CONNECTORS.get(str(options.get("type")))
        if model is None:
            self.faults.extend(unknown_type(options, loc, at))
            return
        try:
            connector = model.model_validate(options, context={"folder": at.file.parent})
        except ValidationError as error:
            self.faults.extend(complaint(dict(found), model, loc, at) for found in error.errors())
            return
        if fresh:
            self.connectors.append(connector)
        for way, what in self.examine(connector):
            self.wrong(at((*loc, *way)), what)

    def take_id(self, name: object, where: str) -> bool:
        """Whether no other source has this id; say so if one has."""
        if not isinstance(name, str):
            return True
        if name in self.ids:
            self.wrong(where, f"the id `{name}` is taken by {self.ids[name]}; choose another")
            return False
        self.ids[name] = where
        return True

    def wrong(self, where: str, what: str) -> None:
        """Add a fault."""
        self.faults.append(Fault(where, what))


def place(fault: Fault) -> tuple[str, int, int]:
    """Return file, line and column of *fault*, to sort by."""
    file, *numbers = fault.where.rsplit(":", 2)
    line, column = map(int, numbers) if all(map(str.isdecimal, numbers)) and numbers else (0, 0)
    return file, line, column


def unknown_type(options: Mapping[str, Any], loc: Mark, at: At) -> Iterator[Fault]:
    """Yield what is wrong with a source of no known kind: its type, and options nobody knows."""
    if "type" not in options:
        what = f"required option `type` is missing; there are: {', '.join(CONNECTORS)}"
        yield Fault(at(loc), what)
    else:
        kind = str(options["type"])
        yield Fault(at((*loc, "type")), f"unknown type `{kind}`{nearest(kind, CONNECTORS)}")
    known = {name for model in CONNECTORS.values() for name in model.model_fields}
    for key in options:
        if key not in known:
            yield Fault(at((*loc, key)), f"unknown option `{key}`{nearest(key, known)}")


def complaint(found: Mapping[str, Any], model: type[Connector], loc: Mark, at: At) -> Fault:
    """Return a complaint of pydantic in our words, with its place."""
    key = str(found["loc"][0]) if found["loc"] else ""
    kind = model.model_fields["type"].examples or [""]
    if len(found["loc"]) > 2:
        return nested(found, key, loc, at)
    if found["type"] == "extra_forbidden":
        hint = nearest(key, model.model_fields)
        return Fault(at((*loc, key)), f"unknown option `{key}` for type `{kind[0]}`{hint}")
    example = (model.model_fields[key].examples or [""])[0] if key in model.model_fields else ""
    if found["type"] == "missing":
        return Fault(at(loc), f"required option `{key}` is missing, for example `{key}: {example}`")
    what = str(found["msg"]).removeprefix("Value error, ")
    return Fault(
        at((*loc, *found["loc"])),
        f"`{key}: {shown(str(found['input']))[:80]}`: {what}, for example `{key}: {example}`",
    )


def nested(found: Mapping[str, Any], key: str, loc: Mark, at: At) -> Fault:
    """Return a complaint about an option within the option *key*, such as one of `tests:`."""
    inner = str(found["loc"][2])
    where = at((*loc, *found["loc"]))
    if found["type"] == "extra_forbidden":
        hint = nearest(inner, CleaningTest.model_fields)
        return Fault(where, f"unknown option `{inner}` in `{key}`{hint}")
    if found["type"] == "missing":
        return Fault(where, f"required option `{inner}` of `{key}` is missing")
    what = str(found["msg"]).removeprefix("Value error, ")
    return Fault(where, f"`{inner}: {shown(str(found['input']))[:80]}` in `{key}`: {what}")


def nearest(word: str, known: Sequence[str] | Mapping[str, Any] | set[str]) -> str:
    """Return a hint: the word that was probably meant, else all there are.

    >>> nearest("evry_secs", ["url", "every_secs"])
    '. Did you mean `every_secs`?'
    >>> nearest("x", ["id", "url"])
    '; there are: id, url'
    """
    close = difflib.get_close_matches(word, known, 1)
    return f". Did you mean `{close[0]}`?" if close else f"; there are: {', '.join(sorted(known))}"


def sources_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft-07, which editors read) of a source file."""
    kinds = {name: definition(model) for name, model in CONNECTORS.items()}
    shared = {name: one for kind in kinds.values() for name, one in kind.pop("$defs", {}).items()}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "newsmill source file",
        "type": "object",
        "required": ["sources"],
        "additionalProperties": False,
        "properties": {
            "sources": {
                "type": "array",
                "description": "What newsmill reads.",
                "items": {"oneOf": [{"$ref": f"#/definitions/{name}"} for name in kinds]},
            }
        },
        "definitions": kinds | shared,
    }


def definition(model: type[Connector]) -> dict[str, Any]:
    """Return the schema of one kind of source; ``type`` tells the kinds apart."""
    schema = model.model_json_schema(ref_template="#/definitions/{model}")
    schema["required"] = sorted({*schema.get("required", []), "type"})
    return schema
