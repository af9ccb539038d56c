"""The fault lab of a session, its seed, and the table of what came out.

The whole lab runs by `make faults`.  A chosen part is marked `live` too and runs with every change.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.generator import Generator
from tests.faults.lab import SCALE, SEED, Lab, Trial
from tests.live.conftest import refuse
from tests.live.servers import missing

HERE = Path(__file__).parent
RESULTS = pytest.StashKey[list[str]]()


def pytest_report_header() -> str:
    """Say how to repeat this run."""
    return f"faults: NEWSMILL_FAULTS_SEED={SEED} NEWSMILL_FAULTS_SCALE={SCALE}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is not of the chosen part, unless somebody asks for the lab."""
    asked = "faults" in config.option.markexpr or any("faults" in arg for arg in config.args)
    if asked:
        return
    long = [item for item in items if HERE in item.path.parents and is_long(item)]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]


def is_long(item: pytest.Item) -> bool:
    """Whether a test belongs to the lab and not to the chosen part."""
    return bool(item.get_closest_marker("faults")) and not item.get_closest_marker("live")


@pytest.fixture(scope="session")
def made_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The servers and workers of this session."""
    for name in ("kafka", "elasticsearch"):
        if reason := missing(name):
            refuse(f"the fault lab cannot start {reason}")
    lab = Lab(tmp_path_factory.mktemp("lab"))
    yield lab
    lab.close()


@pytest.fixture
def own_lab(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[..., Trial]]:
    """Make a lab for one test alone, and a trial in it."""
    made: list[Trial] = []

    def make(**how: Any) -> Trial:
        lab = Lab(tmp_path, **how)
        made.append(begin(lab, request))
        return made[-1]

    yield make
    for trial in made:
        finish(trial, request)
        trial.lab.close()


@pytest.fixture
def lab(made_lab: Lab) -> Lab:
    """The lab, healed: all servers answer and a worker of each stage works."""
    made_lab.ready()
    return made_lab


@pytest.fixture
def trial(lab: Lab, request: pytest.FixtureRequest) -> Iterator[Trial]:
    """Records of a source of this test's own, and random numbers that the seed decides."""
    made = begin(lab, request)
    yield made
    finish(made, request)


def begin(lab: Lab, request: pytest.FixtureRequest) -> Trial:
    """Return a trial named after the test."""
    name = request.node.name.removeprefix("test_").replace("_", "-")[:60].strip("-")
    rng = random.Random(f"{SEED} {name}")
    generator = Generator(lab.bootstrap, name, lab.folder, rng.randrange(10**6))
    return Trial(lab, generator, rng)


def finish(trial: Trial, request: pytest.FixtureRequest) -> None:
    """Close the trial and keep its line for the table."""
    trial.generator.close()
    numbers = [str(mark.args[0]) for mark in request.node.iter_markers("faults") if mark.args]
    line = f"{'/'.join(numbers):>5}  {trial.generator.source}: {trial.result or 'no verdict'}"
    request.config.stash.setdefault(RESULTS, []).append(line)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the verdict of each trial."""
    lines = config.stash.get(RESULTS, [])
    if lines:
        terminalreporter.section(f"faults, seed {SEED}, scale {SCALE}")
        for line in lines:
            terminalreporter.write_line(line)
