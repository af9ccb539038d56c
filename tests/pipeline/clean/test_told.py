"""told: the body in the linked data is read whatever it is wrapped in, and only as a witness."""

from __future__ import annotations

from lxml.html import document_fromstring

from pipeline.clean.segments import segments_of
from pipeline.clean.told import SHORTEST, told_body, told_shares

BODY = "The ferry left Harwich at noon with forty passengers. " * 6


def test_longest_body_wins() -> None:
    """Of several bodies the longest is the story, wherever it stands."""
    data = [{"articleBody": "x" * SHORTEST}, {"@graph": [{"articleBody": BODY}]}]

    assert told_body(data) == BODY.strip()


def test_short_and_broken_bodies_are_none() -> None:
    """A teaser, a number or nothing is no body."""
    held = ([{"articleBody": "Short."}], [{"articleBody": 3}], [])

    assert [told_body(data) for data in held] == ["", "", ""]


def test_shares() -> None:
    """A paragraph in the body has its share, one that only begins there half, a stranger none."""
    html = (
        "<p>The ferry left Harwich at noon with forty passengers.</p>"
        "<p>The ferry left Harwich at noon with forty crew of twelve on board.</p>"
        "<p>Read what our readers say about ferries.</p><p>Harwich</p>"
    )
    segments = segments_of(document_fromstring(html))

    assert told_shares(segments, BODY) == [1.0, 0.5, 0.0, 0.0]
    assert told_shares(segments, "") == [-1.0] * 4
