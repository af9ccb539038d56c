"""Every hostile case comes in by each connector and ends within the limits, with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bench.hostile import Report, measure
from tests.hostile.cases import BIG, FEEDS, KINDS, MESSAGES, PACKED, PAGES, SOURCE_FILES, write

SMALL = ("pages", "feeds", "messages", "source_files", "packed")
WAYS = {
    "pages": ("page", "html", "folder"),
    "feeds": ("feed", "links of feed"),
    "messages": ("message", "folder"),
    "source_files": ("source file",),
    "packed": ("packed page", "packed feed"),
}
NO_FEEDS = {
    "nothing", "no_feed", "path_of_a_file", "attributes", "deep", "json_deep", "json_list",
    "noise",
}  # fmt: skip
PAGES_GIVEN_UP = {
    "empty": "no_text", "white": "no_text", "deep": "too_deep",
    "deeper": "too_deep", "attributes": "too_big", "many_tags": "too_big", "brackets": "too_big",
    "pdf": "undecodable", "gzip": "undecodable", "bomb": "undecodable", "noise": "undecodable",
}  # fmt: skip
MESSAGES_GIVEN_UP = {
    "nothing": "invalid_json", "cut_short": "invalid_json", "deep": "invalid_json",
    "magic": "invalid_json", "surrogate": "invalid_json", "surrogate_id": "invalid_json",
    "long_number": "invalid_json", "not_a_number": "invalid_record",
    "null": "invalid_record", "list": "invalid_record",
    "two_bodies": "invalid_record", "broken_base64": "no_text",
    "wrong_types": "invalid_record", "not_utf8": "undecodable", "bomb": "undecodable",
    "future": "unknown_schema", "empty_id": "refused", "long_id": "refused",
}  # fmt: skip


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Return how every small case ended."""
    folder = tmp_path_factory.mktemp("hostile")
    write(folder, SMALL)
    return measure(folder, "fast", WAYS)


def ends(report: Report, kind: str, way: str) -> dict[str, tuple[str, ...]]:
    """Return the outcomes of each case of *kind* by *way*."""
    return {
        Path(end.file).stem: end.outcomes
        for end in report.ends
        if end.file.startswith(f"{kind}/") and end.way == way
    }


def test_nothing_is_opened_connected_or_broken(report: Report) -> None:
    """No file, no connection, no limit passed, no bug, and nothing but JSON for the index."""
    assert report.violations == ()


@pytest.mark.parametrize(
    ("kind", "cases"),
    [("pages", PAGES), ("feeds", FEEDS), ("messages", MESSAGES), ("packed", PACKED),
     ("source_files", SOURCE_FILES)],
)  # fmt: skip
def test_every_case_ends(report: Report, kind: str, cases: Mapping[str, object]) -> None:
    """Each case ends by each of its ways; nothing vanishes."""
    for way in WAYS[kind]:
        found = ends(report, kind, way)
        assert found.keys() == cases.keys()
        assert all(found.values())


def test_no_case_needs_to_be_killed(report: Report) -> None:
    """The limits of the pool are the last resort: known cases are refused or read before them."""
    killed = {"dead: timeout", "dead: oom", "dead: crash"}
    assert [end for end in report.ends if killed & set(end.outcomes)] == []


def test_the_good_item_comes_out_of_every_feed(report: Report) -> None:
    """A hostile item costs itself; one that is none has nothing to give."""
    found = ends(report, "feeds", "feed")
    assert {name for name, outcomes in found.items() if "record" not in outcomes} == NO_FEEDS


@pytest.mark.parametrize(
    ("kind", "way", "expected"),
    [("pages", "html", PAGES_GIVEN_UP), ("messages", "message", MESSAGES_GIVEN_UP)],
)
def test_what_cannot_go_on_says_why(
    report: Report, kind: str, way: str, expected: Mapping[str, str]
) -> None:
    """The reason is of the closed list, and the others are records."""
    found = ends(report, kind, way)
    told = {name: outcomes[0].removeprefix("dead: ") for name, outcomes in found.items()
            if outcomes[0].startswith("dead: ")}  # fmt: skip
    assert told == expected


def test_no_hostile_source_file_is_read(report: Report) -> None:
    """Each is refused with file and line."""
    assert set(ends(report, "source_files", "source file").values()) == {("config refused",)}


def test_big_cases_are_told_by_the_generator(tmp_path: Path) -> None:
    """They are written on demand, and are bigger than any article."""
    write(tmp_path, ("big",))
    assert {file.stem for file in tmp_path.rglob("*.html")} == BIG.keys() == KINDS["big"][0].keys()
    assert min(file.stat().st_size for file in tmp_path.rglob("*.html")) > 500_000
