"""tense: the words around a date say whether it is to come."""

from __future__ import annotations

import pytest

from pipeline.enrich.dates.tense import looks_ahead


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("The vote will be held on ", ".", True),
        ("The vote was held on ", ".", False),
        ("She said the vote is due on ", ".", True),
        ("The vote is due, she said on ", ".", False),
        ("On ", " the court is to rule.", True),
        ("It'll rain on ", ".", True),
        ("It\u2019ll rain on ", ".", True),
        ("Trains need a rest on ", ".", None),
        ("", "", None),
    ],
)
def test_the_nearest_word_tells(before: str, after: str, expected: bool | None) -> None:
    """Words before the date count before those after it."""
    assert looks_ahead(before, after) is expected
