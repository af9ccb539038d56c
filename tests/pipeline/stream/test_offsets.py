from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from kafka.partitioner import DefaultPartitioner

from pipeline.stream.offsets import Standing, partition_of


class Cluster:
    """A topic with eight partitions, as kafka-python asks for it."""

    topics = staticmethod(lambda: {"articles.raw"})
    partitions_for_topic = available_partitions_for_topic = staticmethod(lambda _: {*range(8)})


@given(st.text(min_size=1, max_size=40))
def test_a_key_goes_where_the_producer_sends_it(key):
    """Else an id would be looked for in another partition than it fell out of."""
    data = key.encode(errors="replace")
    sent = DefaultPartitioner().partition("articles.raw", key, data, None, None, Cluster())
    assert partition_of(key, 8) == sent


def test_what_is_before_the_first_offset_and_not_committed_is_a_gap():
    """Retention deleted it before the group had read it; what it had read is none."""
    gap = Standing("newsmill-clean", "articles.raw", 3, first=250, end=300, committed=100).gap
    assert gap is not None
    assert (gap.first, gap.last, len(gap)) == (100, 249, 150)
    assert Standing("newsmill-clean", "articles.raw", 3, 250, 300, 250).gap is None
    assert Standing("newsmill-clean", "articles.raw", 3, 0, 300, None).gap is None
    assert Standing("newsmill-clean", "articles.raw", 3, 10, 300, None).gap is not None


def test_what_is_left_and_not_committed_waits():
    """A commit before the first offset counts from there; one past the end is no debt."""
    assert Standing("g", "t", 0, first=5, end=9, committed=None).waiting == 4
    assert Standing("g", "t", 0, first=5, end=9, committed=2).waiting == 4
    assert Standing("g", "t", 0, first=5, end=9, committed=8).waiting == 1
    assert Standing("g", "t", 0, first=5, end=9, committed=12).waiting == 0
