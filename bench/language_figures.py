"""The figures of one run of `newsmill bench language`."""

from __future__ import annotations

from dataclasses import dataclass

from bench.cost import Cost
from bench.trees import Parsing


@dataclass(frozen=True, slots=True)
class OfNames:
    """Entities of one set: F1 of all classes, and of each, 0 to 1."""

    gold: int
    f1: float
    by_class: dict[str, float]


@dataclass(frozen=True, slots=True)
class OfQuotes:
    """Quotes of one view: F1 at both borders, and the share of right speakers, 0 to 1."""

    gold: int
    loose_f1: float
    strict_f1: float
    speaker: float


@dataclass(frozen=True, slots=True)
class OfDates:
    """Dates: F1 of their places, and of their values, 0 to 1."""

    gold: int
    place_f1: float
    value_f1: float


@dataclass(frozen=True, slots=True)
class Found:
    """All tables of one run: set or view, then reader, then figures."""

    machine: dict[str, str]
    data: str
    entities: dict[str, dict[str, OfNames]]
    parser: dict[str, dict[str, Parsing]]
    quotes: dict[str, dict[str, OfQuotes]]
    dates: dict[str, dict[str, OfDates]]
    speed: dict[str, Cost]
