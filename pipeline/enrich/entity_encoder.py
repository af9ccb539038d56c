"""The entity encoder as a spaCy component: a small transformer in int8 that tags every token.

It reads the pieces of one article in windows, so the same article always gives the same mentions:
int8 activations are scaled by what is read together, and that is never more than one window.  What
its third layer sees of each token stays on ``doc.tensor``, for the parser to go on from.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.assets import asset
from pipeline.encoder.windows import windows
from pipeline.encoder.word_pieces import FIRST, SEPARATOR, Pieces
from pipeline.encoder.word_table import word_table
from pipeline.enrich.tags import Tags
from pipeline.enrich.tokens import first_pieces, means, tokens
from pipeline.inference import open_session

ENCODER = "entity_encoder"
"""The component's name in a spaCy pipeline."""
SHIPPED = "models/entities"
WORDS = "models/words"
WIDTH = 384
"""Numbers of a state."""


Said = tuple[NDArray[np.float32], NDArray[np.float32]]
"""Of pieces, a row for each: the scores of all tags, and the state after the third layer."""


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
        self._session = open_session(folder / "encoder.onnx", in_windows=True)

    def __call__(self, doc: Doc) -> Doc:
        """Return *doc* with its mentions."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:  # noqa: ARG002  (spaCy's name)
        """Yield the docs of one article with their mentions; all are read before the first."""
        docs = list(stream)
        texts = [doc.text for doc in docs]
        pieces = [self._words.pieces.of(text) for text in texts]
        said = self.read(texts, pieces)
        found = [list(self.told(*one)) for one in zip(docs, pieces, said, strict=True)]
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

    def read(self, texts: Sequence[str], pieces: Sequence[Pieces]) -> Iterator[Said]:
        """Yield for each text the scores of the tags of each piece, and its state."""
        parts = [self._run(pieces, window) for window in windows(texts, pieces)]
        parts = parts or [(np.empty((0, 0), np.float32), np.empty((0, WIDTH), np.float32))]
        scores, states = (np.concatenate(rows) for rows in zip(*parts, strict=True))
        done = 0
        for found in pieces:
            rows = slice(done, done + len(found))
            yield scores[rows], states[rows]
            done = rows.stop

    def _run(self, pieces: Sequence[Pieces], window: Sequence[tuple[int, int, int]]) -> Said:
        """Return the scores and the states of one window."""
        ids = np.concatenate([[FIRST], *(pieces[n].ids[a:b] for n, a, b in window), [SEPARATOR]])
        cases = np.concatenate([[0], *(pieces[n].cases[a:b] for n, a, b in window), [0]])
        given = {"vectors": self._words.vectors(ids)[None], "types": cases[None].astype(np.int64)}
        scores, states = self._session.run(("scores", "states"), given)
        return scores[0, 1:-1], states[0, 1:-1]

    def told(self, doc: Doc, pieces: Pieces, said: Said) -> Iterator[Mention]:
        """Put the states of its tokens on *doc*, and yield its mentions."""
        scores, states = said
        doc.tensor = np.zeros((len(doc), WIDTH), np.float32)
        if len(pieces):
            found = tokens(doc)
            first, own = first_pieces(found, pieces)
            doc.tensor[found.ids] = means(states, first)
            yield from self.mentions(doc, found.ids[own], scores[first[own]])

    def mentions(
        self, doc: Doc, numbers: NDArray[np.int32], scores: NDArray[np.float32]
    ) -> Iterator[Mention]:
        """Yield the mentions of *doc*, of tokens with those *numbers*; each has its scores."""
        for first, end, _ in self.tags.mentions(self.tags.best(scores)):
            start, stop = int(numbers[first]), int(numbers[end - 1]) + 1
            yield Mention(start, stop, doc[start:stop].text, self.tags.likely(scores[first:end]))


@Language.factory(ENCODER, assigns=["doc.ents", "doc.tensor", "token.ent_iob", "token.ent_type"])
def entity_encoder(nlp: Language, name: str) -> EntityEncoder:  # noqa: ARG001  (spaCy passes them)
    """Return the shipped entity encoder."""
    return EntityEncoder(asset(SHIPPED), asset(WORDS))
