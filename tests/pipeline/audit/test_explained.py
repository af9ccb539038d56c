from __future__ import annotations

from pipeline.audit.explained import Gaps
from pipeline.audit.facts import Fact, Kind, judge
from pipeline.stream.offsets import Standing, partition_of

LOST = Fact("a", Kind.ACCEPTED, 5, at=5, source="gazette", place="articles.raw:0:7")


def standing(partition, first, committed, topic="articles.enriched"):
    return Standing("newsmill-index", topic, partition, first, first, committed)


def gaps(*lengths, topic="articles.enriched"):
    made = Gaps()
    made.of([standing(number, length, 0, topic) for number, length in enumerate(lengths)])
    return made


def noted(until_ms):
    """Return a gap that a worker noted then and went past."""
    (gap,) = gaps(3).all()
    made = gaps(0)
    made.add(gap, until_ms)
    return made


def test_a_missing_id_of_a_partition_with_a_gap_expired():
    """It is counted so and accused no more."""
    here = partition_of("a", 2)
    verdict = judge([LOST], (gaps(1, 0) if here == 0 else gaps(0, 1)).explain)
    assert [one.outcome for one in verdict.endings] == ["expired"]
    assert not verdict.findings


def test_a_missing_id_of_another_partition_is_missing():
    """Its messages never were where the gap is."""
    here = partition_of("a", 2)
    verdict = judge([LOST], (gaps(0, 1) if here == 0 else gaps(1, 0)).explain)
    assert [one.wrong for one in verdict.findings] == ["missing"]


def test_a_gap_explains_no_more_than_fell_into_it():
    """So a real loss cannot hide behind a small gap."""
    made = gaps(1)
    assert made.explain(LOST)
    assert not made.explain(LOST._replace(id="b"))


def test_a_raw_record_that_is_still_there_fell_into_no_gap_of_its_topic():
    """It was read, so nobody deleted it: what lost it came later."""
    assert not gaps(9, topic="articles.raw").explain(LOST)


def test_what_came_after_a_gap_was_noted_did_not_fall_into_it():
    """The worker had gone past it by then."""
    assert noted(5).explain(LOST)
    assert not noted(4).explain(LOST)


def test_a_gap_that_was_noted_and_is_still_seen_counts_once():
    """The worker's note and the group's offsets tell of the same; the longer one is true."""
    made = gaps(7)
    (gap,) = made.all()
    made.add(gap, 1)
    assert made.all() == (gap,)
    assert made.explain(LOST)
