"""What can be measured of a line and its place on the page: numbers, in a fixed order.

Nothing here knows a language but a list of function words, so the numbers mean the same in all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.classifier.columns import NEAR, beside
from pipeline.clean.classifier.function_words import FUNCTION_WORDS

WORD = re.compile(r"[^\W\d_][\w'’-]*")
MARK = re.compile(r"[^\w\s]|_")
END = re.compile(r"[.!?…。！？][\"'”’»“)\]]*$")
SENTENCE = re.compile(r"[.!?…][\"'”’»)]*\s+[\"“„«'‘]?[^\W\d_a-zà-öø-ÿ]")
CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}\b|\b\d{1,2} ?[ap]\.?m\b", re.IGNORECASE)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
MONEY = re.compile(r"[$€£¥]\s?\d|\d\s?[€£]")
ADDRESS = re.compile(r"https?:|www\.|\.com\b|\S@\S|(?:^|\s)@\w")
IN_ADDRESS = ("http", "www.", ".com", "@")
"""Without one of these the slow search is left out."""
CAPTION_END = re.compile(r"[A-Z][\w.-]+ ?/ ?[A-Z][\w.-]+(?: [\w.-]+){0,3}\)?$")
LONG_WORDS = 9
LONGEST = 1200
"""No line is measured beyond this: what is longer is prose."""
FAR = 9

OWN = (
    "words", "chars", "ends", "ends_colon", "ends_comma", "ends_bracket", "ends_mark",
    "starts_lower", "starts_quote", "starts_mark", "starts_digit", "capital_letters",
    "capital_words", "digits", "marks", "commas", "quotes", "brackets", "bars", "sentences",
    "word_length", "function_words", "clock", "year", "money", "address", "question",
    "exclamation", "caption_end", "first_person", "repeated_words",
)  # fmt: skip
PLACE = (
    "from_start", "from_end", "relative", "lines", "prose_share", "prose_before", "prose_after",
    "gap_before", "gap_after", "run", "run_place", "repeats", "known_words", "known_names",
    "headline_words", "same_start", "same_shape", "length_ratio",
)  # fmt: skip
BESIDE = ("words", "ends", "capital_words", "marks", "function_words", "address", "clock", "bars")
NAMES = (
    *OWN,
    *PLACE,
    *(f"{name}{place:+d}" for place in NEAR for name in BESIDE),
)
"""The names of the columns that `features` returns."""

BESIDE_COLUMNS = [OWN.index(name) for name in BESIDE]
YOU = frozenset("you your yours our us we you're you'll we'll we're".split())  # noqa: SIM905


def features(lines: Sequence[str]) -> NDArray[np.float32]:
    """Return a row of numbers for each of the *lines* of one page, columns as in `NAMES`.

    >>> features(["Oslo", "Ministers met in Oslo."]).shape == (2, len(NAMES))
    True
    """
    if not lines:
        return np.zeros((0, len(NAMES)), np.float32)
    short = [line[:LONGEST] for line in lines]
    words = [WORD.findall(line) for line in short]
    folded = [[word.casefold() for word in found] for found in words]
    own = np.array(list(map(measured, short, words, folded)), np.float32)
    neighbours = [beside(own[:, BESIDE_COLUMNS], place, -1) for place in NEAR]
    return np.hstack([own, placed(short, words, folded, own), *neighbours]).astype(np.float32)


def measured(line: str, words: list[str], folded: list[str]) -> tuple[float, ...]:
    """Return the numbers of a line by itself, in the order of `OWN`."""
    count = len(words)
    letters = sum(map(len, words)) or 1
    digits = sum(map(str.isdigit, line))
    first, last = line[:1], line[-1:]
    share, of_line = 1 / max(count, 1), 1 / max(len(line), 1)
    return (
        count, len(line), bool(END.search(line)), last == ":", last == ",", last in ")]",
        bool(last) and not last.isalnum() and last not in ".!?)]:,\"”’'",
        first.islower(), first in "\"“”'‘„«", not first.isalnum() and first not in "\"“”'‘„«",
        first.isdigit(), sum(map(str.isupper, line)) / letters,
        sum([word[0].isupper() for word in words]) * share, digits * of_line,
        len(MARK.findall(line)) * of_line, line.count(","), sum(map(line.count, '"“”')),
        sum(map(line.count, "([")), sum(map(line.count, "|»›>•·→©")),
        len(SENTENCE.findall(line)), letters * share,
        sum(map(FUNCTION_WORDS.__contains__, folded)) * share,
        *(numerals(line) if digits else (0, 0, 0)),
        len(ADDRESS.findall(line)) if any(map(line.__contains__, IN_ADDRESS)) else 0,
        line.count("?"), line.count("!"),
        bool(CAPTION_END.search(line)), sum(map(YOU.__contains__, folded)) * share,
        1 - len(set(folded)) * share if count else 0,
    )  # fmt: skip


def numerals(line: str) -> tuple[int, int, int]:
    """Return how many times of day, years and sums of money are in a line that has digits."""
    return len(CLOCK.findall(line)), len(YEAR.findall(line)), len(MONEY.findall(line))


def placed(
    lines: Sequence[str], words: list[list[str]], folded: list[list[str]], own: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the numbers that say where each line stands on its page, in the order of `PLACE`."""
    count = len(lines)
    prose = (own[:, 0] >= LONG_WORDS) & (own[:, 2] > 0)
    before = np.concatenate([[0], np.cumsum(prose)[:-1]])
    here = np.arange(count)
    gap_before, gap_after = gaps(prose), gaps(prose[::-1])[::-1]
    run = np.minimum(gap_before + gap_after - 1, FAR)
    seen = Counter(lines)
    starts = Counter(line[:8] for line in lines)
    told = Counter(word for place in np.flatnonzero(prose) for word in set(folded[place]))
    known = [known_words(*row, told) for row in zip(words, folded, prose.astype(int), strict=True)]
    title = set(folded[0]) - FUNCTION_WORDS
    headline = [len(title & set(found)) / (len(title) or 1) for found in folded]
    length = np.log1p(own[:, 0])
    shape = own[:, [OWN.index("capital_words"), OWN.index("ends")]]
    steps = np.abs(np.diff(shape, axis=0)).sum(1) + np.abs(np.diff(length))
    same = np.minimum(np.append(steps, 9), np.insert(steps, 0, 9))
    typical = np.median(own[prose, 0]) if prose.any() else 20.0
    return np.column_stack([
        np.minimum(here, 30), np.minimum(count - 1 - here, 30), here / count,
        np.full(count, min(count, 200)), np.full(count, prose.mean()), np.minimum(before, 30),
        np.minimum(prose.sum() - before - prose, 30), gap_before, gap_after, run,
        gap_before / np.maximum(run, 1), [seen[line] for line in lines], known, headline,
        [starts[line[:8]] for line in lines], same, own[:, 0] / typical,
    ])  # fmt: skip


def gaps(prose: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return how many lines back the last line of prose is, `FAR` at most.

    >>> gaps(np.array([True, False, False, True])).tolist()
    [9, 1, 2, 3]
    """
    here = np.arange(len(prose))
    last = np.maximum.accumulate(np.where(prose, here, -FAR))
    return np.asarray(np.minimum(here - np.insert(last[:-1], 0, -FAR), FAR), np.int64)


def known_words(
    words: list[str], folded: list[str], own: int, told: Counter[str]
) -> tuple[float, float]:
    """Return the shares of a line's content words, and of its names, that the story also uses.

    A line of prose is *told* of itself, and so counts its *own* words once.
    """
    content = [told[word] > own for word in folded if word not in FUNCTION_WORDS]
    names = [
        told[low] > own
        for word, low in zip(words[1:], folded[1:], strict=True)
        if word[0].isupper() and low not in FUNCTION_WORDS
    ]
    return (
        sum(content) / len(content) if content else -1.0,
        sum(names) / len(names) if names else -1.0,
    )
