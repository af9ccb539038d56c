"""What there is to tell of a cleaned article."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

from pipeline.cli.shown.outline import GROUP_OF, Tally, facts, summary, tallies
from schemas import CleanArticle, Kind, RemovedLine


def cut(kind: Kind, by: str, text: str = "Read more on cod") -> RemovedLine:
    """Return a cut at the beginning."""
    return RemovedLine(text=text, kind=kind, by=by, start=0, end=len(text), at=0, line=0)


def test_every_kind_has_a_group() -> None:
    """A kind that is added gets a colour."""
    assert set(GROUP_OF) == set(get_args(Kind))


def test_facts() -> None:
    """What is known is told, the date as exactly as it is; what is not is left out."""
    article = CleanArticle(
        id="1", text="Cod.", authors=("Ana Lind", "Tom Aas"), paywalled=True,
        published_at=datetime(2026, 11, 1, tzinfo=UTC), published_precision="day",
        published_from="json-ld", article_kind="live-blog", origins={"authors": "meta"},
    )  # fmt: skip
    assert [(fact.name, fact.value, fact.origin) for fact in facts(article)] == [
        ("article_kind", "live-blog", ""),
        ("published_at", "2026-11-01, to the day", "json-ld"),
        ("authors", "Ana Lind, Tom Aas", "meta"),
        ("paywalled", "yes", ""),
    ]


def test_tallies() -> None:
    """Cuts are counted by kind, the most first, with who took them."""
    cuts = (cut("advert", "advert"), cut("related", "listed"), cut("related", "stray", "Cod"))
    article = CleanArticle(id="1", text="Cod is dear.", removed=cuts)
    assert tallies(article) == [
        Tally("related", 2, 5, "listed 1, stray 1"), Tally("advert", 1, 4, "advert"),
    ]  # fmt: skip
    assert summary(article) == "kept 1 paragraph of 3 words, cut 3 lines of 9 words"
