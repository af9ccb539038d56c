"""The lab: real servers behind proxies, workers as processes, and a verdict on every record.

Servers and workers live through the whole session; each test sends records of a source of its own,
makes trouble, and ends with `Trial.ends_well`: heal, wait until nothing is left to do, look up each
id.  A run that ends with work left is a failure.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kafka.errors import KafkaError

from pipeline.audit.audit import run as audit
from pipeline.audit.report import Report
from pipeline.index.elasticsearch import connect
from pipeline.stream.health import read_all
from tests.faults.generator import Generator
from tests.faults.proxy import LOOPBACK, Proxy
from tests.faults.verdict import Verdict, lag, verdict
from tests.live.servers import boot, end
from tests.live.stack import STAGES, Stack, wait_for

SCALE = float(os.environ.get("NEWSMILL_FAULTS_SCALE", "0.1"))
"""1 keeps the durations of the table of faults, which take an hour."""
SEED = int(os.environ.get("NEWSMILL_FAULTS_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
PATIENCE = float(os.environ.get("NEWSMILL_FAULTS_PATIENCE", "1"))
"""More than 1 on a machine that does other work: every limit of waiting is so much longer."""
SETTLE_SECS = 240.0 * PATIENCE
READY_SECS = 120.0 * PATIENCE


def lasting(secs: float, least: float = 8.0) -> float:
    """Return how long a fault lasts whose long form is *secs*; never under *least* seconds."""
    return max(min(least, secs), secs * SCALE)


def stay(secs: float, least: float = 8.0) -> None:
    """Let the fault last."""
    time.sleep(lasting(secs, least))


@dataclass(frozen=True, slots=True)
class Rooms:
    """Folders for what the servers and the workers keep, where a test wants them elsewhere."""

    kafka: Path | None = None
    index: Path | None = None
    state: Path | None = None


class Lab:
    """A Kafka and an Elasticsearch, each behind a proxy at *host*, and a worker of each stage."""

    def __init__(
        self, folder: Path, *, nodes: int = 1, host: str = LOOPBACK, rooms: Rooms = Rooms(),
        workers: int = 1,
    ) -> None:  # fmt: skip
        self.folder, self.state, self.closed = folder, rooms.state or folder, False
        self.kafka_proxy, self.index_proxy = Proxy(0, host=host), Proxy(0, host=host)
        advertised = f"advertised.listeners=PLAINTEXT://{host}:{self.kafka_proxy.port}"
        extra = {"KAFKA_EXTRA": advertised} if nodes == 1 else {}
        with ThreadPoolExecutor(2) as both:
            booting = both.submit(boot, "kafka", rooms.kafka, KAFKA_NODES=str(nodes), **extra)
            self.index = both.submit(boot, "elasticsearch", rooms.index).result()
            self.kafka = booting.result()
        self.kafka_proxy.target, self.index_proxy.target = self.kafka.port, self.index.port
        brokers = [f"{LOOPBACK}:{self.kafka.port + 10 * node}" for node in range(nodes)]
        self.bootstrap = f"{host}:{self.kafka_proxy.port}" if nodes == 1 else ",".join(brokers)
        self.stack = Stack(
            self.bootstrap,
            f"http://{host}:{self.index_proxy.port}", folder,
            state_dir=self.state, replicas=nodes, workers=workers,
        )  # fmt: skip
        self.direct = connect(self.index.address)

    def ready(self) -> None:
        """Return when every server answers and a worker of each stage works; start what is not.

        What a failed test left behind is ended first.
        """
        self.heal()
        for name in self.stack.odd & self.stack.agents.keys():
            left = self.stack.agents.pop(name)
            left.kill()
            left.wait()
        for stage in STAGES:
            agent = self.stack.agents.get(stage)
            if agent is None or agent.poll() is not None:
                self.stack.start(stage)
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Return when each worker that was started reports that it works."""
        wait_for(self.all_ready, READY_SECS, lambda: read_all(self.state))

    def heal(self) -> None:
        """End every trouble that a test may have left."""
        self.kafka_proxy.heal()
        self.index_proxy.heal()
        if self.index_proxy.target != self.index.port:
            self.index_proxy.target = self.index.port
            self.index_proxy.cut_all()
        for server in (self.kafka, self.index):
            server.run("resume")
            if "down" in server.run("status"):
                server.run("start")

    def alive(self) -> None:
        """Raise if a worker ended although nobody told it to: no fault here may do that."""
        ended = {name: agent.poll() for name, agent in self.stack.agents.items()}
        if gone := {name: code for name, code in ended.items() if code is not None}:
            raise AssertionError(f"workers ended by themselves, with {gone}")

    def all_ready(self) -> bool:
        """Whether each worker that we started reports that it works."""
        self.alive()
        reports = {one["pid"]: one["not_ready"] for one in read_all(self.state)}
        return all(reports.get(agent.pid) == [] for agent in self.stack.agents.values())

    def why(self, name: str) -> str:
        """Return why the worker *name* says that it is not ready; "" if it is."""
        return "; ".join(self.report(name).get("not_ready", ["no report"]))

    def rebalances(self) -> dict[str, int]:
        """Return how often each worker that runs was given partitions."""
        return {name: int(self.report(name)["rebalances"]) for name in self.stack.agents}

    def report(self, name: str) -> dict[str, Any]:
        """Return what the worker *name* says of itself; nothing before it says anything."""
        pid = self.stack.agents[name].pid
        return next((one for one in read_all(self.state) if one["pid"] == pid), {})

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of newsmill with the settings of the workers."""
        return subprocess.run(
            [sys.executable, "-m", "pipeline.cli", *words],
            env={**os.environ, **self.stack.environment()},
            cwd=self.folder, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip

    def left(self) -> dict[str, int] | str:
        """Return what each group has still to read, or why Kafka does not say."""
        try:
            return lag(self.kafka.address)
        except KafkaError as error:  # it has just come back, perhaps
            return repr(error)

    def idle(self) -> bool:
        """Whether no group has anything left to read."""
        left = self.left()
        return isinstance(left, dict) and not any(left.values())

    def settle(self, secs: float = SETTLE_SECS) -> None:
        """Return when no group has anything left to read; what is left after *secs* is a failure.

        No worker may end by itself meanwhile.
        """

        def idle() -> bool:
            self.alive()
            return self.idle()

        wait_for(idle, secs, lambda: (self.left(), read_all(self.state)))

    def close(self) -> None:
        """End workers, proxies and servers, and remove what they kept; safe to repeat."""
        if self.closed:
            return
        self.closed = True
        self.stack.close()
        self.direct.close()
        for proxy in (self.kafka_proxy, self.index_proxy):
            proxy.close()
        for server in (self.kafka, self.index):
            end(server)


@dataclass
class Trial:
    """One test's records in the lab."""

    lab: Lab
    generator: Generator
    rng: random.Random
    result: Verdict | None = None

    def send(self, count: int) -> None:
        """Send *count* records and wait for Kafka's word on them."""
        self.generator.send(count)

    def ends_well(self) -> Verdict:
        """Heal, wait until nothing is left to do, and return the verdict.

        It must be clean by our own count, and `newsmill audit` must say the same.
        """
        self.lab.heal()
        self.lab.settle()
        self.result = self.judged()
        assert self.result.accepted, "nothing was sent: this fault was not tried"
        assert self.result.clean(), str(self.result)
        report = self.audited()
        assert not report.wrong, report.as_dict()
        assert not report.total("expired"), report.as_dict()
        return self.result

    def audited(self) -> Report:
        """Return what `newsmill audit` says of this trial."""
        return audit(self.lab.stack.settings, source=self.generator.source)

    def judged(self) -> Verdict:
        """Return what became of the records so far."""
        return verdict(self.lab.kafka.address, self.lab.direct, self.generator.acked())

    def says(self, stage: str, words: str, secs: float = 90.0) -> str:
        """Wait until the worker of *stage* reports *words* as a reason why it does not work."""
        late = secs * PATIENCE
        wait_for(lambda: words in self.lab.why(stage), late, lambda: self.lab.why(stage))
        return self.lab.why(stage)

    def indexed(self) -> int:
        """Return how many documents of this trial a search finds."""
        self.lab.direct.indices.refresh(index="articles")
        source = {"term": {"source.id": self.generator.source}}
        return int(self.lab.direct.count(index="articles", query=source)["count"])


def memory_mb(pid: int) -> float:
    """Return the resident memory of a process, MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(one for one in status.splitlines() if one.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def poll(condition: Callable[[], bool], secs: float) -> bool:
    """Whether *condition* becomes true within *secs*."""
    end_at = time.monotonic() + secs * PATIENCE
    while not condition():
        if time.monotonic() > end_at:
            return False
        time.sleep(0.5)
    return True
