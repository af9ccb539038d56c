"""families: a document and its children are written and deleted together."""

from __future__ import annotations

from pipeline.index.families import NEW, family, known, once_each, removals
from pipeline.index.sink import Document


def test_children_stand_before_their_document() -> None:
    """What counts them is written last."""
    child = Document("a-0", 1, {"text": "x"}, index="quotes")
    lines, reason = family(Document("a", 1, {}, (child,)))
    assert ([(one.id, body) for one, body in lines], reason) == (
        [("a-0", b'{"text":"x"}'), ("a", b"{}")],
        "",
    )


def test_a_bad_child_refuses_all() -> None:
    """Nothing of it is written."""
    child = Document("a-0", -1, {}, index="quotes")
    lines, reason = family(Document("a", 1, {}, (child,)))
    assert lines == []
    assert "version" in reason


def test_only_the_surplus_is_deleted() -> None:
    """What has a successor is replaced by it; a new document has no past."""
    child = Document("a-0", 2, {}, index="quotes")
    parent = Document("a", 2, {}, (child,))
    before = known({"_version": 1, "_source": {"quote_count": 3}})
    lines = removals(parent, before, {"quotes": "quotes-v1"})
    assert [line.count(b"a-1") or line.count(b"a-2") for line in lines] == [1, 1]
    assert removals(parent, NEW, {"quotes": "quotes-v1"}) == []


def test_an_article_of_an_older_release_counts_no_children() -> None:
    """What was indexed before there were quotations has no such field."""
    assert known({"_version": 1, "_source": {}}).children == {"quotes": 0}


def test_nothing_comes_twice_in_a_part() -> None:
    """Parts keep the order; most batches are one."""
    items = [Document(name, version, {}) for version, name in enumerate("abacb")]
    assert [[one.id for one in part] for part in once_each(items)] == [["a", "b"], ["a", "c", "b"]]
    assert list(once_each([])) == []
