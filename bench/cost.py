"""What reading costs: words per CPU second, of each part and of all together, and memory.

Each reader has a process of its own, so that its memory is its own.  All together is measured
first, with nothing in between; then every part is given a clock.
"""

from __future__ import annotations

import gc
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from bench.labelled_texts import Text
from bench.readers import Reader, Stage, stage
from pipeline.enrich import enrichers

PASSES = 2
"""How often all together is measured; the faster pass was disturbed less."""
WARM = 4
"""Articles that are read before the clock runs: the first ones pay for what is loaded late."""
REST = "the record, and the rest"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one reader costs."""

    words: int
    words_per_cpu_sec: float
    """Everything together."""
    parts: dict[str, float]
    """Words per CPU second of each part, in the order they run."""
    load_secs: float
    """CPU seconds until the first article can be read."""
    peak_mib: float
    """Highest resident memory of the process."""


def cost(reader: Reader, texts: Sequence[Text]) -> Cost:
    """Return what *reader* costs over *texts*, measured in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measured, reader, texts).result()


def measured(reader: Reader, texts: Sequence[Text]) -> Cost:
    """Measure in this process, which is not to be used for anything else afterwards."""
    begin = time.process_time()
    ready = stage(reader)
    gc.freeze()  # as production does once its models are loaded
    load_secs = time.process_time() - begin
    words = sum(len(text.text.split()) for text in texts)
    for text in texts[:WARM]:
        ready.read(text)
    whole = min(cpu_secs(ready, texts) for _ in range(PASSES))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    clock = clocked(ready)
    clock[REST] = max(cpu_secs(ready, texts) - clock.total(), 0.0)
    parts = {name: words / secs for name, secs in clock.items() if secs}
    return Cost(words, words / whole, parts, load_secs, peak)


def cpu_secs(ready: Stage, texts: Iterable[Text]) -> float:
    """Return the CPU seconds that reading takes."""
    begin = time.process_time()
    for text in texts:
        ready.read(text)
    return time.process_time() - begin


def clocked(ready: Stage) -> Counter[str]:
    """Give each component and each enricher a clock; return what the clocks show as they run."""
    clock: Counter[str] = Counter()
    nlp: Any = ready.models.full["en"]
    names = ["tokenizer", *nlp.pipe_names, *(one.name for one in enrichers.ENRICHERS)]
    clock.update(dict.fromkeys(names, 0))
    nlp.tokenizer = timed(nlp.tokenizer, "tokenizer", clock)
    components = [(name, Component(part, name, clock)) for name, part in nlp.pipeline]
    with_clocks(nlp, components)
    enrichers.ENRICHERS = tuple(
        replace(one, run=timed(one.run, one.name, clock)) for one in enrichers.ENRICHERS
    )
    return clock


def with_clocks(nlp: Language, components: list[tuple[str, Any]]) -> None:
    """Put *components* in the place of those with the same names."""
    enabled = dict(components)
    nlp._components = [  # noqa: SLF001  (spaCy lets nobody else wrap what is loaded)
        (name, enabled.get(name, part))
        for name, part in nlp._components  # noqa: SLF001
    ]


def timed(work: Callable[..., Any], name: str, clock: Counter[str]) -> Callable[..., Any]:
    """Return *work* with a clock."""

    def run(*args: Any, **options: Any) -> Any:
        begin = time.process_time()
        done = work(*args, **options)
        clock[name] += time.process_time() - begin  # type: ignore[assignment]
        return done

    return run


@dataclass(frozen=True, slots=True)
class Component:
    """A component of a spaCy pipeline with a clock that stands while others work."""

    inner: Any
    name: str
    clock: Counter[str]

    def __call__(self, doc: Doc) -> Doc:
        """Work on one piece."""
        done: Doc = timed(self.inner, self.name, self.clock)(doc)
        return done

    def pipe(self, stream: Iterable[Doc], **options: Any) -> Iterator[Doc]:
        """Work on the pieces of one article, once all of them have come."""
        docs = list(stream)
        many = getattr(self.inner, "pipe", None)
        work = (
            (lambda: list(many(docs, **options))) if many else lambda: list(map(self.inner, docs))
        )
        yield from timed(work, self.name, self.clock)()
