from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import typer

from pipeline.audit.facts import Ending, Finding
from pipeline.audit.report import Report
from pipeline.cli.audit import moment, tell
from pipeline.stream.gaps import Gap

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "ago"), [("90m", timedelta(minutes=90)), ("24h", timedelta(1)), ("7d", timedelta(7))]
)
def test_a_while_ago_is_a_moment(text, ago):
    """Minutes, hours and days."""
    assert moment(text, NOW) == NOW - ago


def test_a_moment_without_a_zone_is_in_utc():
    """As all our times are."""
    assert moment("2026-11-01T12:00", NOW) == datetime(2026, 11, 1, 12, tzinfo=UTC)
    assert moment("2026-11-01T12:00+02:00", NOW).utcoffset() == timedelta(hours=2)


@pytest.mark.parametrize("text", ["yesterday", "7", "d", "-3h"])
def test_what_is_no_moment_is_refused(text):
    """In one sentence that says how to write it."""
    with pytest.raises(typer.BadParameter, match="write 2026-11-01T12:00Z"):
        moment(text, NOW)


def test_people_are_told_what_is_wrong_and_what_to_do(capsys, monkeypatch):
    """Every id is named, what to do once for each kind, control characters spelt out."""
    monkeypatch.setenv("COLUMNS", "200")
    report = Report(gaps=(Gap("newsmill-clean", "articles.raw", 3, 100, 249),))
    report.add(
        [Ending(0, "gazette", "missing"), Ending(0, "gazette", "dead", "oom")],
        [Finding("missing", "a\x1b[31m", "gazette", "accepted at articles.raw:0:7")],
    )
    tell(report, hourly=True)
    out = capsys.readouterr().out
    assert "1970-01-01 00" in out
    assert "1 (1 oom)" in out
    assert "missing: a\\x1b[31m (gazette): accepted at articles.raw:0:7" in out
    assert "offsets 100 to 249" in out
    assert "newsmill reprocess" in out
    assert out.splitlines()[-1].startswith("2 fetched, not all is well")
