from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.audit.facts import Fact, Kind
from pipeline.audit.ledger import PAGE, Ledger

names = st.text(min_size=1, max_size=4).filter(lambda text: text.isprintable())
kinds = st.sampled_from([int(kind) for kind in Kind])
facts = st.lists(st.tuples(names, kinds).map(lambda pair: Fact(*pair)), max_size=40)


@pytest.fixture
def ledger(tmp_path):
    made = Ledger(tmp_path)
    yield made
    made.close()


@given(facts)
def test_facts_come_back_together_by_id(given_):
    """Whatever order they were added in, all facts about an id come at once, and ids sorted."""
    with TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder))
        ledger.add(given_)
        found = [*ledger.each()]
        ledger.close()
    by_id = sorted(given_, key=lambda fact: fact.id.encode())
    expected = [sorted(group) for _, group in groupby(by_id, key=itemgetter(0))]
    assert [sorted(group) for group in found] == expected


def test_only_suspects_are_looked_at_again(ledger):
    """What was cleared is no suspect any more."""
    ledger.add(Fact(name, Kind.ACCEPTED) for name in "abc")
    assert not ledger.suspects()
    for name in "ca":
        ledger.suspect(name)
    assert [group[0].id for group in ledger.each(suspects=True)] == ["a", "c"]
    ledger.clear("a")
    assert [*ledger.suspects()] == [["c"]]


def test_what_the_index_held_is_unlearned_of_suspects_alone(ledger):
    """It is read again for them; of all others it stays."""
    ledger.add(Fact(name, kind) for name in "ab" for kind in (Kind.ACCEPTED, Kind.STORED))
    ledger.suspect("a")
    ledger.unlearn(Kind.STORED, Kind.CHILD)
    assert [[fact.kind for fact in group] for group in ledger.each()] == [
        [Kind.ACCEPTED], [Kind.ACCEPTED, Kind.STORED]]  # fmt: skip


def test_ids_come_in_pages_and_may_be_added_to_meanwhile(ledger):
    """Each id once, also while facts about them are being added."""
    ledger.add(Fact(f"{number:05}", Kind.ACCEPTED) for number in range(PAGE + 1))
    ledger.add(Fact(f"{number:05}", Kind.STORED) for number in range(PAGE + 1))
    found = []
    for page in ledger.known(Kind.ACCEPTED, Kind.STORED):
        ledger.add(Fact(name, Kind.CHILD) for name in page)
        found += page
    assert found == [f"{number:05}" for number in range(PAGE + 1)]
