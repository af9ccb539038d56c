"""pages: an article comes with the children that are there, each of its own version."""

from __future__ import annotations

from pipeline.index.pages import children_of

HIT = {"_id": "a", "_version": 7, "_source": {"quote_count": 3}}


def test_children_keep_their_versions() -> None:
    """A family that is being rewritten is read as it stands: what is newer in it stays newer."""
    there = {
        "a-0": {"_version": 7, "_source": {"text": "x"}},
        "a-1": {"_version": 8, "_source": {"text": "y"}},
    }
    assert [(one.id, one.version, one.index) for one in children_of(HIT, there)] == [
        ("a-0", 7, "quotes"), ("a-1", 8, "quotes"),
    ]  # fmt: skip


def test_a_child_that_is_missing_is_left_out() -> None:
    """It was deleted between two looks; a later pass sees why."""
    assert children_of(HIT, {}) == ()
