"""``newsmill run`` as a program runs it: files, order, exit codes, and nothing from around it."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.index.local import Local
from pipeline.samples import samples

ROOT = Path(__file__).parents[3]
PYTHON = [sys.executable, "-P", "-m", "pipeline.cli"]
PLAIN = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
HOSTILE = {
    "NEWSMILL_WORKERS": "many",
    "NEWSMILL_CLEANING": "careful",
    "NEWSMILL_LANGUAGE": "klingon",
    "NEWSMILL_MODEL": "no_such_model",
    "NEWSMILL_STATE_DIR": "/dev/null/state",
    "NEWSMILL_SOURCES_DIR": "/nowhere",
    "NEWSMILL_CPU_LIMIT_SECS": "-1",
    "LC_ALL": "C",
    "TZ": "Pacific/Kiritimati",
    "PYTHONHASHSEED": "7",
}


def hanging_page() -> str:
    """Return a page whose tens of thousands of attributes keep a parser busy for long."""
    attributes = " ".join(f"data-{number}=x" for number in range(60_000))
    return f"<html><body><p {attributes}>Snow fell on the hills.</p></body></html>"


def raw_lines() -> list[bytes]:
    """Return lines of every kind: samples, and between them all that is bad."""
    good = [
        json.dumps({**json.loads(sample.to_bytes()), "id": f"good {number}"}).encode()
        for number, sample in enumerate(samples())
    ]
    page = {"url": "", "source": "gazette", "content_type": "text/html"}
    bad = [
        b"",
        b"[1]",
        b"{",
        b'{"id": "\xff"}',
        b'{"id": "nothing in it", "url": "", "source": "a", "content_type": "text/plain"}',
        json.dumps({**page, "id": "future", "body": "x", "schema_version": 999}).encode(),
        json.dumps({**page, "id": "big", "body": "rain " * 2_200_000}).encode(),
        json.dumps({**page, "id": "hangs", "body": hanging_page()}).encode(),
        json.dumps({**page, "id": 0, "body": ""}).encode(),
        json.dumps({**page, "id": "noise", "body": "ADVERTISEMENT\n" * 9}).encode(),
    ]
    mixed = [one for pair in zip(good, bad, strict=False) for one in pair]
    return mixed + good[len(bad) :]


@dataclass
class Ended:
    """A run that has ended: its exit code, what it said, and the lines of its two files."""

    folder: Path
    code: int
    told: str
    out: list[bytes]
    rejects: list[bytes]


def newsmill(folder: Path, data: bytes, *options: str, env: dict[str, str] | None = None) -> Ended:
    """Run ``newsmill run`` on *data* in *folder*."""
    (folder / "in.jsonl").write_bytes(data)
    files = ["--from", "in.jsonl", "--to", "out.jsonl", "--rejects", "bad.jsonl"]
    done = subprocess.run(
        [*PYTHON, "run", *files, *options], cwd=folder, env=env or PLAIN,
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    written = [(folder / name).read_bytes().splitlines() for name in ("out.jsonl", "bad.jsonl")]
    return Ended(folder, done.returncode, done.stderr, *written)


@pytest.fixture(scope="session")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """Run every line once, with one worker."""
    data = b"\n".join(raw_lines())
    folder = tmp_path_factory.mktemp("one")
    return newsmill(folder, data, "--workers", "1", "--language", "fast", "--index", "found.db")


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """Run the same lines shuffled, with two workers, CRLF ends, in a hostile place."""
    folder = tmp_path_factory.mktemp("odd \u2028 folder")
    (folder / ".env").write_text("NEWSMILL_WORKERS=many\nNEWSMILL_LANGUAGE=klingon\n")
    (folder / "json.py").write_text("raise SystemExit('read from the working directory')\n")
    (folder / "seeds").mkdir()
    (folder / "seeds" / "sources").write_text("not a folder")
    lines = raw_lines()
    random.Random(3).shuffle(lines)
    data = b"\r\n".join(lines) + b"\r\n"
    env = PLAIN | HOSTILE
    return newsmill(folder, data, "--workers", "2", "--language", "fast", env=env)


def ids(lines: list[bytes]) -> list[object]:
    """Return the id of each line."""
    return [json.loads(line)["id"] for line in lines]


def test_ends_well_whatever_was_rejected(ran: Ended) -> None:
    """Exit 0 means that the input was read to its end; the last line of stderr counts."""
    assert ran.code == 0
    assert ran.told.splitlines()[-1].startswith("15 written, 10 rejected (")


def test_each_line_is_in_one_of_the_two_in_order(ran: Ended) -> None:
    """Good lines are in the output, bad ones in the rejects, each once, in input order."""
    assert ids(ran.out) == [f"good {number}" for number in range(15)]
    assert ids(ran.rejects) == [
        None, None, None, None, "nothing in it", "future", "big", "hangs", 0, "noise",
    ]  # fmt: skip


def test_each_reject_has_its_reason(ran: Ended) -> None:
    """The reason of a reject is from the closed list; a page that hangs costs only itself."""
    reasons = [json.loads(line)["reason"] for line in ran.rejects]
    assert reasons[:7] == [
        "invalid_json", "invalid_record", "invalid_json", "undecodable", "invalid_record",
        "unknown_schema", "too_big",
    ]  # fmt: skip
    assert reasons[7] in {"timeout", "too_deep", "too_big"}
    assert reasons[8:] == ["no_text", "only_boilerplate"]


def test_an_answer_depends_on_its_line_alone(ran: Ended, elsewhere: Ended) -> None:
    """Order, workers, environment, .env and working directory change no byte of a line."""
    assert elsewhere.code == 0
    assert sorted(elsewhere.out) == sorted(ran.out)
    assert sorted(elsewhere.rejects) == sorted(ran.rejects)


def test_lines_are_strict_json(ran: Ended) -> None:
    """No NaN, no Infinity: any parser reads them."""

    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    for line in [*ran.out, *ran.rejects]:
        json.loads(line, parse_constant=refuse)


def test_what_was_written_can_be_found(ran: Ended) -> None:
    """--index puts each story that came through into the embedded index, and no paywall stub."""
    index = Local(ran.folder / "found.db")
    index.open()
    kinds = [json.loads(line)["article_kind"] for line in ran.out]
    assert index.count() == len(kinds) - kinds.count("paywall-stub") < len(kinds)
    index.close()


def test_stops_after_clean_and_starts_at_enrich(tmp_path: Path, ran: Ended) -> None:
    """Two runs in a row give what one run gives."""
    data = b"\n".join(raw_lines()[:9:2])
    first = newsmill(tmp_path, data, "--until", "clean", "--workers", "1")
    assert "entities" not in json.loads(first.out[0])
    options = ("--start", "enrich", "--workers", "1", "--language", "fast")
    second = newsmill(tmp_path, b"\n".join(first.out), *options)
    assert [json.loads(line) for line in second.out] == [json.loads(line) for line in ran.out[:5]]


def test_works_as_a_pipe() -> None:
    """Standard input to standard output, records alone, without any option."""
    done = subprocess.run(
        [*PYTHON, "run", "--until", "clean", "--workers", "1"], input=raw_lines()[0], env=PLAIN,
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    assert json.loads(done.stdout)["id"] == "good 0"
    assert done.stderr == b"1 written, 0 rejected\n"


@pytest.mark.parametrize(
    "files",
    [
        ("--from", "missing.jsonl", "--to", "out.jsonl"),
        ("--from", ".", "--to", "out.jsonl"),
        ("--from", "/proc/self/mem", "--to", "out.jsonl"),
        ("--from", "in.jsonl", "--to", "no/such/folder/out.jsonl"),
        ("--from", "in.jsonl", "--to", "/dev/full"),
        ("--from", "in.jsonl", "--to", "out.jsonl", "--rejects", "."),
    ],
)
def test_broken_off_is_1(tmp_path: Path, files: tuple[str, ...]) -> None:
    """Where reading or writing breaks off it ends with 1 and one sentence, no traceback."""
    (tmp_path / "in.jsonl").write_bytes(raw_lines()[0] + b"\n")
    done = subprocess.run(
        [*PYTHON, "run", *files, "--until", "clean", "--workers", "1"], cwd=tmp_path, env=PLAIN,
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("newsmill: [Errno")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--start", "enrich", "--until", "clean"), "ends before"),
        (("--index", "x.db", "--until", "clean"), "--index"),
        (("--start", "index"), "index"),
        (("--workers", "-1"), "--workers"),
    ],
)
def test_wrong_use_is_2(tmp_path: Path, options: tuple[str, ...], told: str) -> None:
    """Options that cannot be meant are refused before anything is read or written."""
    done = subprocess.run(
        [*PYTHON, "run", "--to", "out.jsonl", *options], cwd=tmp_path, env=PLAIN,
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert told in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "files",
    [
        ("--from", "in.jsonl", "--to", "in.jsonl"),
        ("--from", "in.jsonl", "--to", "out.jsonl", "--rejects", "./in.jsonl"),
        ("--from", "in.jsonl", "--to", "out.jsonl", "--rejects", "out.jsonl"),
    ],
)
def test_no_file_is_overwritten_while_it_is_used(tmp_path: Path, files: tuple[str, ...]) -> None:
    """A file that is named twice is wrong usage, and nothing of it is lost."""
    (tmp_path / "in.jsonl").write_bytes(raw_lines()[0])
    done = subprocess.run(
        [*PYTHON, "run", *files], cwd=tmp_path, env=PLAIN, capture_output=True, check=False,
        text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert "named twice" in done.stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "in.jsonl": raw_lines()[0]
    }
