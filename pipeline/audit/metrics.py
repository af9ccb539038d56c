"""An audit as metrics: the same numbers that it prints, by source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from prometheus_client.core import Metric

from pipeline.audit.report import Report
from pipeline.stream.metrics import gauge


def of_audit(report: Report, at: float) -> Iterator[Metric]:
    """Yield the metrics of an audit that ended at *at*, in seconds since 1970."""
    sums: Counter[tuple[str, str, str]] = Counter()
    for cell, count in report.counts.items():
        sums[cell.source, cell.outcome, cell.reason] += count
    gone: Counter[tuple[str, str]] = Counter()
    for gap in report.gaps:
        gone[gap.group, gap.topic] += len(gap)
    yield gauge("newsmill_audit_records", "Accepted fetches by where they are now.",
                ("source", "outcome", "reason"), sorted(sums.items()))  # fmt: skip
    yield gauge("newsmill_audit_findings", "Ids that are not as they should be.", ("wrong",),
                (((wrong,), count) for wrong, count in sorted(report.wrong.items())))  # fmt: skip
    yield gauge("newsmill_audit_expired_messages", "Messages that Kafka deleted unread.",
                ("group", "topic"), sorted(gone.items()))  # fmt: skip
    yield gauge("newsmill_audit_exit_code", "0 clean, 1 wrong, 3 only expired.", (),
                [((), report.exit_code())])  # fmt: skip
    yield gauge("newsmill_audit_seconds", "How long it took.", (), [((), report.secs)])
    yield gauge("newsmill_audit_timestamp_seconds", "When it ended.", (), [((), at)])
