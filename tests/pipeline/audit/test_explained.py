from __future__ import annotations

from pipeline.audit.explained import Gaps
from pipeline.audit.facts import Ending, Finding, Verdict
from pipeline.stream.offsets import Standing, partition_of

LOST = Verdict([Ending(5, "gazette", "missing")], [Finding("missing", "a", "gazette", "gone")])


def standing(partition, first, committed):
    return Standing("newsmill-index", "articles.enriched", partition, first, first, committed)


def gaps(*lengths):
    made = Gaps()
    made.of([standing(number, length, 0) for number, length in enumerate(lengths)])
    return made


def test_a_missing_id_of_a_partition_with_a_gap_expired():
    """It is counted so and accused no more."""
    here = partition_of("a", 2)
    explained = gaps(1, 0).explain("a", LOST) if here == 0 else gaps(0, 1).explain("a", LOST)
    assert [one.outcome for one in explained.endings] == ["expired"]
    assert not explained.findings


def test_a_missing_id_of_another_partition_is_missing():
    """Its messages never were where the gap is."""
    here = partition_of("a", 2)
    explained = gaps(0, 1).explain("a", LOST) if here == 0 else gaps(1, 0).explain("a", LOST)
    assert explained.findings == LOST.findings


def test_a_gap_explains_no_more_than_fell_into_it():
    """So a real loss cannot hide behind a small gap."""
    made = gaps(1)
    assert not made.explain("a", LOST).findings
    assert made.explain("b", LOST).findings


def test_a_gap_that_was_noted_and_is_still_seen_counts_once():
    """The worker's note and the group's offsets tell of the same; the longer one is true."""
    made = gaps(7)
    (gap,) = made.all()
    made.add(gap)
    assert made.all() == (gap,)
