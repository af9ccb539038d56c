import io
import json
import os
import threading

import pytest

from pipeline import lines
from pipeline.lines import answers
from pipeline.pipe import Line
from pipeline.pool import Workers


def prepare():
    """Return work that says a line back, or does what the line says."""
    return work


def work(line):
    """Answer one line."""
    if line == b'{"id": "hang"}':
        while True:
            pass
    return Line(rejected=False, data=line)


@pytest.fixture(scope="module", params=[2])
def workers(request):
    pool = Workers(prepare, count=request.param, cpu_secs=0.5)
    pool.start()  # here: a worker ends with the thread that started it
    yield pool
    pool.close()


@pytest.mark.parametrize("workers", [1, 2], indirect=True)
@pytest.mark.parametrize("number", [0, 1, 7, 8, 9, 200])
def test_one_answer_a_line_in_order(workers, number):
    """However many lines there are, each has one answer, in input order."""
    given = [f"line {n}".encode() for n in range(number)]
    assert [line.data for line in answers(io.BytesIO(b"\n".join(given)), workers)] == given


def test_line_ends_of_any_kind_and_blank_lines(workers):
    """CRLF is a line end, a blank line is a line, and the last one needs no end."""
    data = [line.data for line in answers(io.BytesIO(b"a\r\n\nb\n c \x0b\nd"), workers)]
    assert data == [b"a", b"", b"b", b" c \x0b", b"d"]


def test_a_line_that_hangs_is_rejected_alone():
    """Its answer stands at its place, with its id, and its neighbours come through."""
    pool = Workers(prepare, count=1, cpu_secs=0.5)
    found = list(answers(io.BytesIO(b'a\n{"id": "hang"}\nb\n'), pool))
    pool.close()
    assert [line.rejected for line in found] == [False, True, False]
    assert (json.loads(found[1].data)["id"], found[1].reason) == ("hang", "timeout")


def test_a_line_too_long_to_read_is_passed_over(workers, monkeypatch):
    """It is never held in memory; it is rejected at its place, also when it is the last."""
    monkeypatch.setattr(lines, "MAX_LINE_BYTES", 10)
    long = b"x" * 3_000_000
    found = answers(io.BytesIO(b"0123456789\n" + long + b"\nb\n" + long), workers)
    assert [line.reason or line.data for line in found] == [
        b"0123456789", "too_big", b"b", "too_big",
    ]  # fmt: skip


def test_a_lone_line_is_answered_at_once(workers):
    """The answer comes while the writer of the input still thinks about the next line."""
    ours, theirs = pipe()
    found = answers(ours, workers)
    for line in (b"one", b"two"):
        theirs.write(line + b"\n")
        assert next(found).data == line
    theirs.close()
    assert list(found) == []


def pipe():
    """Return both ends of a pipe: one to read from, one to write to."""
    reader, writer = os.pipe()
    return os.fdopen(reader, "rb"), os.fdopen(writer, "wb", buffering=0)


class Breaking(io.BytesIO):
    """A file whose disk breaks after its last line."""

    def readline(self, *args):
        line = super().readline(*args)
        if not line:
            raise OSError(5, "Input/output error")
        return line


def test_a_source_that_breaks_off_is_told(workers):
    """What cannot be read on is an error, never an early end."""
    with pytest.raises(OSError, match="Input/output error"):
        list(answers(Breaking(b"a\nb\n"), workers))


def test_a_reader_that_leaves_ends_the_reading(workers):
    """Nobody reads on for a consumer that has gone."""
    found = answers(io.BytesIO(b"a\n" * 100_000), workers)
    next(found)
    found.close()
    for thread in threading.enumerate():
        if thread.name.endswith("(read)"):
            thread.join(5)
            assert not thread.is_alive()
