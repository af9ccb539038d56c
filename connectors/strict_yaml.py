"""YAML as people mean it, with the line and column of every value.

PyYAML reads ``country: NO`` as false, lets the second of two equal keys win, and follows anchors
until memory ends.  Here only true, false, null and plain numbers are more than text, a key stands
once, and there are no anchors and no tags.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.composer import ComposerError
from yaml.constructor import ConstructorError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from schemas import ConfigError, Fault

MAX_BYTES = 1 << 20
MAX_DEPTH = 20

Mark = tuple[int | str, ...]
"""The way to a value: ``("sources", 0, "url")``."""
Marks = dict[Mark, tuple[int, int]]
"""Line and column of every value, from 1."""


@dataclass(frozen=True, slots=True)
class At:
    """Tells where in its file a value stands."""

    file: Path
    marks: Marks

    def __call__(self, loc: Mark) -> str:
        """Return file:line:column of *loc*, or of the nearest thing around it."""
        while loc and loc not in self.marks:
            loc = loc[:-1]
        line, column = self.marks.get(loc, (1, 1))
        return f"{self.file}:{line}:{column}"


class Loader(yaml.SafeLoader):
    """A YAML loader that knows five kinds of values and no anchors."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  (PyYAML's own way to set it)
    depth = 0

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        """Return the next node; refuse anchors, aliases, tags and deep nesting."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if getattr(event, "anchor", None):
            raise ComposerError(None, None, "anchors and aliases are not read", event.start_mark)
        if getattr(event, "tag", None):
            raise ComposerError(None, None, "tags such as !!str are not read", event.start_mark)
        if self.depth >= MAX_DEPTH:
            raise ComposerError(None, None, "nested too deeply", event.start_mark)
        self.depth += 1
        node: Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", ["n", "~", ""]),
    ("int", r"-?(?:0|[1-9][0-9]*)", "-0123456789"),
    ("float", r"-?(?:0|[1-9][0-9]*)\.[0-9]+", "-0123456789"),
):
    Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first)
    )


def compose(file: Path) -> tuple[Any, Marks]:
    """Return what *file* says, and where.

    Raises:
        ConfigError: it cannot be read, is not YAML, or is more of it than we read.

    """
    try:
        if file.stat().st_size > MAX_BYTES:
            raise ConfigError(Fault(str(file), f"bigger than {MAX_BYTES >> 20} MB; split it"))
        text = file.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(Fault(str(file), f"cannot be read: {error}")) from error
    try:
        loader = Loader(text)
        root = loader.get_single_node()
        marks: Marks = {}
        return value_of(root, loader, (), marks) if root else None, marks
    except yaml.MarkedYAMLError as error:
        raise ConfigError(fault(file, error)) from error
    except yaml.YAMLError as error:  # a character that YAML does not allow
        raise ConfigError(Fault(f"{file}:1:1", " ".join(str(error).split()))) from error


def fault(file: Path, error: yaml.MarkedYAMLError) -> Fault:
    """Return what YAML complains of as a fault with its place."""
    mark = error.problem_mark or error.context_mark
    where = f"{file}:{mark.line + 1}:{mark.column + 1}" if mark else f"{file}:1:1"
    return Fault(where, f"{error.problem or error.context or 'not YAML'}; mend this line")


def value_of(node: Node, loader: Loader, loc: Mark, marks: Marks) -> Any:
    """Return the value of *node*, and write the place of everything in it to *marks*."""
    marks.setdefault(loc, (node.start_mark.line + 1, node.start_mark.column + 1))
    if isinstance(node, MappingNode):
        return mapping(node, loader, loc, marks)
    if isinstance(node, SequenceNode):
        return [value_of(n, loader, (*loc, i), marks) for i, n in enumerate(node.value)]
    try:
        return loader.construct_object(node)
    except ValueError as error:  # a number of thousands of digits
        problem = "a number that is too long to be one"
        raise ConstructorError(None, None, problem, node.start_mark) from error


def mapping(node: MappingNode, loader: Loader, loc: Mark, marks: Marks) -> dict[str, Any]:
    """Return a mapping; the place of an option is that of its key."""
    found: dict[str, Any] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, ScalarNode) else None
        if name is None or name in found:
            problem = "a key is a word" if name is None else f"the key `{name}` stands here twice"
            raise ConstructorError(None, None, problem, key.start_mark)
        marks[*loc, name] = (key.start_mark.line + 1, key.start_mark.column + 1)
        found[name] = value_of(value, loader, (*loc, name), marks)
    return found
