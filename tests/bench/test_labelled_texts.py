"""The folders of labelled texts, as they are read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bench.labelled_texts import Texts

from .labelled import DATES, QUOTES


def test_each_file_is_known_by_what_is_labelled_in_it(texts: Path) -> None:
    """Entities, quotes, dates and trees are told apart; what we do not measure is left out."""
    found = Texts.at([texts])
    assert {kind: list(sets) for kind, sets in found.sets.items()} == {
        "entities": ["own-news"], "quotes": ["own-quotes"], "dates": ["own-dates"],
    }  # fmt: skip
    assert list(found.trees) == ["ud-own"]


def test_labels(texts: Path) -> None:
    """A quote is its characters and speakers; a duration does not count; the day is known."""
    found = Texts.at([texts])
    (quoted,), (dated,) = found.sets["quotes"]["own-quotes"], found.sets["dates"]["own-dates"]
    (quote,) = quoted.labels
    assert (quote.kind, len(quote.characters), quote.speakers) == (
        "direct", QUOTES.index(" said"), ("Angela Merkel",),
    )  # fmt: skip
    assert [(one.value, one.counts) for one in dated.labels] == [
        ("2022-03-04", True), ("P3Y", False),
    ]  # fmt: skip
    assert (dated.published, dated.text) == (datetime(2022, 3, 7, tzinfo=UTC), DATES)


def test_a_sample_is_always_the_same(texts: Path) -> None:
    """`quick` chooses by the ids, so two runs see the same texts."""
    first = [row.id for row in Texts.at([texts], quick=1).sets["entities"]["own-news"]]
    assert len(first) == 1
    assert first == [row.id for row in Texts.at([texts], quick=1).sets["entities"]["own-news"]]


def test_a_folder_with_nothing_to_measure(tmp_path: Path) -> None:
    """It says so."""
    (tmp_path / "empty.jsonl").touch()
    assert not Texts.at([tmp_path])
