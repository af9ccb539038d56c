"""The parser as a spaCy component: it goes on from what the entity encoder sees of each token.

Three layers of its own follow, and from those come the ends of sentences, tags, rules of lemmas,
and a score for every pair of tokens (Dozat and Manning, ICLR 2017) that `trees` makes trees of.
Labels are those of Universal Dependencies.  As with entities, what is read together is always of
one article, and never more than one window.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.strings import StringStore
from spacy.tokens import Doc

from pipeline.assets import asset
from pipeline.encoder.windows import MOST, windows
from pipeline.enrich.lemmas import lemma
from pipeline.enrich.tokens import tokens
from pipeline.enrich.trees import heads
from pipeline.inference import open_session

PARSER = "fed_parser"
"""The name of the component's factory."""
SHIPPED = "models/parser"
SAID = ("arcs", "below", "above", "tags", "classes", "rules", "starts")
"""What the model gives of each token; *below* and *above* are halves of what tells a label."""
SET: list[int | str] = ["HEAD", "DEP", "TAG", "POS", "LEMMA"]
OF_SPACE = ("dep", "_SP", "SPACE")
ROOT = "ROOT"

Run = list[tuple[int, NDArray[np.int32]]]
"""Tokens that are read at once: the number of a doc, and numbers of tokens in it."""


def runs(docs: Sequence[Doc]) -> Iterator[Run]:
    """Yield all tokens of *docs* but those of space, in runs as long as an encoder's windows."""
    found = [tokens(doc) for doc in docs]
    texts = [doc.text if len(doc) > MOST else "" for doc in docs]  # only long ones are cut
    for window in windows(texts, found):
        yield [(number, found[number].ids[first:end]) for number, first, end in window]


class FedParser:
    """Sets heads, labels, tags and lemmas by the model in a folder, of states on ``doc.tensor``."""

    def __init__(self, folder: Path, strings: StringStore) -> None:
        """Read the model in *folder*; *strings* are those of the docs that will come."""
        meta = json.loads((folder / "meta.json").read_text("utf-8"))
        self.model = f"{meta['name']} {meta['version']}"
        self.rules: list[str] = meta["rules"]
        self._root = meta["labels"].index(ROOT)
        self._labels, self._tags, self._classes = (
            np.array([strings.add(name) for name in meta[kind]], np.uint64)
            for kind in ("labels", "tags", "classes")
        )
        self._of_space = [strings.add(name) for name in OF_SPACE]
        self._session = open_session(folder / "trees.onnx", in_windows=True)
        self._label_session = open_session(folder / "labels.onnx", in_windows=True)

    def __call__(self, doc: Doc) -> Doc:
        """Return *doc* with its trees."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:  # noqa: ARG002  (spaCy's name)
        """Yield the docs of one article with their trees; all are read before the first."""
        docs = list(stream)
        tables: list[Any] = [self._blank(doc) for doc in docs]  # spaCy's name for arrays is no type
        for run in runs(docs):
            self._read(docs, run, tables)
        for doc, table in zip(docs, tables, strict=True):
            yield doc.from_array(SET, table)

    def _blank(self, doc: Doc) -> NDArray[np.uint64]:
        """Return the values of `SET` for space: it hangs on what stands before it, or behind it."""
        table = np.empty((len(doc), len(SET)), np.uint64)
        table[:, 0] = np.int64(-1).astype(np.uint64)
        table[:, 1:4] = self._of_space
        table[:, 4] = doc.to_array("ORTH")
        table[:1, 0] = 1 if len(doc) > 1 and doc[0].is_space else 0
        return table

    def _read(self, docs: Sequence[Doc], run: Run, tables: Sequence[NDArray[np.uint64]]) -> None:
        """Fill in what the model says of a run."""
        states = np.concatenate([docs[number].tensor[places] for number, places in run])
        given = self._session.run(SAID, {"states": states[None]})
        arcs, below, above, tags, classes, rules, starts = (out[0] for out in given)
        begins = np.cumsum([0, *(len(places) for _, places in run)])
        starts[begins[:-1]] = 1
        found = heads(arcs, np.flatnonzero(starts > 0))
        labels = self._labels_of(below, above, found)
        for (number, places), begin, end in zip(run, begins, begins[1:], strict=False):
            table, part = tables[number], slice(begin, end)
            table[places, 0] = (places[found[part] - begin] - places).astype(np.uint64)
            table[places, 1] = labels[part]
            table[places, 2] = self._tags[tags[part]]
            table[places, 3] = self._classes[classes[part]]
            table[places, 4] = self._lemmas(docs[number], places, rules[part])

    def _labels_of(
        self, below: NDArray[np.float32], above: NDArray[np.float32], found: NDArray[np.intp]
    ) -> NDArray[np.uint64]:
        """Return the label of each token under its head; a root is its own and has the root's."""
        is_root = found == np.arange(len(found))
        given = {"below": below[None], "above": above[found + 1][None]}
        (best,) = self._label_session.run(("labels",), given)
        return np.asarray(self._labels[np.where(is_root, self._root, best[0])])

    def _lemmas(self, doc: Doc, places: NDArray[np.int32], rules: NDArray[np.intp]) -> list[int]:
        """Return the lemmas of tokens as spaCy's numbers."""
        add = doc.vocab.strings.add
        return [
            add(lemma(doc[place].text, self.rules[rule]))
            for place, rule in zip(places.tolist(), rules.tolist(), strict=True)
        ]


@Language.factory(
    PARSER,
    requires=["doc.tensor"],
    assigns=["token.head", "token.dep", "token.tag", "token.pos", "token.lemma",
             "token.is_sent_start", "doc.sents"],
)  # fmt: skip
def fed_parser(nlp: Language, name: str) -> FedParser:  # noqa: ARG001  (spaCy passes them)
    """Return the shipped parser."""
    return FedParser(asset(SHIPPED), nlp.vocab.strings)
