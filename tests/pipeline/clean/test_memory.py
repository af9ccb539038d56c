"""Lines looked up in a snapshot of what sources repeat."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.clean.lines import clean_lines
from pipeline.clean.memory import Repeated, Snapshot, SourceMemory, hash_of, read_snapshot
from pipeline.clean.rules.line import Line
from pipeline.clean.source import Sources
from pipeline.clean.source_rules import SourceRules
from schemas import ConfigError

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
STORY = "Ministers from nine countries met in Oslo on Monday to talk about the price of cod."
PLEA = "Our newsroom lives by its readers, and by nobody else."


def snapshot(*lines: str, source: str = "gazette", number: int = 12) -> Snapshot:
    """Return a snapshot that knows *lines* from 37 of 40 articles."""
    known = {hash_of(source, line): Repeated(articles=37) for line in lines}
    memory = SourceMemory(articles=40, first_at=NOON, last_at=NOON, lines=known)
    return Snapshot(number=number, learned_at=NOON, sources={source: memory})


def test_a_line_that_is_known_is_cut_and_says_why() -> None:
    """The cut says in how many articles of how many the line was seen; the source names both."""
    source = Sources(memory=snapshot(PLEA)).of("gazette")
    cleaned = clean_lines(f"{STORY}\n{PLEA}", "Cod", source=source)

    assert cleaned.text == STORY
    assert [(cut.by, cut.kind, cut.score, cut.why) for cut in cleaned.removed] == [
        ("memory", "other", 0.925, "in 37 of 40 articles")
    ]
    assert source.models() == {"memory": "000012"}


def test_what_one_source_repeats_is_no_matter_of_another() -> None:
    """The same words in another source stay."""
    sources = Sources(memory=snapshot(PLEA))
    assert sources.of("herald").verdict(Line(PLEA)) is None


def test_the_operator_knows_better() -> None:
    """A line that `keep:` has stays, however often it was seen."""
    sources = Sources({"gazette": SourceRules(keep=("Our newsroom *",))}, snapshot(PLEA))
    assert sources.of("gazette").verdict(Line(PLEA)) == "keep"


def test_the_headline_is_moved_and_not_lost() -> None:
    """A headline that comes again, as of a column, is the headline still."""
    source = Sources(memory=snapshot("The week in cod")).of("gazette")
    cleaned = clean_lines(f"The week in cod\n{STORY}", "The week in cod", source=source)
    assert [cut.kind for cut in cleaned.removed] == ["headline"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Share  this", "SHARE THIS", True),
        ("12 comments", "1,204 comments", True),
        ("The budget is 12 million kroner", "The budget is 14 million kroner", False),
        ("Share this", "Share that", False),
    ],
)
def test_what_counts_as_the_same_line(one: str, other: str, same: bool) -> None:
    """Case and spaces do not count, nor does the number in a line of a few words."""
    assert (hash_of("gazette", one) == hash_of("gazette", other)) is same


def test_no_word_is_kept() -> None:
    """A snapshot holds hashes: nobody reads in it what was written."""
    held = snapshot(PLEA).numbered(1)
    assert [word for word in PLEA.split() if word.encode() in held] == []


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """A file gives the snapshot it was made of."""
    path = tmp_path / "000003.json"
    path.write_bytes(snapshot(PLEA).numbered(3))
    assert read_snapshot(path) == snapshot(PLEA, number=3)


@pytest.mark.parametrize(
    ("content", "why"),
    [("{}", "no snapshot"), ("cod", "no snapshot"), (None, "cannot be read"),
     ('{"format": 9, "number": 1, "learned_at": "2026-11-01T12:00:00Z"}', "format 9")],
)  # fmt: skip
def test_what_is_no_snapshot_is_refused(tmp_path: Path, content: str | None, why: str) -> None:
    """Nothing is started with a file that is something else."""
    path = tmp_path / "a.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ConfigError, match=why):
        read_snapshot(path)
