"""Annotated corpora as windows of word pieces: a tag for the first piece of each token."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.tokens import Doc, DocBin

from pipeline.encoder.windows import MOST, cuts
from pipeline.encoder.word_pieces import Pieces, WordPieces

LABELS = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "DATE", "EVENT", "PRODUCT")
TAGS = ("O", *(f"{mark}-{label}" for label in LABELS for mark in "BI"))
UNKNOWN = -100
"""Of a piece that begins no token, or a token that nobody annotated: it teaches nothing."""
JOINED = 0.5
"""Share of windows that hold several sentences; in an article they do."""


@dataclass(frozen=True, slots=True)
class Example:
    """A window: vocabulary rows, letter-case classes and tags of its pieces."""

    ids: NDArray[np.int32]
    cases: NDArray[np.int8]
    tags: NDArray[np.int16]

    def __len__(self) -> int:
        """Return how many pieces it has."""
        return len(self.ids)


def examples(path: Path, words: WordPieces, seed: int = 1) -> list[Example]:
    """Return the windows of the corpus in *path*, a DocBin with entities, some of them missing."""
    docs = DocBin().from_disk(path).get_docs(spacy.blank("en").vocab)
    parts = (part for doc in docs for part in in_windows(doc, words))
    return [one for one in joined(parts, random.Random(seed)) if (one.tags >= 0).any()]


def in_windows(doc: Doc, words: WordPieces) -> Iterator[Example]:
    """Yield the windows of one document."""
    pieces = words.of(doc.text)
    tags = tags_of(doc, pieces)
    for first, last in cuts(doc.text, pieces):
        if last > first:
            yield Example(pieces.ids[first:last], pieces.cases[first:last], tags[first:last])


def tags_of(doc: Doc, pieces: Pieces) -> NDArray[np.int16]:
    """Return the tag of each piece."""
    tags = np.full(len(pieces), UNKNOWN, np.int16)
    known = {name: number for number, name in enumerate(TAGS)}
    for token in doc:
        at = int(np.searchsorted(pieces.starts, token.idx))
        if token.is_space or at == len(pieces) or pieces.starts[at] >= token.idx + len(token):
            continue
        name = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else token.ent_iob_
        tags[at] = known.get(name, UNKNOWN)
    return tags


def joined(parts: Iterable[Example], rng: random.Random) -> Iterator[Example]:
    """Yield *parts*, some of them with those that follow in one window."""
    held: list[Example] = []
    most = 1
    for part in parts:
        if held and (len(held) == most or sum(map(len, held)) + len(part) > MOST):
            yield together(held)
            held = []
        if not held:
            most = rng.choice((2, 3, 4)) if rng.random() < JOINED else 1
        held.append(part)
    if held:
        yield together(held)


def together(parts: list[Example]) -> Example:
    """Return *parts* as one window."""
    return Example(
        np.concatenate([part.ids for part in parts]),
        np.concatenate([part.cases for part in parts]),
        np.concatenate([part.tags for part in parts]),
    )
