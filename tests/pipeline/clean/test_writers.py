"""writers: names of people, and nothing that merely stands where names stand."""

from __future__ import annotations

import pytest

from pipeline.clean.writers import names_in, writers


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("By Ana Lind, Tom Ray & Jo Bell", ["Ana Lind", "Tom Ray", "Jo Bell"]),
        ("Von Jens-Peter Kranz und Eva Sandmann", ["Jens-Peter Kranz", "Eva Sandmann"]),
        ("Ana Lind, Political Correspondent", ["Ana Lind"]),
        ("Ana Lind in Oslo", ["Ana Lind"]),
        ("Ana Lind (Harbour Post)", ["Ana Lind"]),
        ("Lind, Ana", ["Ana Lind"]),
        ("ana lind", ["Ana Lind"]),
        ("Ana Lind, Oslo", ["Ana Lind"]),
        ("Alejandro Anderson", ["Alejandro Anderson"]),
        ("김태연", ["김태연"]),
        ("Антон Зелинский", ["Антон Зелинский"]),
        ("Staff", []),
        ("News desk", []),
        ("Redaktion", []),
        ("admin", []),
        ("alind", []),
        ("Harbour Post", []),
        ("Reuters", []),
        ("By The Associated Press", []),
        ("https://post.test/by/ana", []),
        ("ana@post.test", []),
        ("-", []),
    ],
)
def test_names(words: str, names: list[str]) -> None:
    """Names come without "By", place and role; desks, agencies, links and the site are none."""
    assert names_in(words, {"harbour post"}) == names


def test_the_first_origin_that_tells_a_name_counts() -> None:
    """Names are not mixed from several origins, and each is told once."""
    told = [
        ("feed", "Staff"),
        ("json-ld", "Ana Lind"),
        ("json-ld", "ANA LIND"),
        ("meta", "Tom Ray"),
    ]

    assert writers(told) == ("json-ld", ("Ana Lind",))
    assert writers([]) == (None, ())
