"""The cleaner on our own labelled articles: floors that only rise.

The rules alone are held to them; what is learned comes on top.  `Score` says what is counted.
"""

from __future__ import annotations

from functools import partial
from typing import get_args

import pytest

from pipeline.assets import asset
from pipeline.clean.classifier.classifier import line_classifier
from pipeline.clean.lines import clean_lines
from schemas import Kind
from tests.quality.labelled import Article, articles, score, told

ENGLISH = ("en",)
OTHERS = ("de", "fr", "es", "it", "pt", "nl", "no", "sv", "da")
FLOORS = [
    ("balanced", ENGLISH, 0.88, 0.92),
    ("careful", ENGLISH, 0.79, 0.95),
    ("balanced", OTHERS, 0.96, 0.95),
    ("careful", OTHERS, 0.93, 0.95),
]
"""Setting, languages, F1 of the lines cut, share of them with the right kind."""


@pytest.mark.parametrize(("cleaning", "languages", "f1", "named"), FLOORS)
def test_floors(cleaning: str, languages: tuple[str, ...], f1: float, named: float) -> None:
    """The rules alone reach the floor, name what they cut, and lose no word of a story."""
    reached = score(partial(clean_lines, cleaning=cleaning), articles(*languages))

    assert reached.f1 >= f1
    assert reached.named >= named
    assert reached.words_lost == 0


@pytest.mark.parametrize("article", articles(), ids=lambda article: article.name)
@pytest.mark.parametrize("cleaning", ["balanced", "careful"])
def test_no_line_of_a_story_is_lost(article: Article, cleaning: str) -> None:
    """Of no article does a rule cut a line of the story, and the headline is found."""
    cleaned = clean_lines("\n".join(article.lines), cleaning=cleaning)
    wrong = [line for line in told(article, cleaned) if "not kept" in line]

    assert wrong == []
    assert cleaned.headline == article.lines[0]


def test_labels_are_kinds() -> None:
    """Each label is a kind of the closed list, and most kinds have an example."""
    used = {kind for article in articles() for kind in article.kinds if kind}

    assert used <= set(get_args(Kind))
    assert set(get_args(Kind)) - used <= {"dateline", "other"}


def test_there_are_enough() -> None:
    """There are articles of each language whose word lists are kept."""
    assert len(articles(*ENGLISH)) >= 14
    assert len(articles(*OTHERS)) >= 10
    assert {article.language for article in articles(*OTHERS)} == set(OTHERS)


LEARNED_FLOORS = [
    ("balanced", ENGLISH, 0.93, 0.06),
    ("careful", ENGLISH, 0.92, 0.00),
    ("balanced", OTHERS, 0.96, 0.03),
    ("careful", OTHERS, 0.93, 0.00),
]
"""Setting, languages, F1 of the lines cut, share of the words of stories that may be lost."""


@pytest.mark.parametrize(("cleaning", "languages", "f1", "lost"), LEARNED_FLOORS)
def test_floors_with_the_classifier(
    cleaning: str, languages: tuple[str, ...], f1: float, lost: float
) -> None:
    """With the classifier behind the rules more noise goes, and hardly a word of a story.

    These articles are harder than news is: much in them was written to look like noise.
    """
    learned = partial(
        clean_lines, cleaning=cleaning, classifier=line_classifier(asset("models/lines"))
    )
    reached = score(learned, articles(*languages))

    assert reached.f1 >= f1
    assert reached.words_lost <= lost
