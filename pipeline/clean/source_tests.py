"""Runs the examples that stand beside the rules of a source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.clean.article import clean
from pipeline.clean.lines import laid_out
from pipeline.clean.source import Sources
from pipeline.clean.source_rules import SourceRules, matches
from pipeline.stage import Drop
from schemas import CleanArticle, RawArticle, RecordError, RemovedLine

if TYPE_CHECKING:
    from pipeline.clean.classifier.classifier import LineClassifier

SHOWN_CHARS = 80


@dataclass(frozen=True, slots=True)
class Example:
    """A raw article, and patterns of lines that must stay in it and that must go."""

    text: str
    headline: str = ""
    stay: Sequence[str] = ()
    go: Sequence[str] = ()


Way = tuple[int | str, ...]


def failures(
    rules: SourceRules, example: Example, classifier: LineClassifier | None = None
) -> Iterator[tuple[Way, str]]:
    r"""Yield the way to each pattern of *example* that is not kept to, and what happened instead.

    The *classifier* should be the one that will judge the source's articles.

    >>> text = "A cod was sold.\nA cod was eaten."
    >>> list(failures(SourceRules(), Example(text, go=("*eaten.",))))
    [(('go', 0), 'this line stays: A cod was eaten.')]
    """
    raw = RawArticle(id="test", source="test", content_type="", body=example.text,
                     headline=example.headline)  # fmt: skip
    try:
        article = clean(raw, sources=Sources({"test": rules}), classifier=classifier)
    except (RecordError, Drop) as error:
        yield ("text",), f"nothing is left of this text: {error}"
        return
    lines = list(judged(article))
    for name, patterns, taken in (("stay", example.stay, False), ("go", example.go, True)):
        for number, pattern in enumerate(patterns):
            if what := broken(pattern, lines, taken=taken):
                yield (name, number), what


def judged(article: CleanArticle) -> Iterator[tuple[str, RemovedLine | None]]:
    """Yield each raw line of *article*, with its cut if all of it went."""
    for pieces in laid_out(article):
        first = pieces[0]
        whole = first if len(pieces) == 1 and isinstance(first, RemovedLine) else None
        yield "".join(one if isinstance(one, str) else one.text for one in pieces), whole


def broken(pattern: str, lines: Sequence[tuple[str, RemovedLine | None]], *, taken: bool) -> str:
    """Return what is wrong with the lines of the form *pattern*; empty if nothing is."""
    found = [(text, cut) for text, cut in lines if matches(pattern, text)]
    if not found:
        return "no line of `text` looks like this"
    for text, cut in found:
        if cut is None and taken:
            return f"this line stays: {text[:SHOWN_CHARS]}"
        if cut is not None and not taken:
            return f"this line goes, by {cut.by} as {cut.kind}: {text[:SHOWN_CHARS]}"
    return ""
