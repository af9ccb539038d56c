"""The figures: what counts as found, lost and left in."""

from __future__ import annotations

import doctest

import pytest

from bench import clean, dataset, machine, peers, regex_list, score
from bench.dataset import Lines, Page
from bench.score import of_lines, of_pages

GOLD = "one two three four five six\nseven eight nine ten"


@pytest.mark.parametrize("module", [clean, dataset, machine, peers, regex_list, score])
def test_examples_hold(module: object) -> None:
    """The benchmarks lie outside the packages, so their doctests are run here."""
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_the_gold_itself_is_perfect() -> None:
    """Whoever returns the gold has lost and left nothing."""
    page = Page("1", "", GOLD, noise=frozenset({"read more"}))
    found = of_pages([page], [GOLD])
    assert (found.precision, found.recall, found.f1, found.lost, found.noisy) == (1, 1, 1, 0, 0)


def test_runs_of_four_words_are_compared() -> None:
    """Of seven runs of the gold four are there, with one that is not in it."""
    found = of_pages([Page("1", "", GOLD)], ["one two three four five six seven extra"])
    assert (found.precision, found.recall) == (4 / 5, 4 / 7)


def test_an_empty_output_has_lost_its_text() -> None:
    """Nothing found is no precision to speak of, no recall, and a page lost."""
    found = of_pages([Page("1", "", GOLD), Page("2", "", GOLD)], ["", GOLD])
    assert (found.precision, found.recall, found.lost) == (1, 0.5, 1)


@pytest.mark.parametrize(
    ("text", "recall"), [(GOLD, 1.0), (f"lead of five words here\n{GOLD}", 1.0)]
)
def test_an_optional_paragraph_counts_neither_way(text: str, recall: float) -> None:
    """A standfirst may be in the output or not."""
    page = Page("1", "", f"lead of five words here\n{GOLD}", optional=("lead of five words here",))
    assert of_pages([page], [text]).recall == recall


def test_a_noisy_page() -> None:
    """A line of noise is found whatever its case and marks; a line of the story is none."""
    noise = frozenset({"read more", "seven eight nine ten"})
    labelled, other = Page("1", "", GOLD, noise=noise), Page("2", "", GOLD)
    assert of_pages([labelled, other], [f"{GOLD}\nREAD MORE!", "Read more"]).noisy == 1
    assert of_pages([labelled], [GOLD]).noisy == 0


def test_lines() -> None:
    """Of two lines to drop one is dropped, with one to keep; a doubtful one counts neither way."""
    text = Lines("1", ["a b c", "d", "ads", "more", "?"], ["keep", "keep", "drop", "drop", "skip"])
    found = of_lines([text], [{1, 2, 4}])
    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)
    assert (found.words_lost, found.right, found.lines) == (0.25, 0, 4)


def test_nothing_to_drop() -> None:
    """Where no line is noise and none is dropped all is right."""
    found = of_lines([Lines("1", ["a"], ["keep"])], [set()])
    assert (found.precision, found.recall, found.right) == (1, 1, 1)
