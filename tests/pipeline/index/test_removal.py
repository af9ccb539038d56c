"""removal: children go before their article, and a newer revision is let alone."""

from __future__ import annotations

from pipeline.index.pages import Pair
from pipeline.index.removal import AT_ONCE, lines, parts

PAIR = Pair({"articles": "articles-v1", "quotes": "quotes-v1"})


def test_children_go_first() -> None:
    """A delete that is broken off leaves an article that counts too many, and no orphan."""
    hit = {"_id": "a", "_version": 7, "_source": {"quote_count": 2}}
    gone = [line["delete"] for line in lines(PAIR, hit)]
    assert [(one["_index"], one["_id"]) for one in gone] == [
        ("quotes-v1", "a-0"), ("quotes-v1", "a-1"), ("articles-v1", "a"),
    ]  # fmt: skip
    assert {(one["version"], one["version_type"]) for one in gone} == {(7, "external_gte")}


def test_an_article_of_an_older_release_has_no_children() -> None:
    """What was indexed before there were quotations is deleted alone."""
    hit = {"_id": "a", "_version": 7, "_source": {}}
    assert [line["delete"]["_id"] for line in lines(PAIR, hit)] == ["a"]


def test_requests_are_of_one_size() -> None:
    """Everything is in some part, in its order."""
    items = list(range(AT_ONCE * 2 + 1))
    found = list(parts(items))
    assert [len(part) for part in found] == [AT_ONCE, AT_ONCE, 1]
    assert [one for part in found for one in part] == items
