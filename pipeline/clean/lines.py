"""The line cleaner: says of each line whether it belongs to the story, and keeps what it cuts.

It works on text that was extracted before, by us from a page or by somebody else.  Every cut knows
where it stood, so the text can be put together again (`restore`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from pipeline.clean.cut import Cut
from pipeline.clean.judge import Cleaning, Judge
from pipeline.clean.rules import RULES, Inline, Line
from pipeline.clean.rules.line import is_prose, words_of
from pipeline.clean.source import NOTHING, Source
from schemas import CleanArticle, Kind, RecordError, RemovedLine

if TYPE_CHECKING:
    from pipeline.clean.classifier.classifier import LineClassifier
    from pipeline.clean.marks import Mark

BLANK = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\ufeff\u200b\u200e\u200f"
"""White space, and marks that nobody sees: stripped from both ends of a line."""
MAX_LINES = 10_000
HEADLINE_WORDS = 30


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The story of a text, and the cuts in the order of the text."""

    text: str
    removed: tuple[RemovedLine, ...]
    headline: str

    def of_kind(self, *kinds: Kind, least: float = 1.0) -> tuple[str, ...]:
        """Return the words that were taken out as one of *kinds*, and at *least* so surely.

        A rule is sure; the kind that the classifier guesses is no ground for a field.
        """
        return tuple(cut.text for cut in self.removed if cut.kind in kinds and cut.score >= least)


def clean_lines(
    text: str,
    headline: str = "",
    cleaning: Cleaning = "balanced",
    *,
    own_headline: bool = True,
    source: Source = NOTHING,
    classifier: LineClassifier | None = None,
    marks: Sequence[Mark | None] = (),
) -> Cleaned:
    """Return the story in *text* and what was cut.

    Args:
        text: lines separated by a newline.
        headline: the headline, where it is known.
        cleaning: how sure one must be to cut.
        own_headline: whether the first line may be taken as the headline if none is known.
        source: what is known of the source of the text.
        classifier: judges what no rule knows; None: the rules alone.
        marks: what a page knows of each line of *text*; none for flattened text.

    """
    lines = split(text)
    found = headline or (first_headline(lines) if own_headline else "")
    judge = Judge(cleaning, classifier)
    inline = judge.inline
    body: list[str] = []
    removed: list[RemovedLine] = []
    at = 0
    for line, cut in zip(lines, judge.cuts(lines, found, source, marks), strict=True):
        parts = [] if cut or source.rules.keeps(line) else within(line, inline)
        kept = "" if cut else without(line.text, parts)
        if kept:
            removed += [part_taken(line, parts, number, at) for number in range(len(parts))]
            body.append(kept)
            at += len(kept) + 2
        else:
            removed.append(line_taken(line, cut or parts[0], at))
    text = "\n\n".join(body)
    return Cleaned(text, tuple(within_text(cut, len(text)) for cut in removed), found)


def split(text: str) -> list[Line]:
    r"""Return the lines of *text* that are not blank, each with its neighbours.

    >>> [(line.text, line.number, line.start) for line in split("One\n\n  Two \n")]
    [('One', 0, 0), ('Two', 2, 7)]
    """
    spans, start = [], 0
    for number, line in enumerate(text.split("\n")):
        if stripped := line.strip(BLANK):
            spans.append((number, start + len(line) - len(line.lstrip(BLANK)), stripped))
        start += len(line) + 1
    if len(spans) > MAX_LINES:
        raise RecordError("too_big", f"the text has {len(spans)} lines; {MAX_LINES} are read")
    prose = [is_prose(text) for _, _, text in spans]
    words = words_of(" ".join(text for (_, _, text), yes in zip(spans, prose, strict=True) if yes))
    before = [0, *accumulate(prose)]
    return [
        one_line(spans, place, words, (before[place], before[-1] - before[place + 1]))
        for place in range(len(spans))
    ]


