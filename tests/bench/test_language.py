"""The comparison as a whole, on a folder of a few sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import language
from bench.labelled_texts import Texts
from bench.language import REGEX, as_dict, long_texts, measure, told
from bench.readers import Reader

FAST = "newsmill fast"


@pytest.fixture(autouse=True)
def _readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare the faster setting with the patterns and the shipped model alone."""
    kept = {FAST, REGEX, "news_open_sm alone"}
    chosen = [one for one in language.all_readers() if one.name in kept]
    monkeypatch.setattr(language, "all_readers", lambda: chosen)
    monkeypatch.setattr(language, "cost", lambda _reader, texts: len(texts))


def test_the_tables(texts: Path) -> None:
    """Each reader has figures where it can find something."""
    found = measure([texts])
    assert list(found.entities["own-news"]) == [FAST, "news_open_sm alone"]
    assert found.entities["own-news"][FAST].gold == 18
    assert found.entities["own-news"][FAST].by_class["MONEY"] == 1
    assert set(found.quotes["own-quotes, direct"]) == {FAST, REGEX}
    assert found.quotes["own-quotes, direct"][REGEX].speaker == 1
    assert found.dates["own-dates"][FAST].gold == 1
    assert found.parser == {}
    assert found.speed == {FAST: 5}


def test_tasks_and_readers_can_be_chosen(texts: Path) -> None:
    """Only what was asked for is measured."""
    found = measure([texts], tasks=["quotes"], names=[REGEX])
    assert [found.entities, found.dates, found.speed] == [{}, {}, {}]
    assert [list(row) for row in found.quotes.values()] == [[REGEX], [REGEX]]


def test_told_and_as_json(texts: Path) -> None:
    """People get tables with the machine above, programs the same as JSON."""
    found = measure([texts], quick=1, tasks=["entities", "dates"])
    assert "own-news 1" in told(found)
    assert "Entities: F1, and F1 of ORG" in told(found)
    assert json.loads(json.dumps(as_dict(found)))["dates"]["own-dates"][FAST]["gold"] == 1


def test_speed_is_measured_on_what_is_there(texts: Path) -> None:
    """Without articles of a newspaper's length the texts that there are must do, unlabelled."""
    chosen = long_texts(Texts.at([texts]), 2)
    assert [(len(chosen)), {text.labels for text in chosen}] == [2, {()}]


def test_a_reader_can_be_sent_to_another_process() -> None:
    """It holds plain values."""
    assert Reader("a") == Reader("a", "accurate", "", alone=False)
