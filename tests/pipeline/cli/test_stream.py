"""stream: one stage in this process, several in a process each."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import Any

import pytest

from pipeline.cli import stream
from pipeline.stream import worker


def test_one_stage_runs_here(newsmill: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker gets stage, lane and settings."""
    ran: list[Any] = []
    monkeypatch.setattr(worker, "run", lambda *args: ran.append(args))
    monkeypatch.setattr("pipeline.telemetry.configure", lambda _format: None)
    monkeypatch.setenv("NEWSMILL_WORKERS", "3")
    assert newsmill("stream", "clean", "--lane", "backfill").code == 0
    ((stage, lane, settings),) = ran
    assert (stage, lane, settings.workers) == ("clean", "backfill", 3)


def test_a_wrong_stage_starts_none(newsmill: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One wrong word among several is enough."""
    monkeypatch.setattr(stream, "together", lambda *_args: pytest.fail("it started them"))
    assert newsmill("stream", "clean", "indx").code == 2
    assert newsmill("stream", "clean", "--lane", "slow").code == 2


def test_several_stages_are_children_and_end_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """When one ends the others are told to, and the worst exit code is that of all."""
    asked: list[list[str]] = []
    real = subprocess.Popen

    def child(command: list[str]) -> subprocess.Popen[bytes]:
        asked.append(command[1:])
        end = "sys.exit(75)" if "enrich" in command else "time.sleep(600)"
        trap = "signal.signal(signal.SIGTERM, lambda *_: sys.exit(0)); print(flush=True)"
        code = f"import signal, sys, time; {trap}; {end}"
        made = real([sys.executable, "-c", code], stdout=subprocess.PIPE)
        assert made.stdout
        made.stdout.readline()
        return made

    monkeypatch.setattr(subprocess, "Popen", child)
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    try:
        assert stream.together(["clean", "enrich"], "backfill") == 75
    finally:
        for number, handler in zip((signal.SIGTERM, signal.SIGINT), before, strict=True):
            signal.signal(number, handler)
    assert asked == [
        ["-m", "pipeline.cli", "stream", stage, "--lane", "backfill"]
        for stage in ("clean", "enrich")
    ]


def test_a_child_is_asked_to_end_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second SIGTERM would kill one that drains; one that has ended is waited for."""
    real = subprocess.Popen

    def child(command: list[str]) -> subprocess.Popen[bytes]:
        secs = 1.0 if "enrich" in command else 0.0
        once = "signal.signal(signal.SIGTERM, signal.SIG_DFL)"
        drain = f"lambda *_: ({once}, time.sleep({secs}), sys.exit(0))"
        code = (
            f"import signal, sys, time; signal.signal(signal.SIGTERM, {drain}); "
            "print(flush=True); time.sleep(600)"
        )
        made = real([sys.executable, "-c", code], stdout=subprocess.PIPE)
        assert made.stdout
        made.stdout.readline()
        return made

    monkeypatch.setattr(subprocess, "Popen", child)
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM))
    timer.start()
    try:
        assert stream.together(["clean", "enrich"], "live") == 0
    finally:
        for number, handler in zip((signal.SIGTERM, signal.SIGINT), before, strict=True):
            signal.signal(number, handler)
