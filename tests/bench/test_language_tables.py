"""The tables as people read them."""

from __future__ import annotations

from bench.cost import Cost
from bench.language_figures import Found, OfDates, OfNames, OfQuotes
from bench.language_tables import tables
from bench.trees import Parsing

COST = Cost(9000, 4400.0, {"tokenizer": 90_000.0, "ner": 7700.0}, 1.25, 280.0)
FOUND = Found(
    {"cores": "2"}, "own-news 3",
    {"own-news": {"a": OfNames(1234, 0.8365, {"ORG": 0.74}), "b": OfNames(1234, 0.7, {})}},
    {"ud-own": {"a": Parsing(0.88, 0.84, 0.95)}},
    {"own, direct": {"a": OfQuotes(7, 0.93, 0.78, 0.86)}},
    {"own-dates": {"a": OfDates(9, 0.9, 0.76)}},
    {"a": COST},
)  # fmt: skip


def test_every_figure_is_told() -> None:
    """In hundredths, with how many there are to find; a cell without figures is empty."""
    lines = [" ".join(line.split()) for line in tables(FOUND).splitlines()]
    for line in ("own-news (1,234) 83.7 74.0 70.0", "ud-own 88.0 / 84.0 / 95.0",
                 "own, direct (7) 93.0 / 78.0, 86.0", "own-dates (9) 90.0 / 76.0",
                 "tokenizer 90,000", "ner 7,700", "all together 4,400", "peak memory, MiB 280",
                 "CPU seconds to load 1.2"):  # fmt: skip
        assert line in lines


def test_what_was_not_measured_has_no_table() -> None:
    """Only machine and data are left."""
    empty = Found({"cores": "2"}, "none", {}, {}, {}, {}, {})
    assert tables(empty).split() == ["cores:", "2", "data:", "none"]
