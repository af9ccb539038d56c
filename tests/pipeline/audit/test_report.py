from __future__ import annotations

import json

from pipeline.audit.facts import Ending, Finding
from pipeline.audit.report import HOUR_MS, NAMED, Report
from pipeline.stream.gaps import Gap

GAP = Gap("newsmill-clean", "articles.raw", 3, 100, 249)


def filled():
    report = Report()
    report.add(
        [
            Ending(0, "gazette", "indexed"),
            Ending(HOUR_MS - 1, "gazette", "dropped", "not_a_story"),
            Ending(HOUR_MS, "gazette", "dead", "oom"),
            Ending(HOUR_MS, "archive", "in_flight"),
        ]
    )
    return report


def test_fetched_is_the_sum_of_all_that_follows_it():
    """By source and hour, sorted."""
    lines = [*filled().lines()]
    assert [(line.source, line.hour.hour, line.fetched) for line in lines] == [
        ("archive", 1, 1), ("gazette", 0, 2), ("gazette", 1, 1)]  # fmt: skip
    assert (lines[1].indexed, lines[1].dropped, lines[2].dead) == (
        1, {"not_a_story": 1}, {"oom": 1})  # fmt: skip


def test_hours_can_be_summed_up():
    """One line for each source."""
    assert [(line.source, line.hour, line.fetched) for line in filled().lines(hourly=False)] == [
        ("archive", None, 1), ("gazette", None, 3)]  # fmt: skip


def test_the_exit_code_says_the_worst():
    """0 clean, 3 only expired, 1 as soon as anything is wrong."""
    report = filled()
    assert report.exit_code() == 0
    report.gaps = (GAP,)
    assert report.exit_code() == 3
    report.add([], [Finding("missing", "a", "gazette", "gone")])
    assert report.exit_code() == 1


def test_findings_are_all_counted_and_not_all_named():
    """A million missing ids must not fill the memory or the screen."""
    report = Report()
    report.add([], [Finding("missing", str(number), "", "gone") for number in range(NAMED + 5)])
    assert (report.wrong["missing"], len(report.findings)) == (NAMED + 5, NAMED)


def test_everything_can_be_written_as_json():
    """Gaps come with their count."""
    report = filled()
    report.gaps = (GAP,)
    told = json.loads(json.dumps(report.as_dict(), default=str))
    assert (told["fetched"], told["expired"][0]["count"]) == (4, 150)
