"""The entity encoder as a spaCy component: a small transformer in int8 that tags every token.

It reads the pieces of one article in windows, so the same article always gives the same mentions:
int8 activations are scaled by what is read together, and that is never more than one window.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.assets import asset
from pipeline.encoder.windows import windows
from pipeline.encoder.word_pieces import FIRST, SEPARATOR, Pieces
from pipeline.encoder.word_table import word_table
from pipeline.enrich.tags import Tags
from pipeline.inference import open_session

ENCODER = "entity_encoder"
"""The component's name in a spaCy pipeline."""
SHIPPED = "models/entities"
WORDS = "models/words"


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention on its way: first token and end, its words, how likely each label is."""

    start: int
    end: int
    text: str
    likely: NDArray[np.float32]
    """Log-probabilities in the order of `Tags.labels`."""


class EntityEncoder:
    """Sets ``doc.ents`` by the model in a folder (``encoder.onnx``, ``meta.json``)."""

    def __init__(self, folder: Path, words: Path) -> None:
        """Read the model in *folder* and the word table in *words*."""
        meta = json.loads((folder / "meta.json").read_text("utf-8"))
        self.model = f"{meta['name']} {meta['version']}"
        self.tags = Tags(meta["tags"])
        self._words = word_table(words)
        self._session = open_session(folder / "encoder.onnx")

    def __call__(self, doc: Doc) -> Doc:
        """Return *doc* with its mentions."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:  # noqa: ARG002  (spaCy's name)
        """Yield the docs of one article with their mentions; all are read before the first."""
        docs = list(stream)
        texts = [doc.text for doc in docs]
        pieces = [self._words.pieces.of(text) for text in texts]
        scores = self.scores(texts, pieces)
        found = [list(self.mentions(*one)) for one in zip(docs, pieces, scores, strict=True)]
        labels = self.agreed(mention for mentions in found for mention in mentions)
        for doc, mentions in zip(docs, found, strict=True):
            doc.ents = [Span(doc, one.start, one.end, label=labels[one.text]) for one in mentions]
            yield doc

    def agreed(self, mentions: Iterable[Mention]) -> dict[str, str]:
        """Return the label of each name: the one that its mentions make likeliest together."""
        totals: dict[str, NDArray[np.float32]] = {}
        for one in mentions:
            totals[one.text] = totals.get(one.text, 0) + one.likely
        return {text: self.tags.labels[total.argmax()] for text, total in totals.items()}

    def scores(self, texts: Sequence[str], pieces: Sequence[Pieces]) -> list[NDArray[np.float32]]:
        """Return for each text a row for each of its pieces, with a column for each tag."""
        out = [np.zeros((len(found), len(self.tags.names)), np.float32) for found in pieces]
        for window in windows(texts, pieces):
            ids = np.concatenate(
                [[FIRST], *(pieces[n].ids[a:b] for n, a, b in window), [SEPARATOR]]
            )
            cases = np.concatenate([[0], *(pieces[n].cases[a:b] for n, a, b in window), [0]])
            rows = self._run(ids, cases)[1:-1]
            done = 0
            for number, first, end in window:
                out[number][first:end] = rows[done : done + end - first]
                done += end - first
        return out

    def _run(self, ids: NDArray[Any], cases: NDArray[Any]) -> NDArray[np.float32]:
        """Return what the encoder says of one window."""
        given = {"vectors": self._words.vectors(ids)[None], "types": cases[None].astype(np.int64)}
        return np.asarray(self._session.run(None, given)[0][0], np.float32)

    def mentions(self, doc: Doc, pieces: Pieces, scores: NDArray[np.float32]) -> Iterator[Mention]:
        """Yield the mentions of *doc*; a token speaks by its first piece."""
        tokens = [token for token in doc if not token.is_space]
        starts = np.array([token.idx for token in tokens], np.int64)
        ends = np.array([token.idx + len(token) for token in tokens], np.int64)
        at = np.searchsorted(pieces.starts, starts)
        told = np.flatnonzero(at < len(pieces))
        told = told[pieces.starts[at[told]] < ends[told]]
        said = scores[at[told]]
        for first, end, _ in self.tags.mentions(self.tags.best(said)):
            start, stop = tokens[told[first]].i, tokens[told[end - 1]].i + 1
            yield Mention(start, stop, doc[start:stop].text, self.tags.likely(said[first:end]))


@Language.factory(ENCODER, assigns=["doc.ents", "token.ent_iob", "token.ent_type"])
def entity_encoder(nlp: Language, name: str) -> EntityEncoder:  # noqa: ARG001  (spaCy passes them)
    """Return the shipped entity encoder."""
    return EntityEncoder(asset(SHIPPED), asset(WORDS))
