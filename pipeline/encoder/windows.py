"""Windows: runs of word pieces that an encoder reads at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.encoder.word_pieces import TITLE, Pieces

MOST = 126
"""Pieces of a window, without the two marks at its ends: what the encoders are trained on."""
ENDS = frozenset('.!?"”’)')


def windows(texts: Sequence[str], pieces: Sequence[Pieces]) -> Iterator[list[tuple[int, int, int]]]:
    """Yield windows, each a list of (number of the text, first piece, end).

    Short texts that follow each other share a window; a long one is cut after a sentence, else
    between two words.
    """
    window: list[tuple[int, int, int]] = []
    held = 0
    for number, found in enumerate(pieces):
        if held + len(found) > MOST:
            if window:
                yield window
            window, held = [], 0
        *full, (start, end) = cuts(texts[number], found)
        yield from ([(number, first, last)] for first, last in full)
        if end > start:
            window.append((number, start, end))
            held += end - start
    if window:
        yield window


def cuts(text: str, pieces: Pieces) -> list[tuple[int, int]]:
    """Return first piece and end of each part of a text; one part if it fits into a window."""
    found, start = [], 0
    while len(pieces) - start > MOST:
        end = cut(text, pieces, start)
        found.append((start, end))
        start = end
    return [*found, (start, len(pieces))]


def cut(text: str, pieces: Pieces, start: int) -> int:
    """Return where to end the window that begins at *start*."""
    most = start + MOST
    whole = 0
    for end in range(most, start + MOST // 2, -1):
        left, right = int(pieces.ends[end - 1]), int(pieces.starts[end])
        if left == right:
            continue
        if text[left - 1] in ENDS and pieces.cases[end] == TITLE:
            return end
        whole = whole or end
    return whole or most
