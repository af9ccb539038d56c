from __future__ import annotations

from bench.audit import Audited, as_dict, record, stored, told

FOUND = Audited({"cores": "2"}, 1000, 5.0, 2.0, 1.0, 99.5, 1000, 1, ("ab",))


def test_of_a_hundred_records_ninety_five_are_indexed_and_one_of_them_is_lost():
    """Each tenth of them has a quotation, which is written as a document of its own."""
    lines = [line for number in range(100) for line in stored(record(number), number)]
    assert sum(b'"_index":"articles"' in line for line in lines) == 94
    assert sum(b'"_index":"quotes"' in line for line in lines) == 9
    later = [line for number in range(100, 200) for line in stored(record(number), number)]
    assert sum(b'"_index":"articles"' in line for line in later) == 95


def test_every_record_has_an_id_of_its_own():
    """Else a million records would be fewer fetches."""
    assert len({record(number).id for number in range(1000)}) == 1000


def test_people_and_programs_are_told_alike():
    """Time, memory and what was named."""
    text = told(FOUND)
    assert "2 s, of them 1 s of its own CPU, 1,000 fetches" in text
    assert "100 MiB" in text
    assert "exit 1, named ab" in text
    assert as_dict(FOUND)["peak_mib"] == 99.5
