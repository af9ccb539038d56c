"""The line classifier: n-grams and a forest for flattened text, forests for pages.

The lines of a page are judged by a forest of their own, which sees where they stand as well.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.classifier.columns import first_columns
from pipeline.clean.classifier.features import features
from pipeline.clean.classifier.forest import Forest, probability
from pipeline.clean.classifier.grams import grams
from pipeline.clean.classifier.kinds import LineKinds
from pipeline.clean.classifier.mark_columns import page_columns
from pipeline.clean.marks import Mark
from pipeline.clean.story import Picker
from schemas import Kind


class LineClassifier:
    """The weights in a folder (``models/lines``), and what they say of the lines of a page."""

    def __init__(self, folder: Path) -> None:
        """Read the weights of *folder*; nothing in them is code."""
        about = json.loads((folder / "meta.json").read_text("utf-8"))
        self.name = f"{about['name']} {about['version']}"
        self._weights = np.load(folder / "grams.npy", allow_pickle=False).astype(np.float32)
        self._first = Forest(folder / "first.onnx")
        self._kinds = LineKinds(folder / "kinds.npz")
        self._page = Forest(folder / "page.onnx")
        self.picker = Picker(folder / "page_lines.onnx")
        """Brings back the lines of a page's story that an extractor overlooks."""

    def shares(
        self, lines: Sequence[str], marks: Sequence[Mark | None] = ()
    ) -> NDArray[np.float32]:
        """Return for each of the *lines* of one page how sure it is noise, from 0 to 1.

        Args:
            lines: the lines in their order.
            marks: what the page knows of each; none for flattened text.

        """
        numbers = features(lines)
        words = (grams(lines).sums(self._weights) + self._weights[-1]).astype(np.float32)
        known = first_columns(numbers, words)
        first = self._first.log_odds(known)
        if any(marks):
            return probability(self._page.log_odds(page_columns(known, first, marks)))
        return probability(first)

    def kinds(self, lines: Sequence[str]) -> list[Kind]:
        """Return what each of *lines* is, if it is noise."""
        return self._kinds.of(lines)


@cache
def line_classifier(folder: Path) -> LineClassifier:
    """Return the classifier in *folder*, read once in a process."""
    return LineClassifier(folder)
