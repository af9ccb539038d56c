"""A tiny folder of labelled texts of our own, laid out as docs/how-to/measure.md says."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin

CLASSES = ["PER", "ORG", "LOC", "NORP", "DATE", "MONEY"]
NAMES = "Angela Merkel met Emmanuel Macron in Paris. Germany will pay France $3 million."
QUOTES = '"We will act before the week is over," said Angela Merkel. Nobody in Paris believed it.'
DATES = "The minister left on 4 March 2022. He had been in office for three years."


def span(text: str, words: str, label: str) -> list[object]:
    """Return the first occurrence of *words* with its label."""
    start = text.index(words)
    return [start, start + len(words), label]


def labelled_texts(folder: Path) -> Path:
    """Write a set of each kind and a treebank of one sentence; return the folder."""
    names = [span(NAMES, "Angela Merkel", "PERSON"), span(NAMES, "Emmanuel Macron", "PERSON"),
             span(NAMES, "Paris", "GPE"), span(NAMES, "Germany", "GPE"),
             span(NAMES, "France", "GPE"), span(NAMES, "$3 million", "MONEY")]  # fmt: skip
    rows = [{"id": str(n), "text": NAMES, "ents": names, "classes": CLASSES} for n in range(3)]
    (folder / "own-news.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    end = QUOTES.index(" said")
    quote = {"kind": "direct", "start": 0, "end": end, "source": [{"text": "Angela Merkel"}],
             "content": [{"spans": [[0, end]]}]}  # fmt: skip
    with gzip.open(folder / "own-quotes.jsonl.gz", "wt") as file:
        file.write(json.dumps({"id": "q", "text": QUOTES, "pub_date": "2022-03-07",
                               "quotes": [quote]}))  # fmt: skip
    day, years = span(DATES, "4 March 2022", ""), span(DATES, "three years", "")
    timexes = [
        {"start": day[0], "end": day[1], "type": "DATE", "value": "2022-03-04"},
        {"start": years[0], "end": years[1], "type": "DURATION", "value": "P3Y"},
    ]
    dated = {"id": "d", "text": DATES, "pub_date": "2022-03-07", "timexes": timexes}
    (folder / "own-dates.jsonl").write_text(json.dumps(dated))
    (folder / "events.jsonl").write_text(json.dumps({"id": "e", "text": "x", "events": []}))
    DocBin(docs=[tree()]).to_disk(folder / "ud-own.spacy")
    return folder


def tree() -> Doc:
    """Return a sentence with its tree."""
    words = ["The", "minister", "left", "the", "old", "town", "."]
    return Doc(
        spacy.blank("en").vocab, words=words, spaces=[True] * 5 + [False, False],
        heads=[1, 2, 2, 5, 5, 2, 2], tags=["DT", "NN", "VBD", "DT", "JJ", "NN", "."],
        deps=["det", "nsubj", "ROOT", "det", "amod", "obj", "punct"],
    )  # fmt: skip
