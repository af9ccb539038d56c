"""What is learned of a source from its articles, and what must never be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.clean import learn
from pipeline.clean.learn import Learner
from pipeline.clean.lines import clean_lines
from pipeline.clean.memory import Snapshot
from pipeline.clean.rules.line import Line
from schemas import CleanArticle

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
PORTS = ("Bergen", "Oslo", "Larvik", "Narvik", "Tromso", "Vardo", "Bodo", "Moss", "Skien", "Horten")


def story(number: int) -> Iterator[str]:
    """Yield three sentences that no other story has."""
    port = f"{PORTS[number % 10]} {number // 10}"
    yield f"Trawlers from {port} came back on Monday with less cod than in any autumn before."
    yield f"The harbour office of {port} spoke of a loss of {number} million kroner in a week."
    yield f"In {port} the buyers wait, and the price of a box has risen by {number} percent."


def learned(*extra: str, count: int = 40, every: int = 1, days: int = 10) -> Snapshot:
    """Return what is learned of *count* articles, each *every*th with the lines *extra*."""
    learner = Learner()
    for number in range(count):
        more = extra if number % every == 0 else ()
        learner.add(article(f"a{number}", [*story(number), *more], number % days))
    return learner.snapshot(1, NOON)


def article(name: str, lines: list[str], day: int = 0, source: str = "gazette") -> CleanArticle:
    """Return a clean article of *lines*, published on a *day*."""
    cleaned = clean_lines("\n".join(lines))
    at = NOON + timedelta(days=day)
    return CleanArticle(
        id=name, source=source, text=cleaned.text, removed=cleaned.removed, published_at=at
    )


def knows(snapshot: Snapshot, line: str) -> str:
    """Return what the snapshot says of *line*, empty where it does not know it."""
    cut = snapshot.of("gazette").cut(Line(line))
    return cut.why if cut else ""


def test_a_line_under_many_articles_is_learned() -> None:
    """A line in every second article is known, with how often it was seen; no story is."""
    snapshot = learned("Gazette Plus", every=2)
    assert knows(snapshot, "Gazette Plus") == "in 20 of 40 articles"
    assert len(snapshot.sources["gazette"].lines) == 1


def test_a_kind_that_a_rule_knew_is_kept() -> None:
    """A line that a rule took before goes by the same kind; one that none knew is `other`."""
    snapshot = learned("Advertisement", "Gazette Plus")
    kinds = {line.kind for line in snapshot.sources["gazette"].lines.values()}
    assert kinds == {"advert", "other"}


@pytest.mark.parametrize(
    ("line", "every", "days", "known"),
    [
        ("Gazette Plus", 20, 10, False),  # two stories are a coincidence
        ("Gazette Plus", 2, 1, False),  # a day has its own refrain
        ("The strike began in May and has no end.", 5, 10, False),  # background
        ("The Gazette is owned by its readers alone.", 2, 10, True),
        ("“We will not leave the port,” she said.", 1, 10, False),  # somebody's words
    ],
)
def test_how_much_it_takes(line: str, every: int, days: int, known: bool) -> None:
    """A sentence needs more than a few words, and what is quoted is the story's."""
    assert bool(knows(learned(line, every=every, days=days), line)) is known


def test_a_story_that_is_told_again_counts_once() -> None:
    """Corrections, updates and other addresses of one story do not make its lines boilerplate."""
    learner = Learner()
    for number in range(40):
        lines = [*story(7), f"Update {number}: the harbour master of Moss has gone home."]
        learner.add(article(f"a{number}", ["What we know", *lines], number))
        learner.add(article(f"b{number}", list(story(100 + number)), number))
    snapshot = learner.snapshot(1, NOON)
    assert snapshot.sources.get("gazette") is None


def test_the_same_article_counts_once() -> None:
    """A record that is read twice, as after a restart, is one article."""
    learner = Learner()
    for day in range(9):
        learner.add(article("a", ["Gazette Plus", "Cod is dear."], day))
    assert learner.snapshot(1, NOON).sources == {}


def test_sources_are_apart() -> None:
    """What one source repeats is not known of another."""
    learner = Learner()
    for number in range(8):
        learner.add(article(f"a{number}", [*story(number), "Plus"], number))
        learner.add(article(f"b{number}", list(story(number)), number, source="herald"))
    assert list(learner.snapshot(1, NOON).sources) == ["gazette"]


def test_what_is_moved_is_not_learned() -> None:
    """A writer's line goes to its field, however often it comes."""
    assert learned("By Lena Orvik").sources == {}


def test_a_snapshot_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of too many lines those seen most often stay."""
    monkeypatch.setattr(learn, "MAX_SOURCE_LINES", 2)
    learner = Learner()
    for number in range(8):
        often = ["Plus", "Extra"] + (["Bonus"] if number % 2 else [])
        learner.add(article(f"a{number}", [*story(number), *often], number))
    snapshot = learner.snapshot(1, NOON)
    assert [bool(knows(snapshot, line)) for line in ("Plus", "Extra", "Bonus")] == [
        True,
        True,
        False,
    ]


def test_the_same_articles_give_the_same_snapshot() -> None:
    """What is learned depends on the articles alone."""
    assert learned("Gazette Plus") == learned("Gazette Plus")
