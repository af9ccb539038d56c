"""Health reports and audits as Prometheus text, for node-exporter's textfile collector.

So no worker needs a port: a file is written whole, and whoever collects reads the last one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

WORKER = ("stage", "lane", "worker")
GAUGES = {
    "assigned": ("newsmill_assigned", "Partitions or sources that the worker was given."),
    "pending": ("newsmill_pending", "Messages that the worker has read and not acknowledged."),
    "lag": ("newsmill_lag", "Messages of its partitions that its group has not committed."),
    "last_ack": ("newsmill_last_ack_timestamp_seconds", "When it last acknowledged one."),
    "at": ("newsmill_report_timestamp_seconds", "When it last reported; old: it hangs or ended."),
}
"""Field of a health report to the name and the meaning of its metric."""


def of_reports(reports: Iterable[Mapping[str, Any]]) -> Iterator[Metric]:
    """Yield the metrics of the *reports* of workers, as `newsmill health --json` prints them."""
    reports = [*reports]
    records = CounterMetricFamily(
        "newsmill_records", "Records by how they ended here, since the worker began.",
        labels=(*WORKER, "outcome", "reason"),
    )  # fmt: skip
    ready = GaugeMetricFamily("newsmill_ready", "1: it works; 0: it does not.", labels=WORKER)
    dealt = CounterMetricFamily("newsmill_rebalances", "Dealings out of partitions.", labels=WORKER)
    for report in reports:
        who = worker(report)
        for name, count in report["counts"].items():
            outcome, _, reason = name.partition(".")
            records.add_metric([*who, outcome, reason], count)
        ready.add_metric(who, not report["not_ready"])
        dealt.add_metric(who, report.get("rebalances", 0))
    yield from (records, ready, dealt)
    for field, (name, about) in GAUGES.items():
        yield gauge(name, about, WORKER, ((worker(one), one.get(field, 0)) for one in reports))


def worker(report: Mapping[str, Any]) -> list[str]:
    """Return what tells a worker from others."""
    return [report["stage"], report["lane"], str(report["pid"])]


def gauge(
    name: str, about: str, labels: Sequence[str], values: Iterable[tuple[Sequence[str], float]]
) -> Metric:
    """Return a metric with these values by label."""
    made = GaugeMetricFamily(name, about, labels=labels)
    for key, value in values:
        made.add_metric(key, value)
    return made


def text(metrics: Iterable[Metric]) -> str:
    """Return *metrics* as Prometheus reads them."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Given(tuple(metrics)))
    return generate_latest(registry).decode()


class Given:
    """A collector of metrics that are there already."""

    def __init__(self, metrics: tuple[Metric, ...]) -> None:
        """Keep *metrics*."""
        self.metrics = metrics

    def collect(self) -> tuple[Metric, ...]:
        """Return them."""
        return self.metrics


def write(path: Path, told: str) -> None:
    """Write a file of metrics in one step, so that no collector ever reads half of it."""
    new = path.with_name(path.name + ".new")
    new.write_text(told, encoding="utf-8")
    new.replace(path)
