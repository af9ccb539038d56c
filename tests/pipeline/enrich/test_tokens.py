"""Tokens and their word pieces."""

from __future__ import annotations

import numpy as np
import spacy

from pipeline.encoder.word_pieces import WordPieces
from pipeline.enrich.tokens import first_pieces, means, tokens

WORDS = WordPieces(["[PAD]", *["?"] * 99, "[UNK]", "it", "cannot", "os", "##lo"])


def test_each_token_has_a_piece() -> None:
    """Space has none; what begins within a piece shares that one."""
    doc = spacy.blank("en")("It cannot \n Oslo")
    pieces, found = WORDS.of(doc.text), tokens(doc)
    assert [doc[int(row)].text for row in found.ids] == ["It", "can", "not", "Oslo"]
    first, own = first_pieces(found, pieces)
    assert first.tolist() == [0, 1, 1, 2]
    assert own.tolist() == [True, True, False, True]
    states = np.arange(len(pieces), dtype=np.float32)[:, None]
    assert means(states, first).ravel().tolist() == [0, 1, 1, 2.5]
