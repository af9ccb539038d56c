"""Full disks: each server and the workers' own folder on a small file system of its own."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.lab import Rooms, poll, stay

pytestmark = [pytest.mark.faults(16), pytest.mark.timeout(1800)]


@contextmanager
def small(size) -> Iterator[Path]:
    """Give a folder that is a file system of *size*, where any account may come to it.

    The folders of pytest are for its own account alone, and as root the servers run as another.
    """
    folder = Path(tempfile.mkdtemp(prefix="newsmill-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "newsmill", folder]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
        folder.rmdir()


def fill(folder):
    """Write until nothing fits any more, and return the file."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1 << 14))
        except OSError:
            return filler  # full: that is what we want


def test_the_disk_of_kafka_is_full(own_lab):
    """The broker ends itself and the workers say so; with room again nothing is lost."""
    with small("300m") as kafka:
        trial = own_lab(rooms=Rooms(kafka=kafka))
        trial.lab.ready()
        trial.send(40)
        filler = fill(kafka)
        with trial.generator.load(per_sec=10):
            for stage in ("clean", "enrich", "index"):
                trial.says(stage, "Kafka", secs=180)
            stay(60, least=5)
            filler.unlink()
            trial.lab.kafka.run("kill")
            trial.lab.kafka.run("start")
        trial.ends_well()
        trial.lab.close()


def test_the_disk_of_elasticsearch_is_full(own_lab):
    """No write goes through, nothing is given up, and with room again all of it is there."""
    with small("150m") as index:
        trial = own_lab(rooms=Rooms(index=index))
        trial.lab.ready()
        trial.send(20)
        filler = fill(index)
        trial.send(60)
        trial.says("index", "Elasticsearch", secs=180)
        stay(60, least=5)
        filler.unlink()
        trial.lab.direct.cluster.reroute(retry_failed=True)
        assert trial.ends_well().dead == {}
        trial.lab.close()


def test_the_disk_of_a_worker_is_full(own_lab):
    """It cannot report, and it works on; `newsmill health` says that the disk is full."""
    with small("2m") as state:
        trial = own_lab(rooms=Rooms(state=state))
        trial.lab.ready()
        filler = fill(state)
        trial.send(40)
        assert poll(lambda: trial.indexed() == 40, 120)
        assert poll(lambda: "is full" in trial.lab.command("health").stdout, 60)
        assert os.statvfs(state).f_bavail == 0
        filler.unlink()
        assert poll(lambda: trial.lab.command("health").returncode == 0, 60)
        trial.ends_well()
        trial.lab.close()
