"""metadata: each value with where it was read."""

from __future__ import annotations

from typing import Any

from pipeline.clean.lines import Cleaned
from pipeline.clean.markup import Markup
from pipeline.clean.metadata import of_one_origin, story_fields
from schemas import RawArticle, RemovedLine

STORY = "The ministers of nine countries left the city on Monday without a deal on cod. " * 4


def fields(markup: Markup, cuts: dict[str, str], **given: Any) -> dict[str, Any]:
    """Return the fields of a story of which *cuts*, kind to words, were taken out."""
    record = {"id": "1", "source": "s", "content_type": "text/html", "body": "x"}
    raw = RawArticle.model_validate(record | given)
    removed = tuple(
        RemovedLine.model_validate(
            {"text": text, "kind": kind, "by": "r", "start": 0, "end": 1, "at": 0}
        )
        for kind, text in cuts.items()
    )
    return story_fields(raw, markup, Cleaned(STORY, removed, "Talks fail"), ("meta", "Talks fail"))


def test_origins() -> None:
    """Each value that was found names where; a field that was not found names nothing."""
    page = Markup(
        authors=(("json-ld", "Ana Lind"),),
        published=(("meta", "2026-03-05T10:00:00Z"),),
        sections=(("json-ld", "World"),),
        languages=(("meta", "en-GB"),),
        images=(("meta", "https://post.test/a.jpg"),),
    )
    found = fields(page, {"dateline": "OSLO (Reuters) – ", "tags": "Topics: cod, quotas"},
                   summary="No deal.")  # fmt: skip

    assert found["origins"] == {
        "headline": "meta",
        "authors": "json-ld",
        "published_at": "meta",
        "sections": "json-ld",
        "keywords": "text",
        "dateline": "text",
        "credit": "text",
        "language": "meta",
        "summary": "feed",
        "image_url": "meta",
    }
    assert found["published_from"] == "meta"
    assert (found["dateline"], found["credit"], found["language"]) == (
        "OSLO (Reuters)",
        "Reuters",
        "en",
    )
    assert found["keywords"] == ("cod", "quotas")


def test_nothing_known() -> None:
    """Of a bare text headline and language alone are known."""
    found = fields(Markup(), {})

    assert found["origins"] == {"headline": "meta", "language": "text"}
    assert (found["paywalled"], found["captions"]) == (None, ())


def test_a_paywall_under_a_short_text() -> None:
    """Words at the wall under a short text mean that only a stub was served."""
    assert fields(Markup(free=True), {"paywall": "Subscribe to read on"})["paywalled"] is True
    assert fields(Markup(free=False), {})["paywalled"] is True
    assert fields(Markup(free=True), {})["paywalled"] is False


def test_names_of_sections() -> None:
    """Names of one origin are taken, each once, without those of machines and the front page."""
    told = (("json-ld", "type:article"), ("meta", "Ports"), ("meta", "PORTS"), ("text", "Cod"))

    assert of_one_origin(told, ()) == (("Ports",), "meta")
    assert of_one_origin((), ()) is None
