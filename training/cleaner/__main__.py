"""Train the line classifier on labelled pages and write its weights, with what it reaches.

    make train-cleaner DATA=folder

DATA holds ``index.jsonl``, ``html/`` and ``lines_SET.jsonl[.gz]``; docs/how-to/measure.md tells the
layout.  Figures are out of fold: by models that have not seen the site.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from training.cleaner import forests, kinds, page_forest, pages, report

VERSION = "1"


def main() -> None:
    """Train, measure out of fold, write the weights."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("data", type=Path)
    asked.add_argument("out", type=Path)
    given = asked.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    table = pages.tabulate(list(pages.read_pages(given.data)))
    known = forests.first_table(table, forests.word_scores(table))
    print(report.told(table, {"lines": forests.forest_scores(table, known)}), flush=True)
    write_text_models(given.out, table, known)
    kinds.write_kinds(kinds.fit_kinds(*kinds.lines_by_kind(given.data)), given.out / "kinds.npz")
    page_forest.train_pages(given.data, given.out, table, known)
    about = {"name": "lines", "version": VERSION}
    (given.out / "meta.json").write_text(json.dumps(about, indent=2) + "\n", "utf-8")


def write_text_models(out: Path, table: pages.Table, known: np.ndarray) -> None:
    """Write the n-gram weights and the forest for flattened text, made from all pages."""
    model = forests.fit_words(table, table.learned)
    np.save(out / "grams.npy", np.append(model.coef_[0], model.intercept_).astype(np.float16))
    forests.write_forest(forests.fit_forest(table, known, table.learned), out / "first.onnx")


if __name__ == "__main__":
    main()
