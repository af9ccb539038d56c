"""A worker in a network of its own, whose cable is pulled."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.faults.lab import stay

pytestmark = [pytest.mark.faults(14), pytest.mark.timeout(1800)]
ROOM, HERE, THERE = "newsmill-far", "newsmill-here", "newsmill-there"
OURS, THEIRS = "10.213.7.1", "10.213.7.2"


def ip(*words) -> subprocess.CompletedProcess[str]:
    """Run the command `ip`."""
    return subprocess.run(["ip", *words], capture_output=True, text=True, check=False)


@contextmanager
def far_away() -> Iterator[None]:
    """Make a network of its own, joined to ours by one cable."""
    steps = (
        ("netns", "add", ROOM),
        ("link", "add", HERE, "type", "veth", "peer", "name", THERE, "netns", ROOM),
        ("addr", "add", f"{OURS}/30", "dev", HERE),
        ("link", "set", HERE, "up"),
        ("-n", ROOM, "addr", "add", f"{THEIRS}/30", "dev", THERE),
        ("-n", ROOM, "link", "set", THERE, "up"),
        ("-n", ROOM, "link", "set", "lo", "up"),
    )
    try:
        for step in steps:
            if (done := ip(*step)).returncode:
                pytest.skip(f"no network can be made here: {done.stderr.strip()}")
        yield
    finally:
        ip("netns", "del", ROOM)
        ip("link", "del", HERE)


def test_a_worker_is_cut_off_from_everything(own_lab):
    """Its cable is pulled for longer than its session: another takes over, and it comes back."""
    with far_away():
        trial = own_lab(host=OURS)
        trial.lab.ready()
        far = ("ip", "netns", "exec", ROOM)
        trial.lab.stack.start("clean", "clean-far", before=far)
        trial.lab.stack.start("index", "index-far", before=far)
        trial.lab.wait_until_ready()
        with trial.generator.load(per_sec=20):
            time.sleep(3)
            ip("link", "set", HERE, "down")
            trial.says("clean-far", "Kafka")
            stay(90, least=25)
            ip("link", "set", HERE, "up")
            ip("addr", "replace", f"{OURS}/30", "dev", HERE)
        trial.ends_well()
        trial.lab.wait_until_ready()
        trial.lab.close()
