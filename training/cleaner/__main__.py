"""Train the line classifier on labelled pages and write its weights, with what it reaches.

    python -m training.cleaner DATA OUT [--words FOLDER] [--epochs 2.7]

DATA holds ``index.jsonl``, ``html/`` and ``lines_SET.jsonl[.gz]``; docs/how-to/train-the-cleaner.md
tells the layout.  Figures are out of fold: by models that have not seen the site.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from pipeline.encoder.word_table import WordTable
from training.cleaner import encoder, export, forests, kinds, net, pages, report

BAND = (0.05, 0.95)
"""Shares of the first forest between which the encoder reads a line."""
VERSION = "1"


def main() -> None:
    """Train, measure out of fold, write the weights."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("data", type=Path)
    asked.add_argument("out", type=Path)
    asked.add_argument("--words", type=Path, default=Path("models/words"))
    asked.add_argument("--epochs", type=float, default=encoder.Plan.epochs)
    given = asked.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    words = word_table(given.words)
    table = pages.tabulate(list(pages.read_pages(given.data)))
    plan = encoder.Plan(epochs=given.epochs)
    scores = forests.word_scores(table)
    known = forests.first_table(table, scores)
    first = forests.forest_scores(table, known)
    read = encoder.out_of_fold(table, first, words, BAND, plan)
    second = forests.forest_scores(table, forests.second_table(table, known, first, read))
    write_cheap(given.out, table, known)
    last = encoder.train(table, first, words, -1, plan)
    export.write_encoder(last, given.out / "encoder.onnx")
    final = forests.second_table(table, known, first, read)
    forests.write_forest(forests.fit_forest(table, final, table.known), given.out / "second.onnx")
    kinds.write_kinds(kinds.fit_kinds(*kinds.lines_by_kind(given.data)), given.out / "kinds.npz")
    about = {"name": "lines", "version": VERSION, "band": BAND}
    (given.out / "meta.json").write_text(json.dumps(about, indent=2) + "\n", "utf-8")
    print(report.told(table, {"first": first, "second": second}))


def word_table(folder: Path) -> WordTable:
    """Return the word table in *folder*, which is made from the base model if it is missing."""
    if not (folder / "rows.npy").exists():
        folder.mkdir(parents=True, exist_ok=True)
        pieces, rows, scales = net.word_rows()
        (folder / "vocabulary.txt").write_text("\n".join(pieces), "utf-8")
        np.save(folder / "rows.npy", rows)
        np.save(folder / "scales.npy", scales)
    return WordTable(folder)


def write_cheap(out: Path, table: pages.Table, known: np.ndarray) -> None:
    """Write the n-gram weights and the first forest, of all pages."""
    model = forests.fit_words(table, table.known)
    np.save(out / "grams.npy", np.append(model.coef_[0], model.intercept_).astype(np.float16))
    forests.write_forest(forests.fit_forest(table, known, table.known), out / "first.onnx")


if __name__ == "__main__":
    main()
