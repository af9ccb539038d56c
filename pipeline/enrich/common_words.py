"""Common words, which a pipeline knows before its first article.

Inside a memory zone spaCy's tokenizer keeps nothing of what it splits, so it would take apart the
same words in every article.  What it was shown before stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language

WORDS, CAPITALISED, STOPPED = 4_000, 2_000, 2_000
"""How many of the commonest words are shown alone, with a capital, and before comma and full stop:
together as many as the tokenizer keeps."""


def show(nlp: Language, vocabulary: Path) -> None:
    """Let the tokenizer of *nlp* split the common words of *vocabulary*, the commonest first."""
    for form in forms(vocabulary.read_text("utf-8").split("\n")):
        nlp.tokenizer(form)


def forms(vocabulary: list[str]) -> Iterator[str]:
    """Yield the forms to show; pieces of words are none.

    >>> list(forms(["[PAD]", "the", "##er"]))
    ['the', 'The', 'the,', 'the.']
    """
    words = [word for word in vocabulary if len(word) > 1 and word.isascii() and word.isalpha()]
    yield from words[:WORDS]
    yield from (word.title() for word in words[:CAPITALISED])
    yield from (word + sign for word in words[:STOPPED] for sign in ",.")
