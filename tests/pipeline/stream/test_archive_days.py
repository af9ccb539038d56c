"""The files of the raw archive, torn and damaged in every way a crash knows."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.stream.archive_days import (
    Archive,
    NoRoomError,
    cut_torn,
    days,
    lines,
    members,
    unread_bytes,
)
from schemas import ConfigError

DAY = date(2026, 11, 1)
FILE = "raw-2026-11-01.jsonl.gz"
BIG = 1 << 30


@pytest.fixture
def archive(tmp_path):
    made = Archive(tmp_path / "raw", BIG)
    made.open()
    yield made
    made.close()


def record(number: int) -> bytes:
    return b'{"id": "%d"}' % number


def test_what_is_appended_is_read_in_order(archive):
    """Each append is a gzip member, and any gzip reads them as one file."""
    archive.append(DAY, [record(1), record(2)])
    archive.append(DAY, [record(3)])
    (path,) = days(archive.folder)
    assert list(lines(path)) == [record(1), record(2), record(3)]
    assert gzip.decompress(path.read_bytes()) == b"".join(record(n) + b"\n" for n in (1, 2, 3))
    assert unread_bytes(path) == 0


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_torn_tail_costs_itself_alone(tmp_path_factory, data):
    """Wherever a crash tore the last append, what was synced before it is whole."""
    folder = tmp_path_factory.mktemp("torn")
    archive = Archive(folder, BIG)
    kept = [record(n) for n in range(data.draw(st.integers(0, 5)))]
    for one in kept:
        archive.append(DAY, [one])
    path = folder / FILE
    before = path.stat().st_size if kept else 0
    archive.append(DAY, [record(n) for n in range(50, 90)])
    torn = data.draw(st.integers(before, path.stat().st_size - 1))
    with path.open("r+b") as file:
        file.truncate(torn)
    assert list(lines(path)) == kept
    assert unread_bytes(path) == torn - before
    later = Archive(folder, BIG)
    later.append(DAY, [record(99)])
    assert list(lines(path)) == [*kept, record(99)]
    assert later.cut_bytes == torn - before


def test_damage_in_the_middle_costs_its_member_and_no_neighbour(archive):
    """The neighbours are found again, nothing is cut, and the damage is counted."""
    for number in range(3):
        archive.append(DAY, [record(number)])
    path = archive.folder / FILE
    first, second, third = members(path)
    with path.open("r+b") as file:
        file.seek(second.start + 12)
        file.write(b"\xff\xff\xff\xff")
    assert list(lines(path)) == [record(0), record(2)]
    assert unread_bytes(path) == second.end - second.start
    assert cut_torn(path) == 0
    assert [first, third] == list(members(path))


def test_the_oldest_day_makes_room(tmp_path):
    """The budget holds, and each day that went is named."""
    size = Archive(tmp_path / "measure", BIG).append
    (tmp_path / "measure").mkdir()
    one = size(DAY, [record(1)])
    archive = Archive(tmp_path / "raw", 2 * one)
    archive.open()
    for day in (1, 2, 3, 4):
        archive.append(DAY.replace(day=day), [record(1)])
    assert archive.deleted == ["raw-2026-11-01.jsonl.gz", "raw-2026-11-02.jsonl.gz"]
    assert [path.name[4:14] for path in days(archive.folder)] == ["2026-11-03", "2026-11-04"]
    assert archive.size() == 2 * one
    archive.close()


def test_a_budget_below_one_day_is_an_operators_affair(tmp_path):
    """The day that is being written is never deleted for itself."""
    (tmp_path / "raw").mkdir()
    archive = Archive(tmp_path / "raw", 60)
    archive.append(DAY, [record(1)])
    with pytest.raises(NoRoomError, match="raise --budget-gb"):
        archive.append(DAY, [record(2)])
    assert list(lines(archive.folder / FILE)) == [record(1)]


def test_two_writers_of_one_folder_are_refused(archive):
    """The second is told that there is a first."""
    other = Archive(archive.folder, BIG)
    with pytest.raises(ConfigError, match="another `newsmill archive` writes here"):
        other.open()


def test_other_files_of_the_folder_are_let_alone(archive):
    """Only names of our making are read or deleted."""
    (archive.folder / "raw-notes.jsonl.gz").write_bytes(b"mine")
    (archive.folder / "letter.txt").write_text("mine")
    assert days(archive.folder) == []


def test_a_disk_that_refuses_leaves_the_file_as_it_was(archive, monkeypatch):
    """Half a member is taken back, so that nothing torn is left behind."""
    archive.append(DAY, [record(1)])
    path: Path = archive.folder / FILE
    before = path.read_bytes()

    def full(_number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        archive.append(DAY, [record(2)])
    assert path.read_bytes() == before
