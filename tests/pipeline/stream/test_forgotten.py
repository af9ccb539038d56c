"""forgotten: what was taken down is not written, whenever it was taken down."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations_with_replacement

import pytest

from pipeline.index.sink import STALE, STORED, Document, Written
from pipeline.stream.forgotten import WithoutForgotten, names_of
from schemas import address_id

BATCH = [Document(name, 1, {"url": {"original": f"https://gazette.test/{name}"}}) for name in "abc"]
MOMENTS = range(5)
"""Before the first look, after it, after the write, after the second look, and at the end."""


class World:
    """An index, the tombstones, and a takedown whose two steps come at given moments."""

    def __init__(self, name: str, tombstone_at: int, deletion_at: int) -> None:
        self.name, self.steps = name, (tombstone_at, deletion_at)
        self.index: set[str] = set()
        self.tombstones: set[str] = set()
        self.names: set[str] = set()
        self.passed = 0

    def moment(self) -> None:
        """Let the takedown do what comes now."""
        if self.steps[0] == self.passed:
            self.tombstones.add(self.name)
        if self.steps[1] == self.passed:
            self.index.discard(self.name)
        self.passed += 1

    def look(self) -> None:
        self.moment()
        self.names = {*self.tombstones}

    def holds(self, item: Document) -> bool:
        return bool(self.names & names_of(item.id, item.body))

    def open(self) -> None:
        self.index.clear()

    def write(self, batch: Sequence[Document]) -> list[Written]:
        self.moment()
        self.index |= {item.id for item in batch}
        return [STORED if item.id != "c" else STALE for item in batch]

    def delete(self, batch: Sequence[Document]) -> None:
        self.index -= {item.id for item in batch}

    def close(self) -> None:
        self.index.clear()


@pytest.mark.parametrize(
    ("tombstone_at", "deletion_at"), [*combinations_with_replacement(MOMENTS, 2)]
)
def test_whenever_it_is_taken_down_it_is_not_there_afterwards(
    tombstone_at: int, deletion_at: int
) -> None:
    """Every order of the tombstone, the deletion, both looks and the write; neighbours stay."""
    world = World("b", tombstone_at, deletion_at)
    outcomes = WithoutForgotten(world, world).write(BATCH)  # type: ignore[arg-type]
    while world.passed < len(MOMENTS):
        world.moment()
    assert world.index == {"a", "c"}
    told = "stored" if tombstone_at > 2 else "forgotten"
    assert [how.state for how in outcomes] == ["stored", told, "stale"]


def test_what_is_forgotten_before_is_deleted_all_the_same() -> None:
    """A worker that died after its write, before its second look, left it there."""
    world = World("b", 0, 0)
    world.index = {"b"}
    world.look()
    world.index = {"b"}
    WithoutForgotten(world, world).write(BATCH[1:2])  # type: ignore[arg-type]
    assert world.index == set()


def test_an_article_goes_by_its_id_and_by_both_its_addresses() -> None:
    """The address that was asked for, and the one that the page calls its own."""
    body = {
        "url": {"original": "https://gazette.test/1?utm_id=2", "full": "https://gazette.test/2"}
    }
    addresses = {address_id("https://gazette.test/1"), address_id("https://gazette.test/2")}
    assert names_of("a", body) == {"a", *addresses}
    assert names_of("a", {}) == {"a"}
