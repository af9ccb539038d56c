"""How good a cleaner is: of pages by runs of four words, of lines by the lines it drops."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import mean

from bench.dataset import Lines, Page, words_of

WORD = re.compile(r"\w+")
RUN = 4
LOST = 0.8
"""A page of which less than this share of the gold words is left has lost its text."""
OPTIONAL = 0.5
"""A standfirst counts if at least this share of it is in the output; else nobody asks for it."""

Runs = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class OfPages:
    """Figures of a tool over pages; precision, recall and F1 in runs of words, mean of pages."""

    pages: int
    precision: float
    recall: float
    f1: float
    lost: int
    """Pages with less than `LOST` of the gold words."""
    noisy: float
    """Share of the pages labelled for it with at least one line that is clear noise."""


@dataclass(frozen=True, slots=True)
class OfLines:
    """Figures of a tool over labelled lines; of the class *drop*."""

    pages: int
    lines: int
    precision: float
    recall: float
    f1: float
    words_lost: float
    """Share of the words of lines to keep that were dropped."""
    right: float
    """Share of pages with every line right."""


def of_pages(pages: Sequence[Page], texts: Sequence[str]) -> OfPages:
    """Return how near *texts* are to the gold of *pages*."""
    shares = [overlap(gold_of(page, text), text) for page, text in zip(pages, texts, strict=True)]
    looked = [
        (page, text) for page, text in zip(pages, texts, strict=True) if page.noise is not None
    ]
    made = [tp / (tp + fp) for tp, fp, _ in shares if tp + fp]
    found = [tp / (tp + fn) for tp, _, fn in shares if tp + fn]
    precision, recall = mean(made) if made else 0.0, mean(found) if found else 0.0
    return OfPages(
        pages=len(pages),
        precision=precision,
        recall=recall,
        f1=harmonic(precision, recall),
        lost=sum(kept(page.gold, text) < LOST for page, text in zip(pages, texts, strict=True)),
        noisy=sum(noisy(*one) for one in looked) / len(looked) if looked else 0.0,
    )


def overlap(gold: str, text: str) -> tuple[int, int, int]:
    """Return how many runs are in both, in *text* alone, in *gold* alone."""
    wanted, given = runs(gold), runs(text)
    both = (wanted & given).total()
    return both, given.total() - both, wanted.total() - both


def runs(text: str) -> Runs:
    """Return the runs of four words of *text*; a shorter text is one run."""
    words = WORD.findall(text)
    if len(words) < RUN:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[start:] for start in range(RUN)), strict=False))


def gold_of(page: Page, text: str) -> str:
    """Return the gold of *page* without the optional paragraphs that *text* leaves out."""
    gold, given, words = page.gold, runs(text), set(WORD.findall(text))
    for paragraph in page.optional:
        wanted = runs(paragraph)
        if not wanted:
            continue
        few = WORD.findall(paragraph)
        share = (wanted & given).total() / wanted.total()
        if (share if len(few) >= RUN else float(words.issuperset(few))) < OPTIONAL:
            gold = gold.replace(paragraph, "\n", 1)
    return gold


def kept(gold: str, text: str) -> float:
    """Return the share of the words of *gold* that are in *text*."""
    wanted, given = Counter(WORD.findall(gold)), Counter(WORD.findall(text))
    return (wanted & given).total() / wanted.total() if wanted else 1.0


def noisy(page: Page, text: str) -> bool:
    """Say whether a line of *text* is one of the lines of *page* that are noise."""
    if not page.noise:
        return False
    story = {words_of(line) for line in page.gold.splitlines()}
    return any(
        (words := words_of(line)) in page.noise and words not in story for line in text.splitlines()
    )


def of_lines(texts: Sequence[Lines], dropped: Sequence[Collection[int]]) -> OfLines:
    """Return how well *dropped* (numbers of lines, from 0) agree with the labels of *texts*."""
    right = wrong = missed = clean = lines = 0
    words = lost = 0
    for text, gone in zip(texts, dropped, strict=True):
        faults = 0
        for number, (line, label) in enumerate(zip(text.lines, text.labels, strict=True)):
            if label == "skip":
                continue
            lines += 1
            drop, cut = label == "drop", number in gone
            right, wrong, missed = (
                right + (drop and cut),
                wrong + (cut > drop),
                missed + (drop > cut),
            )
            faults += drop != cut
            count = 0 if drop else len(WORD.findall(line))
            words, lost = words + count, lost + count * cut
        clean += not faults
    precision = right / (right + wrong) if right + wrong else float(not missed)
    recall = right / (right + missed) if right + missed else 1.0
    return OfLines(
        pages=len(texts), lines=lines, precision=precision, recall=recall,
        f1=harmonic(precision, recall), words_lost=lost / words if words else 0.0,
        right=clean / len(texts) if texts else 0.0,
    )  # fmt: skip


def harmonic(one: float, other: float) -> float:
    """Return the harmonic mean.

    >>> harmonic(1.0, 0.5)
    0.6666666666666666
    """
    return 2 * one * other / (one + other) if one + other else 0.0
