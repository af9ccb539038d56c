"""The shipped line classifier."""

from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.assets import asset
from pipeline.clean.classifier.classifier import line_classifier
from pipeline.clean.classifier.kinds import KIND_BITS
from pipeline.clean.judge import SURE, SURE_ELSEWHERE, SURE_OF_PAGES, Judge
from pipeline.clean.lines import clean_lines
from schemas import Kind

PROSE = (
    "Ministers from four coastal states met in Oslo on Monday to share out the cod of the north.",
    "The talks, which began in March, had stalled over who may fish in the waters near Jan Mayen.",
    "A second round is planned for May, the Norwegian delegation said after the session ended.",
)
NOISE = "Subscribe to our newsletter and never miss a story"


@pytest.fixture(scope="module")
def classifier():
    return line_classifier(asset("models/lines"))


def test_noise_is_likelier_noise_than_the_story(classifier):
    """A sign-up notice between paragraphs stands out."""
    shares = classifier.shares([PROSE[0], NOISE, *PROSE[1:]])
    assert shares[1] > 0.9
    assert max(shares[0], *shares[2:]) < SURE["balanced"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=8))
def test_any_lines_are_judged_and_always_the_same(lines):
    """Shares are shares, one for each line, and a second look says the same."""
    held = line_classifier(asset("models/lines"))
    shares = held.shares(lines)
    assert len(shares) == len(lines)
    assert np.all((shares >= 0) & (shares <= 1))
    assert np.array_equal(shares, held.shares(lines))


def test_kinds_are_of_the_closed_list(classifier):
    """What it calls a line is one of the kinds that records may hold."""
    kinds = classifier.kinds([NOISE, "Photograph: Ada Lunde/Getty Images", "2 hours ago"])
    assert set(kinds) <= set(get_args(Kind.__value__ if hasattr(Kind, "__value__") else Kind))
    assert kinds[0] == "newsletter"
    assert KIND_BITS < 17


def test_a_learned_cut_tells_who_was_how_sure():
    """It names the classifier with its version, and its share as the score."""
    learned = line_classifier(asset("models/lines"))
    odd = "Which of these five garden chairs would you buy?"
    body = "\n".join([*PROSE, odd, "Shop now: chairs from 19 crowns", *PROSE])
    cuts = clean_lines(body, classifier=learned).removed
    assert all(cut.by == learned.name and 0 < cut.score < 1 for cut in cuts if cut.score < 1)


def test_careful_is_never_less_sure_than_balanced():
    """The thresholds of the careful setting are above those of the balanced one."""
    for sure in (SURE, SURE_ELSEWHERE, SURE_OF_PAGES):
        assert sure["careful"] > sure["balanced"]


def test_without_a_classifier_the_rules_decide():
    """The judge works alone, as in a process that has no weights."""
    assert Judge().classifier is None
    assert clean_lines("\n".join(PROSE)).text == "\n\n".join(PROSE)


def test_a_divider_between_paragraphs_stays(classifier):
    """A row of dashes is no matter for the classifier, which calls many of them noise."""
    lines = [*PROSE, "___", *PROSE, "* * *", *PROSE[:2], "___", *PROSE[1:]]
    assert max(classifier.shares(lines)) >= SURE["balanced"]
    kept = clean_lines("\n".join(lines), classifier=classifier).text.split("\n\n")
    assert [line for line in kept if line not in PROSE] == ["___", "* * *", "___"]
