"""Pages with the text that people took for the story: every line of them, labelled by it."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.found import Taken, found_again
from pipeline.clean.page import extracted, parsed
from pipeline.clean.scan import scanned
from pipeline.clean.segments import Segment, segments_of
from pipeline.clean.standing import Standing
from pipeline.clean.story import asked_of
from pipeline.clean.told import told_body, told_shares
from schemas import RecordError
from training.cleaner.pages import DROP, FOLDS, KEEP, SKIP

WORD = re.compile(r"\w+")
SHORT = 4
"""Shorter lines are of the story if they are a paragraph of it."""
SAME, OTHER = 0.8, 0.2
"""From here, and up to there, a line shares its words in threes with the story."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one way of extracting took of a page, and where its lines stand."""

    taken: list[Taken]
    asked: list[int]
    """The places of the lines that may be story."""
    numbers: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A page with its visible lines, its two extractions and the label of each line."""

    id: str
    domain: str
    news: bool
    title: str
    segments: list[Segment]
    ways: tuple[Extraction, Extraction]
    """The quick way and the thorough one."""
    gold: Gold

    @property
    def fold(self) -> int:
        """Return the fold of the page's site."""
        return zlib.crc32(self.domain.encode()) % FOLDS


class Gold:
    """The story of a page as people took it."""

    def __init__(self, text: str, optional: Sequence[str], title: str) -> None:
        """Take the paragraphs of *text*; those of *optional* and the *title* count neither way."""
        words = WORD.findall(text)
        self._threes = set(zip(words, words[1:], words[2:], strict=False))
        self._lines = {folded(line) for line in text.split("\n")}
        self._either = {folded(line) for line in (*optional, title)} - {""}

    def label(self, line: str) -> int:
        """Return whether *line* is of the story; SKIP where that cannot be told."""
        words = WORD.findall(line)
        if not words or folded(line) in self._either:
            return SKIP
        if len(words) < SHORT:
            return KEEP if folded(line) in self._lines else DROP
        threes = list(zip(words, words[1:], words[2:], strict=False))
        share = sum(three in self._threes for three in threes) / len(threes)
        return KEEP if share >= SAME else DROP if share <= OTHER else SKIP


def folded(text: str) -> str:
    """Return the words of *text*, one space between two."""
    return " ".join(WORD.findall(text))


def html_pages(folder: Path) -> Iterator[HtmlPage]:
    """Yield the pages of ``index.jsonl`` in *folder*, but for those whose gold is a tool's."""
    for line in (folder / "index.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        if row["gold_kind"] == "tool-output":
            continue
        html = (folder / row["html_path"]).read_text("utf-8")
        try:
            yield html_page(row, html)
        except RecordError as error:
            print(f"{row['id']}: {error}")


def html_page(row: dict[str, str], html: str) -> HtmlPage:
    """Return the page of a *row* of the index."""
    html, linked_data = scanned(html)
    tree = parsed(html)
    segments = segments_of(tree)
    standing = Standing(segments, told_shares(segments, told_body(linked_data)))
    ways = []
    for fast in (True, False):
        taken = found_again(extracted(tree, fast=fast), segments)
        ways.append(Extraction(taken, *asked_of(taken, len(segments), standing)))
    title = row.get("title") or ""
    gold = Gold(row["gold_text"], row.get("optional") or (), title)
    return HtmlPage(
        row["id"], row["domain"], bool(row["news"]), title, segments, (ways[0], ways[1]), gold
    )
