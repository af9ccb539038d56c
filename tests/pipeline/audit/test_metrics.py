from __future__ import annotations

from pipeline.audit.facts import Ending, Finding
from pipeline.audit.metrics import of_audit
from pipeline.audit.report import HOUR_MS, Report
from pipeline.stream.gaps import Gap
from pipeline.stream.metrics import text


def test_an_audit_is_told_by_source_whatever_the_hour():
    """The same numbers as the table, so that an alarm can stand on them."""
    report = Report(gaps=(Gap("newsmill-clean", "articles.raw", 3, 100, 249),), secs=2.0)
    endings = [Ending(hour * HOUR_MS, "gazette", "dead", "oom") for hour in range(3)]
    report.add(endings, [Finding("missing", "a", "gazette", "gone")])
    told = text(of_audit(report, 5.0)).splitlines()
    assert 'newsmill_audit_records{outcome="dead",reason="oom",source="gazette"} 3.0' in told
    assert 'newsmill_audit_findings{wrong="missing"} 1.0' in told
    assert ('newsmill_audit_expired_messages{group="newsmill-clean",topic="articles.raw"} 150.0'
            in told)  # fmt: skip
    assert "newsmill_audit_exit_code 1.0" in told
    assert "newsmill_audit_timestamp_seconds 5.0" in told
