"""The random kill run: records under load while workers, the broker and Elasticsearch are killed.

    make kill-run COUNT=50000 SEED=7

One worker of each stage; one of the three dies by SIGKILL every 5 to 15 s until all is done.  The
broker is killed when a third is indexed, Elasticsearch at two thirds.  It prints what is missing,
what is in the index twice, and for each kill how much work was done again.  It ends with 1 if a
record is missing or twice, or if a kill repeats more than was in flight and not committed yet.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.faults.generator import Generator
from tests.faults.lab import Lab, Trial
from tests.faults.verdict import read
from tests.live.stack import STAGES

SOURCE = "kill-run"
PAUSE_SECS = (5.0, 15.0)
BATCH = 250
WORKERS = 2
"""Pool processes of each worker."""
PARSED, WRITTEN = 8, 64
STAGE = (2 * WORKERS + 2) * PARSED
IN_FLIGHT = {"clean": STAGE, "enrich": STAGE, "index": 4 * WRITTEN}
"""Two batches for each process, or two bulk requests, one that waits for its turn, one that is
gathered: the last is also the most that is written behind a request that waits."""
COMMIT_SECS = 2.0
"""A commit each second, which takes a moment itself: so old may the last one be."""
BROKER_SECS = 45.0
"""So long after a kill of Kafka all have joined their groups again, and commit."""
TOPICS = ("articles.raw", "articles.clean", "articles.enriched", "articles.dropped")
"""What goes into each stage and what comes out; index notes there what it was given again."""
Times = dict[str, list[float]]
"""Id of a record to when it was sent to a topic, in seconds since 1970, sorted."""
SETTLE_SECS = 3600.0


@dataclass(frozen=True, slots=True)
class Kill:
    """What was killed, and when in seconds since 1970."""

    what: str
    at: float


@dataclass(frozen=True, slots=True)
class Work:
    """When a stage did its work, and which of it it did again of its own."""

    done: list[float]
    again: list[float]


class Run:
    """One run in a lab of its own."""

    def __init__(self, folder: Path, count: int, seed: int) -> None:
        self.count, self.rng, self.kills = count, random.Random(seed), list[Kill]()
        self.lab = Lab(folder, workers=WORKERS)
        self.lab.ready()
        generator = Generator(self.lab.bootstrap, SOURCE, folder, seed)
        self.trial = Trial(self.lab, generator, self.rng)

    def go(self) -> None:
        """Send everything, and kill until nothing is left to do."""
        servers = ["elasticsearch", "kafka"]
        with ThreadPoolExecutor(1) as thread:
            sending = thread.submit(self.trial.generator.send, self.count, BATCH)
            while not (sending.done() and self.lab.idle()):
                done = self.trial.indexed()
                time.sleep(self.rng.uniform(*PAUSE_SECS))
                if servers and done >= self.count * (3 - len(servers)) // 3:
                    self.server(servers.pop())
                else:
                    self.worker()
                told = f"{time.strftime('%X')} killed {self.kills[-1].what}, {done:,} indexed"
                print(told, flush=True)
            sending.result()
        self.lab.settle(SETTLE_SECS)
        self.trial.result = self.trial.judged()

    def worker(self) -> None:
        """Kill a worker, and start another in its place."""
        stage = self.rng.choice(STAGES)
        self.kills.append(Kill(stage, time.time()))
        self.lab.stack.kill(stage)

    def server(self, name: str) -> None:
        """Kill a server; it is away for as long as it is between two kills."""
        server = self.lab.kafka if name == "kafka" else self.lab.index
        self.kills.append(Kill(name, time.time()))
        server.run("kill")
        time.sleep(self.rng.uniform(*PAUSE_SECS))
        server.run("start")

    def times(self, topic: str) -> Times:
        """Return when each record of this run was sent to *topic*."""
        ids, found = set(self.trial.generator.acked()), defaultdict(list)
        for message in read(self.lab.kafka.address, topic):
            found[message.key.decode()].append(message.timestamp / 1000)
        return {key: sorted(times) for key, times in found.items() if key in ids}

    def close(self) -> None:
        """End everything."""
        self.trial.generator.close()
        self.lab.close()


def work(came: Times, sent: Times) -> Work:
    """Return the work of a stage by what *came* to it and what it *sent*.

    A record that came twice is sent twice by right: that repeat is of the stage before.

    >>> work({"a": [1.0], "b": [1.0, 2.0]}, {"a": [1.5, 4.0], "b": [1.5, 2.5]})
    Work(done=[1.5, 4.0, 1.5, 2.5], again=[4.0])
    """
    done = [at for times in sent.values() for at in times]
    own = {key: max(0, len(times) - len(came[key])) for key, times in sent.items() if key in came}
    return Work(done, [at for key, number in own.items() for at in sent[key][1 : 1 + number]])


def written(came: Times, noted: Times) -> Work:
    """Return the work of the index stage: it notes only what it is given again.

    >>> written({"a": [1.0], "b": [1.0, 2.0]}, {"a": [4.0], "b": [2.5]})
    Work(done=[1.0, 1.0, 2.0], again=[4.0])
    """
    own = {key: max(0, len(times) + 1 - len(came[key])) for key, times in noted.items()}
    done = [at for times in came.values() for at in times]
    return Work(done, [at for key, number in own.items() for at in noted[key][:number]])


def repeats(kills: Iterable[Kill], stage: str, again: Iterable[float]) -> Counter[Kill | None]:
    """Return how much that *stage* did again follows each kill: the last one before it.

    >>> broker, worker, other = Kill("kafka", 1.0), Kill("clean", 5.0), Kill("index", 5.5)
    >>> found = repeats([broker, worker, other], "clean", [6.0, 2.0, 0.5])
    >>> found[worker], found[broker], found[None]
    (1, 1, 1)
    """
    ours = [one for one in kills if one.what == stage or one.what not in STAGES]
    ours.sort(key=lambda one: -one.at)
    return Counter(next((one for one in ours if one.at <= at), None) for at in again)


def allowed(kill: Kill | None, stage: str, done: Iterable[float], broker: Iterable[Kill]) -> int:
    """Return how much a kill may repeat: what was in flight, and what was not committed yet.

    *broker*: the kills of Kafka.  Who dies soon after one may not have committed since before it.

    >>> allowed(Kill("clean", 9.0), "clean", [8.5, 3.0], [])
    49
    >>> allowed(Kill("clean", 9.0), "clean", [8.5, 3.0], [Kill("kafka", 4.0)])
    50
    """
    if kill is None:
        return 0
    away = [one.at for one in broker if kill.at - BROKER_SECS <= one.at <= kill.at]
    since = min([kill.at, *away]) - COMMIT_SECS
    return IN_FLIGHT[stage] + sum(since <= at <= kill.at for at in done)


def tell(run: Run) -> bool:
    """Print what came out; return whether all is as it must be."""
    result = run.trial.result
    assert result is not None
    raw, clean, enriched, notes = (run.times(topic) for topic in TOPICS)
    works = (work(raw, clean), work(clean, enriched), written(enriched, notes))
    broker = [one for one in run.kills if one.what == "kafka"]
    over = total = 0
    for stage, found in zip(STAGES, works, strict=True):
        for kill, number in repeats(run.kills, stage, found.again).items():
            most = allowed(kill, stage, found.done, broker)
            total, over = total + number, over + (number > most)
            name = f"{kill.what} at {time.strftime('%X', time.localtime(kill.at))}" if kill else "-"
            print(f"  {stage} did {number} again after {name}; it may {most}")
    print(result)
    killed = ", ".join(f"{n} x {what}" for what, n in Counter(k.what for k in run.kills).items())
    print(f"{total} repeats after {len(run.kills)} kills ({killed}), {over} with more than may be")
    return result.clean() and not over


def main() -> int:
    """Run it by the command line."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--count", type=int, default=50_000)
    asked.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1, 10**6))
    given = asked.parse_args()
    print(f"seed {given.seed}, {given.count:,} records", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="newsmill-kill-run-") as folder:
        run = Run(Path(folder), given.count, given.seed)
        try:
            run.go()
            well = tell(run)
        finally:
            run.close()
    print(f"{time.monotonic() - began:.0f} s: {'well' if well else 'NOT WELL'}")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
