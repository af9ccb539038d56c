from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.stream.gaps import Expected, Gap
from schemas.dead_letters import Origin


def origin(offset, partition=0):
    return Origin("articles.raw", partition, offset, b"a", b"", 0)


@given(st.sets(st.integers(0, 60)).map(sorted))
def test_what_was_skipped_is_counted_and_nothing_else(offsets):
    """Read and skipped together are everything up to the last message."""
    gaps = Expected("newsmill-clean").gaps([origin(offset) for offset in offsets])
    skipped = {offset for gap in gaps for offset in range(gap.first, gap.last + 1)}
    assert skipped == set(range(max(offsets, default=-1) + 1)).difference(offsets)


def test_a_group_goes_on_where_it_has_committed():
    """What another worker finished is no gap; what lies beyond it is."""
    expected = Expected("newsmill-clean", lambda _topic, _partition: 100)
    assert expected.gaps([origin(100), origin(101)]) == []
    assert expected.gaps([origin(250)]) == [Gap("newsmill-clean", "articles.raw", 0, 102, 249)]


def test_a_partition_that_came_back_is_judged_by_the_new_commit():
    """Another worker had it meanwhile and went on."""
    commits = iter([0, 0, 500])
    expected = Expected("newsmill-clean", lambda _topic, _partition: next(commits))
    assert expected.gaps([origin(0), origin(1), origin(500)]) == []


def test_a_repeat_is_no_gap_and_hides_none():
    """A message that comes again is followed by its neighbours."""
    expected = Expected("newsmill-clean")
    assert expected.gaps([origin(0), origin(1), origin(0), origin(1)]) == []
    assert [len(gap) for gap in expected.gaps([origin(5)])] == [3]


def test_partitions_are_told_apart():
    """Each has offsets of its own."""
    expected = Expected("newsmill-clean")
    assert expected.gaps([origin(0, 0), origin(0, 1), origin(1, 0)]) == []


def test_the_note_of_a_gap_tells_all_of_it():
    """So that the audit can read it when the offsets tell nothing any more."""
    gap = Gap("newsmill-clean-backfill", "articles.raw.backfill", 3, 100, 249)
    assert Gap.named(gap.name()) == gap
    assert Gap.named("3f1c") is None
