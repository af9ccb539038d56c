"""`newsmill sources` and `newsmill connect`, as a person runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

RUN = "import sys; from pipeline.cli.main import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a source file, an article and a broken one."""
    (tmp_path / "in").mkdir()
    for name, body in {"a.txt": "Rain", "b.json": "{"}.items():
        (tmp_path / "in" / name).write_text(body)
        os.utime(tmp_path / "in" / name, (1e9, 1e9))
    (tmp_path / "s.yaml").write_text("sources: [{id: gazette, type: files, path: in}]")
    return tmp_path


def newsmill(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run a command in *folder*."""
    root = Path(__file__).parents[2]
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(root), "NO_COLOR": "1"}
    env["NEWSMILL_KAFKA_BOOTSTRAP_SERVERS"] = "127.0.0.1:1"
    command = [sys.executable, "-c", RUN, *args]
    return subprocess.run(
        command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=120
    )


def test_check(folder: Path) -> None:
    """Files without faults: 0, and how many sources there are."""
    done = newsmill(folder, "sources", "check", "s.yaml")
    assert (done.returncode, done.stdout) == (0, "1 source, no faults\n")


def test_check_finds_faults(folder: Path) -> None:
    """Faults: 78, each on its line with file:line:column, and nothing was started."""
    (folder / "bad.yaml").write_text("sources:\n  - {id: a, type: rs, ur: x}\n")
    done = newsmill(folder, "sources", "check", "s.yaml", "bad.yaml")
    assert (done.returncode, done.stdout) == (78, "")
    assert done.stderr.splitlines() == [
        "bad.yaml:2:13: unknown type `rs`. Did you mean `rss`?",
        "bad.yaml:2:23: unknown option `ur`. Did you mean `url`?",
        "nothing was started",
    ]


def test_check_for_programs(folder: Path) -> None:
    """With --json the faults are data."""
    (folder / "bad.yaml").write_text("sources: 1")
    done = newsmill(folder, "sources", "check", "bad.yaml", "--json")
    assert done.returncode == 78
    assert [fault["where"] for fault in json.loads(done.stdout)["faults"]] == ["bad.yaml:1:1"]


def test_list(folder: Path) -> None:
    """The sources are listed with what they read."""
    done = newsmill(folder, "sources", "list", "s.yaml", "--json")
    (row,) = json.loads(done.stdout)
    assert (row["id"], row["type"], row["reads"], row["error"]) == ("gazette", "files", "in", "")


def test_dry_run(folder: Path) -> None:
    """A dry run prints records on stdout, faults on stderr, and leaves nothing behind."""
    done = newsmill(folder, "connect", "--sources", "s.yaml", "--dry-run", "--state", "c.db")
    (record,) = map(json.loads, done.stdout.splitlines())
    assert (done.returncode, record["body"], record["source"]) == (0, "Rain", "gazette")
    assert "b.json: broken JSON" in done.stderr
    assert not (folder / "c.db").exists()


def test_a_source_with_a_fault_stops_that_source_only(folder: Path) -> None:
    """The others are read, and what is left out is named with file:line:column."""
    (folder / "bad.yaml").write_text("sources:\n  - {id: a, type: rs}\n")
    done = newsmill(folder, "connect", "--sources", "s.yaml", "--sources", "bad.yaml", "--dry-run")
    assert done.returncode == 0
    assert json.loads(done.stdout)["source"] == "gazette"
    assert "left out: bad.yaml:2:13: unknown type `rs`. Did you mean `rss`?" in done.stderr


def test_connect_with_faults(folder: Path) -> None:
    """Where no source is right, nothing is started."""
    (folder / "s.yaml").write_text("sources: [{id: a, type: rss}]")
    done = newsmill(folder, "connect", "--sources", "s.yaml", "--once")
    assert done.returncode == 78
    assert not (folder / "state").exists()
