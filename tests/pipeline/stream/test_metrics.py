from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families

from pipeline.stream import health as reports
from pipeline.stream.health import Health, Waiting
from pipeline.stream.metrics import of_reports, text, write


def values(told):
    """Return every sample: name and labels to value."""
    families = text_string_to_metric_families(told)
    return {
        (sample.name, *(f"{k}={v}" for k, v in sorted(sample.labels.items()) if k != "worker")):
        sample.value for family in families for sample in family.samples
    }  # fmt: skip


def test_every_outcome_is_a_counter_with_its_reason(tmp_path):
    """What a worker counts can be collected as it reports it."""
    health = Health("clean", "live", assigned=8, rebalancing=False, lag=5)
    health.count("done")
    health.count("dead", "no_text")
    health.counts["expired"] += 7
    reports.write(tmp_path, health)
    found = values(text(of_reports(reports.read_all(tmp_path))))
    own = ("lane=live",)
    total = "newsmill_records_total"
    assert found[total, *own, "outcome=dead", "reason=no_text", "stage=clean"] == 1
    assert found[total, *own, "outcome=expired", "reason=", "stage=clean"] == 7
    assert found["newsmill_ready", *own, "stage=clean"] == 1
    assert found["newsmill_lag", *own, "stage=clean"] == 5


def test_a_worker_that_is_not_ready_says_so(tmp_path):
    """A scraper needs no words."""
    reports.write(
        tmp_path, Health("index", "live", waiting={"sink": Waiting("Elasticsearch is away", 0.0)})
    )
    found = values(text(of_reports(reports.read_all(tmp_path))))
    assert found["newsmill_ready", "lane=live", "stage=index"] == 0


def test_no_worker_is_no_sample():
    """And no error."""
    assert values(text(of_reports([]))) == {}


def test_a_file_is_written_whole(tmp_path):
    """Nothing is left beside it that a collector would read as well."""
    write(tmp_path / "newsmill.prom", "newsmill_ready 1\n")
    assert [path.name for path in tmp_path.iterdir()] == ["newsmill.prom"]
