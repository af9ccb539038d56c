"""newsmill beside other cleaners, on labelled pages: how much they find, lose, leave, and cost.

    newsmill bench clean DATA [--quick 100] [--task html] [--json]

All tools take turns on each page, so that a machine that is now faster, now slower, is so for all.
Times are CPU times of this process, without reading the file and without loading the tools.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench import score
from bench.dataset import Dataset, Lines, Page
from bench.machine import machine
from bench.peers import TOOLS, Drop, Extract, Tool

VARIANTS = ("col", "traf_recall", "readability", "col_other")
ABOUT = {
    "html": "Pages to text",
    "col": "Flat text: lines of the main column",
    "traf_recall": "Lines that trafilatura (recall) found",
    "readability": "Lines that readability.js found",
    "col_other": "Flat text, other languages than English",
}
Tick = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Row:
    """What one tool reached: of news pages, of all, and what it cost."""

    tool: str
    news: score.OfPages | score.OfLines | None = None
    all: score.OfPages | score.OfLines | None = None
    cpu_ms: float = 0.0
    """CPU milliseconds for a page, or for 1,000 lines."""
    failed: int = 0
    """Pages that the tool raised an error on; they count as empty, or nothing dropped."""
    missing: str = ""
    """What to do where the tool is not installed."""


@dataclass(frozen=True, slots=True)
class Task:
    """One table: pages, or lines of one variant."""

    name: str
    about: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """All tables of one run."""

    machine: dict[str, str]
    data: str
    tasks: tuple[Task, ...]


@dataclass(slots=True)
class Answers:
    """What a tool gave for each item, and what that cost."""

    given: list[Any] = field(default_factory=list)
    cpu: float = 0.0
    failed: int = 0

    def add(self, work: Callable[[Any], Any], item: Any, nothing: Any) -> None:
        """Ask the tool; what it raises is counted, and its answer is *nothing*."""
        before = time.process_time()
        try:
            answer = work(item)
        except Exception:  # noqa: BLE001  (a peer may raise anything; its row tells how often)
            answer = nothing
            self.failed += 1
        self.cpu += time.process_time() - before
        self.given.append(answer)


def measure(
    folder: Path,
    quick: int = 0,
    tasks: Sequence[str] = (),
    tools: Sequence[str] = (),
    *,
    news: bool = False,
) -> Found:
    """Measure *tools* (all, where none are named) on the data in *folder*, or its *news* alone.

    Raises:
        OSError: the folder holds no such data.

    """
    data = Dataset.at(folder, quick, news=news)
    chosen = [tool for tool in TOOLS if not tools or tool.name in tools]
    names = [name for name in ("html", *VARIANTS) if not tasks or name in tasks]
    ready = {tool.name: tool.load() for tool in chosen if not tool.missing()}
    found = []
    with progress() as tick:
        for name in names:
            items: Sequence[Any] = data.pages() if name == "html" else data.lines(name)
            if items:
                found.append(Task(name, ABOUT[name], rows(name, items, chosen, ready, tick)))
    told = f"{len(data.rows)} pages of {len({row['domain'] for row in data.rows.values()})} sites"
    packages = ["newsmill", *dict.fromkeys(tool.package for tool in chosen if tool.package)]
    return Found(
        machine(packages), told + (f", {quick} of each task" if quick else ""), tuple(found)
    )


def rows(
    name: str,
    items: Sequence[Any],
    tools: Sequence[Tool],
    ready: dict[str, tuple[Extract, Drop]],
    tick: Tick,
) -> tuple[Row, ...]:
    """Return the table of one task: every tool answers every item, in turn."""
    answers = {tool: Answers() for tool in ready}
    for tool, (extract, drop) in ready.items():  # the first page pays for what is loaded late
        Answers().add(extract if name == "html" else drop, first(items[0]), None)
        tick(f"{ABOUT[name]}: {tool}")
    for number, item in enumerate(items, 1):
        for tool, (extract, drop) in ready.items():
            answers[tool].add(extract if name == "html" else drop, first(item), nothing(item))
        tick(f"{ABOUT[name]}: {number} of {len(items)}")
    return tuple(
        row(tool.name, items, answers[tool.name]) if tool.name in ready
        else Row(tool.name, missing=tool.missing())
        for tool in tools
    )  # fmt: skip


def first(item: Page | Lines) -> Any:
    """Return what a tool is given of *item*: never the labels."""
    return item.html if isinstance(item, Page) else list(item.lines)


def nothing(item: Page | Lines) -> Any:
    """Return the answer of a tool that failed."""
    return "" if isinstance(item, Page) else set()


def row(tool: str, items: Sequence[Any], answers: Answers) -> Row:
    """Return the figures of one tool."""
    figures: Any = score.of_pages if isinstance(items[0], Page) else score.of_lines
    news = [(item, given) for item, given in zip(items, answers.given, strict=True) if item.news]
    units = len(items) if isinstance(items[0], Page) else sum(len(i.lines) for i in items) / 1000
    return Row(
        tool,
        news=figures(*map(list, zip(*news, strict=True))) if news else None,
        all=figures(items, answers.given),
        cpu_ms=1000 * answers.cpu / units,
        failed=answers.failed,
    )


@contextmanager
def progress() -> Iterator[Tick]:
    """Give a function that shows on a terminal how far it is."""
    if not sys.stderr.isatty():
        yield lambda _told: None
        return
    from rich.console import Console

    with Console(stderr=True).status("reading") as status:
        yield status.update


PAGES = ("news P", "R", "F1", "text lost", "noise left", "all F1", "ms/page", "failed")
LINES = ("news P", "R", "F1", "words lost", "all right", "all F1", "ms/1k lines", "failed")


def told(found: Found) -> str:
    """Return the tables for people."""
    lines = [f"{name:>16}: {value}" for name, value in found.machine.items()]
    lines += [f"{'data':>16}: {found.data}"]
    for task in found.tasks:
        columns = PAGES if task.name == "html" else LINES
        lines += ["", f"{task.about} ({counted(task.rows)})"]
        lines += [f"{'':<22}" + "".join(f"{column:>15}" for column in columns)]
        lines += [line_of(one) for one in task.rows]
    return "\n".join(lines)


def counted(rows: Collection[Row]) -> str:
    """Return how many pages the figures are over."""
    some = next((one for one in rows if one.all), None)
    if some is None or some.all is None:
        return "no tool is installed"
    news = some.news.pages if some.news else 0
    return f"{news} news pages, {some.all.pages} in all"


def line_of(one: Row) -> str:
    """Return a row as text."""
    if one.missing or one.all is None:
        return f"{one.tool:<22}  {one.missing}"
    main = one.news or one.all
    cells = [f"{main.precision:.3f}", f"{main.recall:.3f}", f"{main.f1:.3f}"]
    if isinstance(main, score.OfPages):
        cells += [str(main.lost), f"{main.noisy:.1%}"]
    else:
        cells += [f"{main.words_lost:.2%}", f"{main.right:.1%}"]
    cells += [f"{one.all.f1:.3f}", f"{one.cpu_ms:.1f}", str(one.failed or "")]
    return f"{one.tool:<22}" + "".join(f"{cell:>15}" for cell in cells)


def as_dict(found: Found) -> dict[str, object]:
    """Return the tables for programs."""
    return asdict(found)
