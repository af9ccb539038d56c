"""How good a parser is on a treebank: arcs, labels and tags, by spaCy's own scorer.

The texts go through the stage's language models as in production, and punctuation does not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import spacy
from spacy.pipeline.dep_parser import parser_score
from spacy.pipeline.tagger import tagger_score
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.vocab import Vocab

from pipeline.enrich.language_model import LanguageModels, Part


@dataclass(frozen=True, slots=True)
class Parsing:
    """Figures of a parser, 0 to 1."""

    uas: float
    """Share of the words whose head is right."""
    las: float
    """Share of the words whose head and label are right: of UD labels, as the treebanks have."""
    tag: float
    """Share of the words whose tag is right."""


def treebank(path: Path, quick: int = 0) -> list[Doc]:
    """Return the trees of a file, *quick* of them; 0: all."""
    docs = list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))
    return docs[:: max(1, len(docs) // quick)][:quick] if quick else docs


def parsing(gold: Sequence[Doc], models: LanguageModels) -> Parsing | None:
    """Return the figures of *models*; None where they parse nothing."""
    examples = []
    for doc in gold:
        with models.read("", doc.text, "en") as reading:
            examples.append(Example(joined(reading.parts, doc.vocab), doc))
    if not any(example.predicted.has_annotation("DEP") for example in examples):
        return None
    found = parser_score(examples) | tagger_score(examples)
    return Parsing(found["dep_uas"] or 0.0, found["dep_las"] or 0.0, found["tag_acc"] or 0.0)


def joined(parts: Sequence[Part], vocab: Vocab) -> Doc:
    """Return the parts of an article as one doc of its own: what spaCy lends ends with the zone."""
    tokens = [token for part in parts for token in part.doc]
    first = accumulate((len(part.doc) for part in parts), initial=0)
    heads = [
        begin + token.head.i
        for begin, part in zip(first, parts, strict=False)
        for token in part.doc
    ]
    parsed = any(token.dep for token in tokens)
    return Doc(
        vocab,
        words=[token.text for token in tokens],
        spaces=[bool(token.whitespace_) for token in tokens],
        tags=[token.tag_ for token in tokens],
        heads=heads if parsed else None,
        deps=[token.dep_ or "dep" for token in tokens] if parsed else None,
    )
