"""The tables of `newsmill bench language` for people: a row for each set, a column a reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from bench.cost import Cost
from bench.language_figures import Found

FIRST = 34
LEAST = 18
"""Letters of the first column, and of the others at least."""


def tables(found: Found) -> str:
    """Return all tables of a run; what was not measured is left out."""
    lines = [f"{name:>16}: {value}" for name, value in found.machine.items()]
    lines += [f"{'data':>16}: {found.data}"]
    lines += table("Entities: F1, and F1 of ORG", found.entities, names)
    lines += table("Parser: UAS / LAS / tags", found.parser, trees)
    lines += table("Quotes: F1 at .3 / .8, right speakers", found.quotes, quotes)
    lines += table("Dates: F1 of places / of values", found.dates, dates)
    lines += costs(found.speed)
    return "\n".join(lines)


def names(one: Any) -> str:
    """Return the figures of entities as a cell."""
    org = f" {percent(one.by_class['ORG'])}" if "ORG" in one.by_class else ""
    return f"{percent(one.f1)}{org:>6}"


def trees(one: Any) -> str:
    """Return the figures of a parser as a cell."""
    return f"{percent(one.uas)} / {percent(one.las)} / {percent(one.tag)}"


def quotes(one: Any) -> str:
    """Return the figures of quotes as a cell."""
    return f"{percent(one.loose_f1)} / {percent(one.strict_f1)}, {percent(one.speaker)}"


def dates(one: Any) -> str:
    """Return the figures of dates as a cell."""
    return f"{percent(one.place_f1)} / {percent(one.value_f1)}"


def percent(share: float) -> str:
    """Return a share in hundredths.

    >>> percent(0.8365)
    '83.7'
    """
    return f"{100 * share:.1f}"


def table(
    title: str, rows: Mapping[str, Mapping[str, Any]], cell: Callable[[Any], str]
) -> Iterator[str]:
    """Yield a table, a row for each set; nothing where nothing was measured."""
    if not rows:
        return
    readers = list(dict.fromkeys(reader for row in rows.values() for reader in row))
    yield from ("", title, line("", readers, readers))
    for name, row in rows.items():
        gold = [getattr(one, "gold", None) for one in row.values()]
        label = f"{name} ({gold[0]:,})" if gold and gold[0] is not None else name
        yield line(label, [cell(row[one]) if one in row else "" for one in readers], readers)


def costs(rows: Mapping[str, Cost]) -> Iterator[str]:
    """Yield the table of speed and memory."""
    if not rows:
        return
    readers = list(rows)
    words = next(iter(rows.values())).words
    yield from ("", f"Words per CPU second, over {words:,} words", line("", readers, readers))
    for part in merged([list(one.parts) for one in rows.values()]):
        told = [one.parts.get(part) for one in rows.values()]
        yield line(part, ["" if speed is None else f"{speed:,.0f}" for speed in told], readers)
    whole = [f"{one.words_per_cpu_sec:,.0f}" for one in rows.values()]
    yield line("all together", whole, readers)
    yield line("peak memory, MiB", [f"{one.peak_mib:,.0f}" for one in rows.values()], readers)
    yield line("CPU seconds to load", [f"{one.load_secs:.1f}" for one in rows.values()], readers)


def merged(orders: Iterable[Sequence[str]]) -> list[str]:
    """Return what is in any of some lists, each behind what it follows there.

    >>> merged([["a", "x", "c"], ["a", "b", "c"]])
    ['a', 'b', 'x', 'c']
    """
    found: list[str] = []
    for order in orders:
        at = 0
        for one in order:
            if one not in found:
                found.insert(at, one)
            at = found.index(one) + 1
    return found


def line(label: str, cells: Sequence[str], readers: Sequence[str]) -> str:
    """Return a row, each column as wide as its reader's name."""
    wide = [max(LEAST, len(reader)) + 2 for reader in readers]
    return f"{label:<{FIRST}}" + "".join(
        f"{cell:>{width}}" for cell, width in zip(cells, wide, strict=True)
    )
