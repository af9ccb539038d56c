"""Training of the two forests for pages.

The first (``page_lines.onnx``) sees of every line of a page where it stands, and finds what an
extractor overlooked.  The second (``page.onnx``) sees the lines of the story that comes out, with
their words too, and says which are noise.  All that one is fed by another is out of fold.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

from pipeline.clean.classifier.columns import first_columns
from pipeline.clean.classifier.features import features
from pipeline.clean.classifier.mark_columns import page_columns
from pipeline.clean.marks import marks_of
from pipeline.clean.story import Story, doubtful, overlooked, woven
from training.cleaner.forests import fit_forest, fit_words, write_forest
from training.cleaner.html_pages import Extraction, HtmlPage, html_pages
from training.cleaner.pages import DROP, FOLDS, KEEP, SKIP, Table, matrix

SETTINGS = {
    "objective": "binary", "learning_rate": 0.07, "num_leaves": 20, "feature_fraction": 0.5,
    "lambda_l2": 2.0, "min_data_in_leaf": 30, "use_missing": False, "verbose": -1, "seed": 1,
    "deterministic": True, "num_threads": 1,
}  # fmt: skip
ROUNDS = 150
NEWS_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class Rows:
    """Lines of many pages as numbers, with label, fold and weight."""

    numbers: NDArray[np.float32]
    label: NDArray[np.int64]
    fold: NDArray[np.int64]
    weight: NDArray[np.float64]

    def fit(self, chosen: NDArray[np.bool_], target: int) -> lgb.Booster:
        """Return a forest for the *target* label, of the *chosen* lines."""
        chosen = chosen & (self.label != SKIP)
        held = lgb.Dataset(
            self.numbers[chosen], self.label[chosen] == target, weight=self.weight[chosen]
        )
        return lgb.train(dict(SETTINGS), held, ROUNDS)

    def out_of_fold(self, target: int) -> NDArray[np.float32]:
        """Return the log-odds of the *target* label, by forests that have not seen the site."""
        scores = np.zeros(len(self.label), np.float32)
        for fold in range(FOLDS):
            held = self.fold == fold
            model = self.fit(~held, target)
            scores[held] = model.predict(self.numbers[held], raw_score=True)
        return scores


def standing_rows(pages: Sequence[HtmlPage]) -> Rows:
    """Return every line that may be story, by both ways of extracting."""
    parts = [(page, way) for page in pages for way in page.ways]
    sizes = [len(way.asked) for _, way in parts]
    labels = [
        page.gold.label(page.segments[place].text) for page, way in parts for place in way.asked
    ]
    numbers = np.vstack([way.numbers for _, way in parts if len(way.asked)])
    return Rows(
        numbers,
        np.array(labels),
        np.repeat([page.fold for page, _ in parts], sizes),
        weights(numbers[:, 0], np.repeat([page.news for page, _ in parts], sizes),
                np.repeat(sizes, sizes)),
    )  # fmt: skip


def weights(
    words: NDArray[np.float32], news: NDArray[np.bool_], size: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return how much lines count: long ones more, those of long pages less, news most."""
    weight = np.where(news, NEWS_WEIGHT, 1.0) * (1 + np.minimum(words, 60) / 15) / np.sqrt(size)
    return weight / weight.mean()


def stories(pages: Sequence[HtmlPage], odds: NDArray[np.float32]) -> list[Story]:
    """Return the story of each page as the stage would have it with those log-odds."""
    found: list[Story] = []
    first = 0
    for page in pages:
        two: list[Story] = []
        for way in page.ways:
            last = first + len(way.asked)
            two.append(story(page, way, 1 / (1 + np.exp(-odds[first:last]))))
            first = last
        found.append(two[1] if two[0].doubtful else two[0])
    return found


def story(page: HtmlPage, way: Extraction, shares: NDArray[np.float32]) -> Story:
    """Return the story that one way of extracting and the first forest give."""
    likely = dict(zip(way.asked, shares.tolist(), strict=True))
    numbers = dict(zip(way.asked, way.numbers, strict=True))
    missed = overlooked(way.taken, page.segments, likely)
    lines = list(woven(way.taken, missed, page.segments))
    return Story(
        tuple(line.text for line in lines),
        marks_of(lines, page.segments, likely, numbers),
        doubtful(way.taken, page.segments, likely),
    )


def text_scores(
    table: Table, known: NDArray[np.float32], pages: Sequence[HtmlPage], found: Sequence[Story]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return what n-grams and the forest for flattened text say of the lines of each story.

    Both learn from the flattened pages of the other folds.
    """
    fold = np.array([zlib.crc32(page.domain.encode()) % FOLDS for page in table.pages])[table.page]
    words = [np.zeros(len(story.lines), np.float32) for story in found]
    first = [np.zeros(len(story.lines), np.float32) for story in found]
    for number in range(FOLDS):
        chosen = table.learned & (fold != number)
        model, forest = fit_words(table, chosen), fit_forest(table, known, chosen)
        for place, (page, story) in enumerate(zip(pages, found, strict=True)):
            if page.fold == number and story.lines:
                words[place] = model.decision_function(matrix(story.lines)).astype(np.float32)
                rows = first_columns(features(story.lines), words[place])
                first[place] = forest.predict(rows, raw_score=True).astype(np.float32)
    return np.concatenate(words), np.concatenate(first)


def story_rows(
    pages: Sequence[HtmlPage],
    found: Sequence[Story],
    words: NDArray[np.float32],
    first: NDArray[np.float32],
) -> Rows:
    """Return every line of every story, with its words and its marks in numbers."""
    sizes = [len(story.lines) for story in found]
    ends = np.cumsum(sizes)
    numbers = np.vstack(
        [
            page_columns(
                first_columns(features(story.lines), words[end - size : end]),
                first[end - size : end],
                story.marks,
            )
            for story, size, end in zip(found, sizes, ends, strict=True)
            if size
        ]
    )
    labels = [
        page.gold.label(line)
        for page, story in zip(pages, found, strict=True)
        for line in story.lines
    ]
    lengths = np.array([line.count(" ") + 1 for story in found for line in story.lines])
    news = np.repeat([page.news for page in pages], sizes)
    fold = np.repeat([page.fold for page in pages], sizes)
    weight = weights(lengths, news, np.repeat(sizes, sizes))
    return Rows(numbers, np.array(labels), fold, weight)  # fmt: skip


def train_pages(data: Path, out: Path, table: Table, known: NDArray[np.float32]) -> None:
    """Train both forests on the pages in *data* and write them to the folder *out*.

    Args:
        data: holds ``index.jsonl`` and ``html/``.
        out: where the forests go.
        table: the flattened pages.
        known: the columns of the first forest for flattened text.

    """
    pages = list(html_pages(data))
    lines = standing_rows(pages)
    found = stories(pages, lines.out_of_fold(KEEP))
    rows = story_rows(pages, found, *text_scores(table, known, pages, found))
    everywhere = np.ones(len(lines.label), bool)
    write_forest(lines.fit(everywhere, KEEP), out / "page_lines.onnx")
    everywhere = np.ones(len(rows.label), bool)
    write_forest(rows.fit(everywhere, DROP), out / "page.onnx")
