from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.audit.facts import UNKNOWN, Fact, Kind, judge

ENDS = ("indexed", "dropped", "dead", "in_flight")


def history(ends, generation=2):
    """Return what a system leaves behind that worked on revisions 1, 2, ... in their order."""
    facts = []
    for number, end in enumerate(ends, 1):
        facts.append(Fact("a", Kind.ACCEPTED, number, number, "gazette", place=f"raw:0:{number}"))
        if end == "dropped":
            facts.append(Fact("a", Kind.NOTE, number, number, "gazette", "not_a_story"))
        if end == "dead":
            name = f"a:{number:012x}"
            facts.append(Fact("a", Kind.LETTER, number, number, "", "oom", name, number))
        if end == "in_flight":
            facts.append(Fact("a", Kind.WAITING, number, number, "gazette"))
    if "indexed" in ends:
        last = len(ends) - ends[::-1].index("indexed")
        version = last * 1000 + generation
        facts.append(Fact("a", Kind.STORED, last, version, place="articles-v1", number=3))
        facts.append(Fact("a", Kind.CHILD, last, version, place="quotes-v1", number=3))
    return facts


def wrong(facts):
    """Return what is wrong, sorted."""
    return sorted(finding.wrong for finding in judge(facts).findings)


@given(st.lists(st.sampled_from(ENDS), min_size=1, max_size=6).map(tuple), st.randoms())
def test_a_history_in_which_nothing_was_lost_has_no_finding(ends, random):
    """Each revision has one ending, whatever came before and after, read in any order."""
    facts = history(ends)
    facts += random.choices(facts, k=3) if "indexed" not in ends else []
    random.shuffle(facts)
    verdict = judge(facts)
    assert not verdict.findings
    assert len(verdict.endings) == len(ends)


@given(st.lists(st.sampled_from(ENDS), min_size=1, max_size=6).map(tuple), st.data())
def test_whatever_is_taken_away_is_noticed(ends, data):
    """Without its note, letter, document or quotations the newest revision is named."""
    facts = history(ends)
    newest = [fact for fact in facts if fact.kind != Kind.ACCEPTED and fact.fetch == len(ends)]
    gone = data.draw(st.sampled_from(newest))
    assert wrong([fact for fact in facts if fact is not gone])


def test_a_message_that_came_twice_is_one_revision():
    """Replays and repeats are no further records."""
    facts = history(("indexed",))
    assert [one.outcome for one in judge([facts[0], *facts]).endings] == ["indexed"]


def test_a_newer_fetch_in_the_index_makes_the_older_a_duplicate():
    """The index holds one document of an article: the newest."""
    outcomes = [one.outcome for one in judge(history(("indexed", "indexed"))).endings]
    assert sorted(outcomes) == ["duplicate", "indexed"]


def test_a_note_of_a_duplicate_explains_nothing():
    """It says what the index held then; if the document is gone now, it is missing."""
    facts = [one for one in history(("indexed",)) if one.kind == Kind.ACCEPTED]
    note = Fact("a", Kind.NOTE, 1, 5, "gazette", "duplicate")
    assert wrong([*facts, note]) == ["missing"]


def test_a_tombstone_resolves_a_letter():
    """Of the messages of a key the last one counts, in whatever order they were read."""
    letter = Fact("a", Kind.LETTER, 1, 1, "", "oom", number=7)
    tombstone = Fact("a", Kind.LETTER, number=9)
    accepted = Fact("a", Kind.ACCEPTED, 1, 1, "gazette")
    assert wrong([accepted, tombstone, letter]) == ["missing"]
    assert not wrong([accepted, tombstone, letter, letter._replace(number=10)])


def test_a_letter_of_another_fetch_explains_nothing():
    """Each record has a letter of its own, so a newer one never took the place of an older."""
    facts = history(("dead", "dead"))
    assert not wrong(facts)
    assert wrong([fact for fact in facts if fact.number != 1]) == ["missing"]


def test_what_cannot_be_read_is_explained_by_its_letter():
    """Neither of them names a fetch; the letter is of the id, and was written later."""
    accepted = Fact("a", Kind.ACCEPTED, UNKNOWN, 10, "", place="raw:0:1")
    letter = Fact("a", Kind.LETTER, UNKNOWN, 4, "", "invalid_json", number=1)
    (ending,) = judge([accepted, letter]).endings
    assert (ending.outcome, ending.reason) == ("dead", "invalid_json")
    assert wrong([accepted]) == ["missing"]


def test_a_letter_whose_record_was_cut_tells_of_what_came_before_it():
    """Only the beginning of a huge record is kept, so its fetch is not known."""
    accepted = Fact("a", Kind.ACCEPTED, 5, 5, "gazette")
    letter = Fact("a", Kind.LETTER, UNKNOWN, 9, "", "too_big", number=1)
    (ending,) = judge([accepted, letter]).endings
    assert ending.outcome == "dead"


def test_a_letter_without_a_raw_record_is_counted():
    """Connectors give up what no topic takes, and letters outlive the raw topic."""
    (ending,) = judge([Fact("a", Kind.LETTER, 5, 9, "gazette", "too_big", number=1)]).endings
    assert (ending.source, ending.outcome, ending.reason) == ("gazette", "dead", "too_big")


def test_one_fetch_in_the_index_and_given_up_is_in_two_places():
    """It was worked on twice and ended differently; the letter of another fetch is not meant."""
    facts = history(("indexed",))
    letter = Fact("a", Kind.LETTER, 1, 1, "", "timeout", number=1)
    assert wrong([*facts, letter]) == ["two_places"]
    assert not wrong([*facts, letter._replace(fetch=0)])


def test_children_are_counted_and_compared():
    """Too few, too many, of another version, or without their article: each is named."""
    facts = history(("indexed",))
    child = facts[-1]
    assert wrong([*facts[:-1], child._replace(number=2)]) == ["miscounted"]
    assert wrong([*facts, child._replace(number=1)]) == ["miscounted"]
    assert wrong([*facts[:-1], child._replace(at=child.at - 1)]) == ["miscounted"]
    assert wrong([child]) == ["orphans"]


def test_children_of_what_waits_are_not_counted():
    """A worker died between the quotations and their article: it is written again."""
    child = Fact("a", Kind.CHILD, 1, 1002, place="quotes-v1", number=2)
    assert not wrong([*history(("in_flight",)), child])


def test_a_takedown_explains_what_is_gone_and_accuses_what_is_there():
    """Taken down means nowhere in the index, and undone means as if it never was."""
    taken = Fact("a", Kind.FORGOTTEN, at=5, reason="forgotten", number=1)
    accepted, *rest = history(("indexed",))
    (ending,) = judge([accepted, taken]).endings
    assert (ending.outcome, ending.reason) == ("dropped", "forgotten")
    assert wrong([accepted, *rest, taken]) == ["forgotten"]
    assert wrong([accepted, taken, taken._replace(reason="", number=2)]) == ["missing"]


def test_a_takedown_takes_the_older_fetches_with_it():
    """Its note names the fetch that was in the index, and stays when it is undone."""
    facts = [one for one in history(("indexed", "indexed")) if one.kind == Kind.ACCEPTED]
    note = Fact("a", Kind.NOTE, 2, 9, "gazette", "forgotten")
    assert not wrong([*facts, note])
    later = Fact("a", Kind.ACCEPTED, 3, 3, "gazette")
    assert wrong([*facts, note, later]) == ["missing"]
