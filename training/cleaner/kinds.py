"""Training of the kinds: which sort of noise a line is, from its n-grams."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import SGDClassifier

from pipeline.clean.classifier.grams import grams
from pipeline.clean.classifier.kinds import KIND_BITS, narrowed
from training.cleaner.pages import rows

NAMES = {
    "related-link teaser": "related", "read-more / related marker": "read-more",
    "newsletter/sign-up": "newsletter", "consent/cookie": "consent",
    "advertisement marker": "advert", "share/social": "share", "photo caption/credit": "caption",
    "author bio / byline": "byline", "live-blog stamp": "stamp", "date/time/meta": "stamp",
    "copyright/source trailer": "trailer", "navigation": "navigation",
    "short link (in body)": "navigation", "comments": "comments",
    "paywall/subscription": "paywall", "tags/topics": "tags", "player/UI control": "player",
    "other long": "other", "other medium": "other", "other short": "other",
}  # fmt: skip
"""The kinds of the labelled lines in our words."""
FILES = ("lines_col", "lines_body", "lines_col_other")
MOST = 4000
"""So many different lines of a kind are learned from."""


def lines_by_kind(folder: Path, seed: int = 5) -> tuple[list[str], list[str]]:
    """Return different noise lines of the labelled pages, and their kinds."""
    found: dict[str, dict[str, None]] = {}
    for name in FILES:
        for page in rows(folder / f"{name}.jsonl"):
            for line, label, kind in zip(page["lines"], page["labels"], page["kinds"], strict=True):
                if label == "drop" and kind in NAMES:
                    found.setdefault(NAMES[kind], {})[line] = None
    rng = np.random.default_rng(seed)
    lines: list[str] = []
    kinds: list[str] = []
    for kind, held in sorted(found.items()):
        some = rng.permutation(np.array(list(held), object))[:MOST].tolist()
        lines += some
        kinds += [kind] * len(some)
    return lines, kinds


def fit_kinds(lines: list[str], kinds: list[str]) -> SGDClassifier:
    """Return a logistic regression for each kind."""
    found = narrowed(grams(lines))
    size = 1 << KIND_BITS
    table = sp.csr_matrix((found.value, (found.line, found.column)), shape=(len(lines), size))
    model = SGDClassifier("log_loss", alpha=2e-6, class_weight="balanced", random_state=5)
    return model.fit(table, kinds)


def write_kinds(model: SGDClassifier, path: Path) -> None:
    """Write the weights in int8 to *path*."""
    weights = model.coef_
    scales = np.abs(weights).max(1) / 127
    np.savez_compressed(
        path, weights=np.rint(weights / scales[:, None]).astype(np.int8),
        scales=scales.astype(np.float32), bias=model.intercept_.astype(np.float32),
        names=np.array(model.classes_, dtype="U12"),
    )  # fmt: skip
