from __future__ import annotations

from pipeline.cli.main import main
from pipeline.stream import health as reports
from pipeline.stream.health import Health


def test_the_counts_are_printed_or_written(tmp_path, monkeypatch, capsys):
    """To standard output, or to a file for a collector."""
    monkeypatch.setenv("NEWSMILL_STATE_DIR", str(tmp_path))
    monkeypatch.setattr("pipeline.telemetry.configure", lambda _format: None)
    health = Health("clean", "live")
    health.count("done")
    reports.write(tmp_path, health)
    assert main(["metrics"]) == 0
    printed = capsys.readouterr().out
    assert "newsmill_records_total{" in printed
    assert main(["metrics", "--write", str(tmp_path / "n.prom")]) == 0
    assert (tmp_path / "n.prom").read_text() == printed
    assert "report: 1" in capsys.readouterr().out
