"""The enrich stage beside models left to themselves, on labelled texts: how good, and at what cost.

    newsmill bench language DATA... [--quick 20] [--task entities] [--json]

Entities, quotes and dates go through the stage as in production; the records are scored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench import language_score as score
from bench.clean import Tick, progress
from bench.cost import cost
from bench.labelled_texts import Said, Text, Texts
from bench.language_figures import Found, OfDates, OfNames, OfQuotes
from bench.language_score import QuoteTally, Tally
from bench.language_tables import tables
from bench.machine import machine
from bench.readers import Reader, alone, dates_of, entities_of, quotes_of, readers, stage
from bench.regex_quotes import quotes as regex_quotes
from bench.trees import parsing, treebank
from pipeline.settings import load_settings
from schemas import EnrichedArticle

TASKS = ("entities", "parser", "quotes", "dates", "speed")
REGEX = "regex quotes"
LENGTH = range(300, 701)
"""Words of the articles that speed is measured with."""
ARTICLES = 100


def measure(
    folders: Sequence[Path], quick: int = 0, tasks: Sequence[str] = (), names: Sequence[str] = ()
) -> Found:
    """Measure the readers called *names* (all, where none is) on the data in *folders*."""
    texts = Texts.at(folders, quick)
    found = Found(machine(("newsmill", "spacy", "onnxruntime")), told_of(texts), {}, {}, {}, {}, {})
    wanted = [task for task in TASKS if not tasks or task in tasks]
    chosen = [one for one in all_readers() if not names or one.name in names]
    with progress() as tick:
        for reader in chosen:
            if reader.alone:
                if "entities" in wanted:
                    read_alone(reader, texts, found, tick)
            elif reader.name == REGEX:
                if "quotes" in wanted:
                    score_quotes(REGEX, texts, lambda text: list(regex_quotes(text.text)), found)
            else:
                read_all(reader, texts, found, wanted, quick, tick)
    return found


def all_readers() -> list[Reader]:
    """Return every reader that can be measured here."""
    return [*readers(load_settings().model), Reader(REGEX)]


def told_of(texts: Texts) -> str:
    """Return how much data there is."""
    sets = [f"{name} {len(rows)}" for kind in texts.sets.values() for name, rows in kind.items()]
    return ", ".join([*sets, *texts.trees])


def read_alone(reader: Reader, texts: Texts, found: Found, tick: Tick) -> None:
    """Score the entities of a model that is left to itself."""
    for name, rows in texts.sets["entities"].items():
        tick(f"{reader.name}: {name}")
        given = alone(reader, [row.text for row in rows])
        scored = (
            score.entities(row.labels, labels, row.text)
            for row, labels in zip(rows, given, strict=True)
        )
        found.entities.setdefault(name, {})[reader.name] = names_of(scored)


def read_all(
    reader: Reader, texts: Texts, found: Found, tasks: Sequence[str], quick: int, tick: Tick
) -> None:
    """Score all that the stage finds, and measure what that costs."""
    tick(f"{reader.name}: loading")
    ready = stage(reader)
    for task in [task for task in tasks if task in texts.sets]:
        kind: Any = task
        read = {
            name: [ready.read(row) for row in ticking(rows, f"{reader.name}: {name}", tick)]
            for name, rows in texts.sets[kind].items()
        }
        SCORES[task](reader.name, texts, read, found)
    for name, path in texts.trees.items() if "parser" in tasks else ():
        tick(f"{reader.name}: {name}")
        if figures := parsing(treebank(path, quick), ready.models):
            found.parser.setdefault(name, {})[reader.name] = figures
    articles = long_texts(texts, quick) if "speed" in tasks else []
    if articles:
        tick(f"{reader.name}: speed")
        found.speed[reader.name] = cost(reader, articles)


def ticking(rows: Sequence[Text], about: str, tick: Tick) -> Iterable[Text]:
    """Yield *rows* and tell how far it is."""
    for number, row in enumerate(rows, 1):
        tick(f"{about} {number} of {len(rows)}")
        yield row


Read = dict[str, list[EnrichedArticle]]


def score_entities(reader: str, texts: Texts, read: Read, found: Found) -> None:
    """Add the figures of entities, set by set."""
    for name, rows in texts.sets["entities"].items():
        scored = (
            score.entities(row.labels, entities_of(article), row.text)
            for row, article in zip(rows, read[name], strict=True)
        )
        found.entities.setdefault(name, {})[reader] = names_of(scored)


def names_of(scored: Iterable[dict[str, Tally]]) -> OfNames:
    """Return the tallies of some texts as figures."""
    sums = score.summed(scored)
    whole = score.together(sums.values())
    return OfNames(whole.gold, whole.f1, {label: one.f1 for label, one in sorted(sums.items())})


def score_read_quotes(reader: str, texts: Texts, read: Read, found: Found) -> None:
    """Add the figures of the quotes of records."""
    by_text = {id(row): article for name, rows in texts.sets["quotes"].items()
               for row, article in zip(rows, read[name], strict=True)}  # fmt: skip
    score_quotes(reader, texts, lambda text: quotes_of(by_text[id(text)]), found)


def score_quotes(
    reader: str, texts: Texts, given: Callable[[Text], list[Said]], found: Found
) -> None:
    """Add the figures of quotes: direct ones, and attributions of all kinds."""
    views = {"direct": ("direct",), "all attributions": score.KINDS}
    for name, rows in texts.sets["quotes"].items():
        for view, kinds in views.items():
            sums = QuoteTally(Tally(), Tally())
            for row in rows:
                sums.add(score.quotes(row.labels, given(row), kinds))
            figures = OfQuotes(sums.loose.gold, sums.loose.f1, sums.strict.f1, sums.speaker)
            found.quotes.setdefault(f"{name}, {view}", {})[reader] = figures


def score_dates(reader: str, texts: Texts, read: Read, found: Found) -> None:
    """Add the figures of dates."""
    for name, rows in texts.sets["dates"].items():
        scored = [
            score.dates(row.labels, dates_of(article))
            for row, article in zip(rows, read[name], strict=True)
        ]
        places = score.together(place for place, _ in scored)
        values = score.together(value for _, value in scored)
        figures = OfDates(places.gold, places.f1, values.f1)
        found.dates.setdefault(name, {})[reader] = figures


SCORES: dict[str, Callable[[str, Texts, Read, Found], None]] = {
    "entities": score_entities,
    "quotes": score_read_quotes,
    "dates": score_dates,
}


def long_texts(texts: Texts, quick: int) -> list[Text]:
    """Return the articles to measure speed with: of a newspaper's length, where there are some."""
    rows = [row for kind in texts.sets.values() for rows in kind.values() for row in rows]
    fit = [row for row in rows if len(row.text.split()) in LENGTH] or rows
    ranked = sorted(fit, key=lambda row: sha256(row.id.encode()).digest())
    return [Text(row.id, row.text, (), row.published) for row in ranked[: quick or ARTICLES]]


def told(found: Found) -> str:
    """Return the tables for people."""
    return tables(found)


def as_dict(found: Found) -> dict[str, object]:
    """Return the tables for programs."""
    return asdict(found)
