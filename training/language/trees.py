"""Treebanks as what the parser learns from: the encoder's states of tokens, with all that is asked.

Each document is cut into paragraphs of a few sentences, and these are read in articles as in
production: states and windows are those that the shipped encoder gives.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from operator import eq
from pathlib import Path

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.tokens import Doc, DocBin

from pipeline.enrich.entity_encoder import EntityEncoder
from pipeline.enrich.fed_parser import Run, runs

LOWERED = 0.03
"""Share of paragraphs that lose their capitals."""
MOST_SENTENCES, MOST_PARAGRAPHS = 4, 8
RARE = 3
"""A rule of lemmas that was seen less often is not learned."""
UNKNOWN = -100
"""A rule that is not learned: it teaches nothing."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the parser can say, in the order of its outputs."""

    labels: tuple[str, ...]
    tags: tuple[str, ...]
    classes: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """A run of tokens: their states, and for each what is right.

    Heads count from 1, 0 is the root; they stand in the same run.
    """

    states: NDArray[np.float16]
    heads: NDArray[np.int64]
    labels: NDArray[np.int64]
    tags: NDArray[np.int64]
    classes: NDArray[np.int64]
    rules: NDArray[np.int64]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        """Return how many tokens it has."""
        return len(self.heads)


def treebank(paths: Iterable[Path]) -> list[Doc]:
    """Return the documents of some treebanks."""
    vocab = spacy.blank("en").vocab
    return [doc for path in paths for doc in DocBin().from_disk(path).get_docs(vocab)]


def names(docs: Sequence[Doc]) -> Names:
    """Return what stands in treebanks."""
    tokens = [token for doc in docs for token in doc]
    rules = Counter(rule_between(token.text, token.lemma_) for token in tokens)
    return Names(
        tuple(sorted({token.dep_ for token in tokens})),
        tuple(sorted({token.tag_ for token in tokens})),
        tuple(sorted({token.pos_ for token in tokens})),
        tuple(rule for rule, times in rules.most_common() if times >= RARE),
    )


def trees(
    docs: Sequence[Doc], encoder: EntityEncoder, known: Names, rng: random.Random
) -> Iterator[Tree]:
    """Yield all runs of *docs*, cut and put together at random."""
    numbers = tuple(
        {name: number for number, name in enumerate(one)}
        for one in (known.labels, known.tags, known.classes, known.rules)
    )
    held = list(paragraphs(docs, rng))
    while held:
        many = rng.randint(1, MOST_PARAGRAPHS)
        article, held = held[:many], held[many:]
        for run in runs(list(encoder.pipe(article))):
            if tree := answered(article, run, numbers):
                yield tree


def paragraphs(docs: Sequence[Doc], rng: random.Random) -> Iterator[Doc]:
    """Yield *docs* in parts of a few sentences, in a random order of documents."""
    for doc in rng.sample(docs, len(docs)):
        sentences = list(doc.sents)
        while sentences:
            many = rng.randint(1, MOST_SENTENCES)
            yield part(doc, sentences[0].start, sentences[:many][-1].end, rng.random() < LOWERED)
            sentences = sentences[many:]


def part(doc: Doc, start: int, end: int, lowered: bool) -> Doc:  # noqa: FBT001
    """Return some sentences of *doc* as a document."""
    tokens = doc[start:end]
    return Doc(
        doc.vocab,
        words=[token.lower_ if lowered else token.text for token in tokens],
        spaces=[bool(token.whitespace_) for token in tokens],
        heads=[token.head.i - start for token in tokens],
        deps=[token.dep_ for token in tokens],
        tags=[token.tag_ for token in tokens],
        pos=[token.pos_ for token in tokens],
        lemmas=[token.lemma_ for token in tokens],
    )


def answered(docs: Sequence[Doc], run: Run, numbers: Sequence[dict[str, int]]) -> Tree | None:
    """Return a run with all that is asked; None where it cuts a sentence."""
    tokens = [(number, docs[number][at]) for number, places in run for at in places.tolist()]
    rows = {(number, token.i): row for row, (number, token) in enumerate(tokens, 1)}
    labels, tags, classes, rules = numbers
    found = []
    for number, token in tokens:
        head = 0 if token.head == token else rows.get((number, token.head.i), UNKNOWN)
        rule = rules.get(rule_between(token.text, token.lemma_), UNKNOWN)
        found.append((
            head, labels[token.dep_], tags[token.tag_], classes[token.pos_], rule,
            bool(token.is_sent_start),
        ))  # fmt: skip
    table = np.array(found, np.int64).T
    states = np.concatenate([docs[number].tensor[places] for number, places in run])
    return None if table[0].min() == UNKNOWN else Tree(states.astype(np.float16), *table)


def rule_between(form: str, lemma: str) -> str:
    """Return the shortest rule, as `pipeline.enrich.lemmas` reads it, that makes *lemma* of *form*.

    >>> rule_between("Oslo", "Oslo"), rule_between("Cities", "city"), rule_between("went", "go")
    ('k0+', 'l3+y', 'k4+go')
    """
    found = []
    for way, word in (("k", form), ("l", form.lower())):
        kept = sum(takewhile(bool, map(eq, word, lemma)))
        found.append(f"{way}{len(word) - kept}+{lemma[kept:]}")
    return min(found, key=len)
