"""wire: the agency that a story came from."""

from __future__ import annotations

import pytest

from pipeline.clean.wire import agency_in, agency_named, credit


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("PARIS (AFP)", "AFP"),
        ("Oslo (dpa)", "dpa"),
        ("Wien (apa)", "APA"),
        ("ROMA (ANSA) -", "ANSA"),
        ("SEOUL, Aug. 20 (Yonhap)", "Yonhap"),
        ("MOSCOW, March 5. /TASS/.", "TASS"),
        ("(Reporting by Ana Lind for Reuters)", "Reuters"),
        ("a pa", None),
        ("the ap is slow", None),
        ("They were at the spa in Lapa.", None),
    ],
)
def test_agency_in_a_note(text: str, agency: str | None) -> None:
    """In datelines and notes an agency is known by its name as agencies write it."""
    assert agency_in(text) == agency


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("Associated Press in Valencia", "AP"),
        ("Deutsche Presse-Agentur", "dpa"),
        ("AFP", "AFP"),
        ("Reuters Staff", "Reuters"),
        ("Anadolu Agency", "Anadolu"),
        ("Mike Bloomberg", None),
        ("Ana Lind", None),
    ],
)
def test_agency_as_a_name(text: str, agency: str | None) -> None:
    """Where writers are named, only the whole name is an agency."""
    assert agency_named(text) == agency


def test_credit() -> None:
    """A note of the wire wins over what the page names, and tells its origin."""
    names = [("json-ld", "Ana Lind, AFP")]

    assert credit([("text", "OSLO (Reuters)")], names) == ("text", "Reuters")
    assert credit([("text", "OSLO")], names) == ("json-ld", "AFP")
    assert credit([], []) is None
