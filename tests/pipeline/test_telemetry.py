import io
import json
import logging

import pytest
import structlog

from pipeline import telemetry
from pipeline.telemetry import QUIET_SECS, RateLimit, configure


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands until it is moved."""
    clock = type("Clock", (), {"now": 0.0, "monotonic": lambda self: self.now})()
    monkeypatch.setattr(telemetry, "time", clock)
    return clock


def record(name, message="connection refused: %s", *args):
    """Return a line of the logger *name*."""
    return logging.LogRecord(name, logging.ERROR, "", 0, message, args or ("broker 1",), None)


def test_one_line_passes_and_the_flood_is_counted(clock):
    """Within the quiet time a logger says one thing; the next line tells how many were held."""
    limit = RateLimit()
    assert [limit.filter(record("kafka")) for _ in range(100)] == [True] + [False] * 99
    clock.now = QUIET_SECS
    late = record("kafka", "lost: %s", "100%")
    assert limit.filter(late)
    assert late.getMessage() == "lost: 100% (and 99 more lines like it)"


def test_each_logger_has_its_own_limit(clock):
    """The flood of one library hides no other."""
    limit = RateLimit()
    assert [limit.filter(record(name)) for name in ("kafka", "elastic", "kafka")] == [
        True, True, False,
    ]  # fmt: skip


def test_a_line_after_silence_is_as_it_was(clock):
    """Nothing is added where nothing was held back."""
    limit = RateLimit()
    limit.filter(record("kafka"))
    clock.now = 10 * QUIET_SECS
    later = record("kafka")
    assert limit.filter(later)
    assert later.getMessage() == "connection refused: broker 1"


@pytest.fixture
def _as_before():
    """Give the loggers back as they were."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.usefixtures("_as_before")
def test_json_is_one_object_a_line_on_stderr(capsys):
    """Ours and the libraries' lines have one form, and standard output stays clean."""
    configure("json")
    structlog.get_logger().info("working", stage="clean")
    logging.getLogger("kafka").warning("away: %s", "broker 1")
    logging.getLogger("kafka").info("chatter")
    told = capsys.readouterr()
    lines = [json.loads(line) for line in told.err.splitlines()]
    assert [line["event"] for line in lines] == ["working", "away: broker 1"]
    assert [line["level"] for line in lines] == ["info", "warning"]
    assert (lines[0]["stage"], told.out) == ("clean", "")


@pytest.mark.usefixtures("_as_before")
@pytest.mark.parametrize(("log_format", "is_json"), [("text", False), ("auto", True)])
def test_auto_is_json_where_nobody_watches(capsys, log_format, is_json):
    """Standard error that is no terminal gets JSON, unless text was asked for."""
    configure(log_format)
    structlog.get_logger().info("working")
    assert capsys.readouterr().err.startswith("{") == is_json


@pytest.mark.usefixtures("_as_before")
def test_a_line_goes_to_standard_error_as_it_is_by_then(monkeypatch):
    """Whoever was configured before standard error was replaced does not write to what is gone."""
    gone, now = io.StringIO(), io.StringIO()
    monkeypatch.setattr("sys.stderr", gone)
    configure("json")
    log = structlog.get_logger()
    log.warning("first")
    gone.close()
    monkeypatch.setattr("sys.stderr", now)
    log.warning("second")
    assert json.loads(now.getvalue())["event"] == "second"