def one_line(
    spans: Sequence[tuple[int, int, str]], place: int, words: frozenset[str], prose: tuple[int, int]
) -> Line:
    """Return the line at *place* of *spans* (number, start, words), *prose* before and after it."""
    number, start, text = spans[place]
    before = spans[place - 1] if place else None
    after = spans[place + 1] if place + 1 < len(spans) else None
    return Line(
        text=text,
        number=number,
        start=start,
        end=start + len(text),
        previous=before[2] if before else "",
        next=after[2] if after else "",
        blank_before=before is None or number - before[0] > 1,
        blank_after=after is None or after[0] - number > 1,
        place=place,
        left=len(spans) - place - 1,
        prose_before=prose[0],
        prose_after=prose[1],
        story=words,
    )


def first_headline(lines: Sequence[Line]) -> str:
    r"""Return the first line if it looks like the headline of what follows, else an empty string.

    >>> first_headline(split("Talks fail in Oslo\nMinisters left the city of Oslo on Monday after "
    ...     "two days of talks on cod."))
    'Talks fail in Oslo'
    """
    if not lines or not 2 <= lines[0].words <= HEADLINE_WORDS:
        return ""
    first = lines[0].text
    if first.rstrip("\"'”’").endswith((".", ",", ":", ";")) or first[0].islower():
        return ""
    if any(rule.matches(lines[0]) for rule in RULES if rule.careful):
        return ""
    longest = max((line.words for line in lines[1:]), default=0)
    return first if longest >= max(12, lines[0].words) else ""


def within(line: Line, inline: Sequence[Inline]) -> list[Cut]:
    """Return the parts of a line that is kept that do not belong to its story."""
    parts: list[Cut] = []
    for rule in inline:
        span = rule.span(line)
        if span and all(span[1] <= part.start or span[0] >= part.end for part in parts):
            parts.append(Cut(rule.kind, rule.id, *span))
    return sorted(parts, key=lambda part: part.start)


def without(text: str, parts: Sequence[Cut]) -> str:
    """Return *text* less its *parts*."""
    for part in reversed(parts):
        text = text[: part.start] + text[part.end :]
    return text


def line_taken(line: Line, cut: Cut, at: int) -> RemovedLine:
    """Return the note of a whole line that stood at the offset *at* of the clean text."""
    return RemovedLine(
        text=line.text, kind=cut.kind, by=cut.by, score=cut.score, why=cut.why or None,
        start=line.start, end=line.end, at=at, line=line.number,
    )  # fmt: skip


def part_taken(line: Line, parts: Sequence[Cut], number: int, at: int) -> RemovedLine:
    """Return the note of one of the *parts* of a line that begins at *at* of the clean text."""
    cut = parts[number]
    gone = sum(part.end - part.start for part in parts[:number])
    return RemovedLine(
        text=line.text[cut.start : cut.end], kind=cut.kind, by=cut.by, score=cut.score,
        why=cut.why or None, start=line.start + cut.start, end=line.start + cut.end,
        at=at + cut.start - gone, line=None,
    )  # fmt: skip


def within_text(cut: RemovedLine, length: int) -> RemovedLine:
    """Return *cut* with its offset inside a text of that *length*, which is where the end is."""
    return cut if cut.at <= length else cut.model_copy(update={"at": length})


def restore(article: CleanArticle) -> list[str]:
    """Return the lines of the raw text, in its order and without blank ones."""
    return [
        "".join(piece if isinstance(piece, str) else piece.text for piece in line)
        for line in laid_out(article)
    ]


def laid_out(article: CleanArticle) -> Iterator[Sequence[str | RemovedLine]]:
    """Yield the raw lines, each as what was kept of it (a string) and the cuts, in place."""
    whole = deque(cut for cut in article.removed if cut.line is not None)
    parts = deque(cut for cut in article.removed if cut.line is None)
    for start, paragraph in paragraphs(article.text):
        while whole and whole[0].at <= start:
            yield [whole.popleft()]
        line: list[str | RemovedLine] = []
        done = 0
        while parts and parts[0].at <= start + len(paragraph):
            cut = parts.popleft()
            line += [paragraph[done : cut.at - start], cut]
            done = cut.at - start
        yield [*line, paragraph[done:]]
    yield from ([cut] for cut in whole)


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs of a clean text with the offsets they begin at."""
    start = 0
    for paragraph in text.split("\n\n") if text else ():
        yield start, paragraph
        start += len(paragraph) + 2
