"""Labelled pages: the lines of a page, each a line of the story or not, grouped by site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from bench.dataset import opened
from pipeline.clean.classifier.features import features
from pipeline.clean.classifier.grams import SIZE, grams

KEEP, DROP, SKIP = 0, 1, -1
LABELS = {"keep": KEEP, "drop": DROP, "skip": SKIP}
SETS = {"col": 1.0, "traf_recall": 0.4, "readability": 0.4, "col_other": 0.0}
"""The files, and how much a line of each weighs in training: the second and third show lines of the
first again, as two extractors leave them.  Other languages are only measured: the few pages there
are taught the words of their stories as words of noise."""
FOLDS = 3
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of one set, with a label and a kind (empty: none) for each line."""

    id: str
    set: str
    domain: str
    news: bool
    lines: Sequence[str]
    labels: NDArray[np.int64]
    kinds: Sequence[str]


@dataclass(slots=True)
class Table:
    """All lines of all pages, one after another, and what is known of each."""

    pages: list[Page]
    numbers: NDArray[np.float32]
    grams: sp.csr_matrix
    label: NDArray[np.int64]
    page: NDArray[np.int64]
    fold: NDArray[np.int64]
    news: NDArray[np.bool_]
    words: NDArray[np.int64]
    weight: NDArray[np.float64]
    set: NDArray[np.str_]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Say which lines are labelled one or the other."""
        return self.label != SKIP

    @property
    def learned(self) -> NDArray[np.bool_]:
        """Say which lines are learned from."""
        return self.known & (self.weight > 0)

    def spans(self) -> list[tuple[int, int]]:
        """Return where the lines of each page begin and end."""
        first = np.flatnonzero(np.r_[True, np.diff(self.page) != 0])
        return list(zip(first.tolist(), [*first[1:].tolist(), len(self.page)], strict=True))


def read_pages(folder: Path) -> Iterator[Page]:
    """Yield the pages of the files ``lines_SET.jsonl[.gz]`` in *folder*."""
    for name in SETS:
        for row in rows(folder / f"lines_{name}.jsonl"):
            labels = np.array([LABELS[label] for label in row["labels"]])
            yield Page(
                row["id"], name, row["domain"], bool(row["news"]), row["lines"], labels,
                row["kinds"],
            )  # fmt: skip


def rows(path: Path) -> Iterator[dict[str, object]]:
    """Yield the objects of a JSON Lines file, or of the compressed one beside it."""
    with opened(path) as lines:
        yield from map(json.loads, lines)


def tabulate(pages: list[Page]) -> Table:
    """Return the lines of *pages* with their numbers, n-grams, and fold (by site)."""
    sizes = [len(page.lines) for page in pages]
    page = np.repeat(np.arange(len(pages)), sizes)
    of_line = np.array([pages[number].domain for number in page])
    label = np.concatenate([one.labels for one in pages])
    fold = np.zeros(len(page), np.int64)
    for number, (_, held) in enumerate(GroupKFold(FOLDS).split(page, label, of_line)):
        fold[held] = number
    sets = np.array([one.set for one in pages])[page]
    return Table(
        pages=pages,
        numbers=np.vstack([features(one.lines) for one in pages]),
        grams=sp.vstack([matrix(one.lines) for one in pages]).tocsr(),
        label=label,
        page=page,
        fold=fold,
        news=np.array([one.news for one in pages])[page],
        words=np.array([len(WORD.findall(line)) for one in pages for line in one.lines]),
        weight=np.array([SETS[name] for name in sets]),
        set=sets,
    )


def matrix(lines: Sequence[str]) -> sp.csr_matrix:
    """Return the n-grams of a page as a matrix, lines by columns."""
    found = grams(lines)
    return sp.csr_matrix((found.value, (found.line, found.column)), shape=(len(lines), SIZE))
