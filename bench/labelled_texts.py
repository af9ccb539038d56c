"""Folders of labelled texts, as `newsmill bench language` reads them (docs/how-to/measure.md)."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

Kind = Literal["entities", "quotes", "dates"]
KEYS: dict[str, Kind] = {"ents": "entities", "quotes": "quotes", "timexes": "dates"}
"""The key of a line that holds its labels, and what they are of."""
INSTANTS = frozenset({"DATE", "TIME"})

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Text:
    """A text, when it was published, and what people marked in it."""

    id: str
    text: str
    labels: Any
    """`Marked`, or a tuple of `Said` or of `Timex`, by the kind of the set."""
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """Entities of a text."""

    spans: tuple[tuple[int, int, str], ...]
    ignore: tuple[Span, ...]
    """What counts neither way."""
    classes: frozenset[str]
    """What was looked for: PER ORG LOC NORP DATE MONEY."""


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation in a text, marked by people or found by a program."""

    kind: str
    characters: frozenset[int]
    """The offsets that belong to it."""
    speakers: tuple[str, ...]
    """Words that say who said it; any of them will do."""


@dataclass(frozen=True, slots=True)
class Timex:
    """An expression of time in a text, marked by people or found by a program."""

    start: int
    end: int
    value: str
    counts: bool = True
    """False of durations and sets: whoever finds them has done nothing wrong."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Every set of some folders by its name, and the treebanks."""

    sets: dict[Kind, dict[str, list[Text]]] = field(default_factory=dict)
    trees: dict[str, Path] = field(default_factory=dict)

    @classmethod
    def at(cls, folders: Sequence[Path], quick: int = 0) -> Texts:
        """Read *quick* texts of each set in *folders*, the same ones each time; 0: all."""
        found = cls({"entities": {}, "quotes": {}, "dates": {}})
        for folder in folders:
            for path in sorted([*folder.glob("*.jsonl"), *folder.glob("*.jsonl.gz")]):
                rows = list(lines(path))
                kind = kind_of(rows[0]) if rows else None
                if kind:
                    name = path.name.partition(".jsonl")[0]
                    found.sets[kind][name] = [text_of(row, kind) for row in sample(rows, quick)]
            for path in sorted(folder.glob("ud-*.spacy")):
                found.trees[path.stem] = path
        return found

    def __bool__(self) -> bool:
        """Say whether there is anything to measure with."""
        return any(self.sets.values()) or bool(self.trees)


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file of JSON Lines, packed or not."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def kind_of(row: dict[str, Any]) -> Kind | None:
    """Return what a row holds labels of; None for what we do not measure.

    >>> kind_of({"text": "", "timexes": []}), kind_of({"text": "", "events": []})
    ('dates', None)
    """
    return next((kind for key, kind in KEYS.items() if key in row), None)


def sample(rows: Sequence[dict[str, Any]], quick: int) -> Sequence[dict[str, Any]]:
    """Return *quick* of *rows*, chosen by their ids alone, in the order of the file."""
    if not quick or len(rows) <= quick:
        return rows
    ranked = sorted(rows, key=lambda row: sha256(str(row["id"]).encode()).digest())
    chosen = {row["id"] for row in ranked[:quick]}
    return [row for row in rows if row["id"] in chosen]


def text_of(row: dict[str, Any], kind: Kind) -> Text:
    """Return a row with its labels."""
    labels: Any
    if kind == "entities":
        labels = Marked(
            tuple((start, end, label) for start, end, label in row["ents"]),
            tuple((start, end) for start, end in row.get("ignore", ())),
            frozenset(row["classes"]),
        )
    elif kind == "quotes":
        labels = tuple(map(said, row["quotes"]))
    else:
        labels = tuple(map(timex, row["timexes"]))
    day = row.get("pub_date")
    published = datetime.fromisoformat(day[:10]).replace(tzinfo=UTC) if day else None
    return Text(str(row["id"]), row["text"], labels, published)


def said(row: dict[str, Any]) -> Said:
    """Return a quotation as people marked it."""
    spans = [span for part in row.get("content") or () for span in part.get("spans", ())]
    spans = spans or [(row["start"], row["end"])]
    speakers = tuple(source["text"] for source in row.get("source") or ())
    return Said(row["kind"], characters(spans), speakers)


def characters(spans: Sequence[Sequence[int]]) -> frozenset[int]:
    """Return the offsets within some spans.

    >>> sorted(characters([(1, 3), (5, 6)]))
    [1, 2, 5]
    """
    return frozenset(offset for start, end in spans for offset in range(start, end))


def timex(row: dict[str, Any]) -> Timex:
    """Return an expression of time as people marked it."""
    return Timex(row["start"], row["end"], str(row["value"]), row["type"] in INSTANTS)
