"""What a classifier reaches out of fold: precision, recall, F1 and the words of stories lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from training.cleaner.pages import DROP, KEEP, Table

MOST_LOST = 0.003
"""The careful setting loses at most this share of the words of stories."""


def told(table: Table, scores: Mapping[str, NDArray[np.float32]]) -> str:
    """Return a table: for each set, model and threshold, news pages and all pages."""
    head = "| set | model | threshold | news P | R | F1 | words lost % | all P | R | F1 | lost % |"
    return "\n".join([head, "|" + "---|" * 11, *rows(table, scores)])


def rows(table: Table, scores: Mapping[str, NDArray[np.float32]]) -> Iterator[str]:
    """Yield the rows of the table; thresholds are those of all pages of the first set."""
    main = table.known & (table.set == table.set[0])
    for name in dict.fromkeys(table.set.tolist()):
        held = table.known & (table.set == name)
        for model, odds in scores.items():
            for setting, at in thresholds(table, odds, main).items():
                found = [figures(table, odds >= at, held & chosen) for chosen in (table.news, True)]
                share = 1 / (1 + np.exp(-at))
                yield f"| {name} | {model} | {setting} {share:.3f} | " + " | ".join(found) + " |"


def thresholds(
    table: Table, odds: NDArray[np.float32], chosen: NDArray[np.bool_]
) -> dict[str, float]:
    """Return the log-odds of the best F1, and of the most words that may be lost."""
    label, words = table.label[chosen], table.words[chosen]
    order = np.argsort(-odds[chosen])
    right = np.cumsum(label[order] == DROP)
    f1 = 2 * right / (np.arange(1, len(order) + 1) + (label == DROP).sum())
    lost = np.cumsum(words[order] * (label[order] == KEEP)) / words[label == KEEP].sum()
    last = int(np.searchsorted(lost, MOST_LOST, "right")) - 1
    ranked = odds[chosen][order]
    return {"balanced": float(ranked[f1.argmax()]), "careful": float(ranked[max(last, 0)])}


def figures(table: Table, cut: NDArray[np.bool_], chosen: NDArray[np.bool_]) -> str:
    """Return precision, recall, F1 and words lost of what is *cut* of the *chosen* lines."""
    label, taken, words = table.label[chosen], cut[chosen], table.words[chosen]
    right = (taken & (label == DROP)).sum()
    precision = right / max(taken.sum(), 1)
    recall = right / max((label == DROP).sum(), 1)
    lost = words[taken & (label == KEEP)].sum() / words[label == KEEP].sum()
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"{precision:.3f} | {recall:.3f} | {f1:.3f} | {100 * lost:.2f}"
