"""Windows hold every piece of every text once, in order, and are never too long."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.encoder.windows import MOST, windows
from pipeline.encoder.word_pieces import WordPieces

SMALL = WordPieces(["[PAD]", *(f"[unused{n}]" for n in range(99)), "[UNK]", "cod", "##fish", "."])


def of(texts: list[str]) -> list[list[tuple[int, int, int]]]:
    """Return the windows of *texts*."""
    return list(windows(texts, [SMALL.of(text) for text in texts]))


@given(st.lists(st.text("cod. Cfish\n", max_size=900), max_size=8))
def test_nothing_is_left_out_and_nothing_read_twice(texts: list[str]) -> None:
    """Each piece stands in one window; no window is longer than an encoder reads."""
    read = [(number, at) for one in of(texts) for number, a, b in one for at in range(a, b)]
    assert read == [(n, at) for n, text in enumerate(texts) for at in range(len(SMALL.of(text)))]
    assert all(0 < sum(b - a for _, a, b in one) <= MOST for one in of(texts))


def test_short_texts_share_a_window() -> None:
    """Paragraphs that follow each other are read together, as in the article."""
    assert of(["Cod.", "Codfish."]) == [[(0, 0, 2), (1, 0, 3)]]


def test_a_long_text_is_cut_after_a_sentence() -> None:
    """The cut stands before a capital after a stop, where there is one."""
    first = "Cod " * 80 + "cod. "
    (_, _, cut), *_ = of([first + "Cod " * 100])[0]
    assert cut == len(SMALL.of(first))


def test_a_word_is_not_cut() -> None:
    """Without the end of a sentence a window ends between two words."""
    text = "codfish " * 200
    pieces = SMALL.of(text)
    ends = [b for one in of([text]) for _, _, b in one]
    assert all(end == len(pieces) or text[pieces.starts[end] - 1] == " " for end in ends)
