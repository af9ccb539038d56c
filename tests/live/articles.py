"""Articles for the live tests: short, all different, made from a seed; and records that are bad."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from schemas import RawArticle, article_id

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
ACTORS = ("Anna Keller", "John Moreno", "the United Nations", "Vladimir Petrov", "Maria Lopez")
DEEDS = ("met", "criticised", "praised", "visited", "accused", "thanked", "warned")
PLACES = ("Berlin", "Nairobi", "Lima", "Kyiv", "Jakarta", "Ottawa")
ABOUT = ("the new budget", "a border dispute", "food prices", "the river flood", "a trade deal")
NOISE = ("Source: Read Full Article", "READ MORE: What happens next", "ADVERTISEMENT")


REASONS = {
    "not-utf8": "undecodable",
    "not-json": "invalid_json",
    "no-value": "invalid_json",
    "not-an-article": "invalid_record",
    "future": "unknown_schema",
    "empty": "no_text",
    "big": "too_big",
    "deep": "too_deep",
    "hang": "too_big",
}
"""Why each of `bad_records` is given up."""


def articles(count: int, seed: int = 7) -> list[RawArticle]:
    """Return *count* short articles of about 70 words."""
    rng = random.Random(seed)
    return [article(number, rng) for number in range(count)]


def article(number: int, rng: random.Random, source: str = "live") -> RawArticle:
    """Return one article of *source* with a headline, three paragraphs and a line of noise."""
    paragraphs = [" ".join(sentence(rng) for _ in range(2)) for _ in range(3)]
    headline = f"{rng.choice(ACTORS)} speaks about {rng.choice(ABOUT)}, case {number}"
    url = f"https://news.test/{number}"
    return RawArticle(
        id=article_id(source, url),
        url=url,
        source=source,
        content_type="text/plain",
        body="\n\n".join([headline, *paragraphs, rng.choice(NOISE)]),
        fetched_at=NOON,
        published_at="2026-11-01T11:00:00Z",
        language="en",
    )


def sentence(rng: random.Random) -> str:
    """Return a sentence of about twelve words."""
    one, other = rng.sample(ACTORS, 2)
    return (
        f"On Monday {one} {rng.choice(DEEDS)} {other} in {rng.choice(PLACES)} "
        f"over {rng.choice(ABOUT)}."
    )


def hanging_page() -> bytes:
    """Return a page whose hundreds of thousands of attributes hang a parser."""
    attributes = " ".join(f"a{number}=1" for number in range(60_000))
    return f"<html><body><p {attributes}>Rain fell.</p></body></html>".encode()


def bad_records() -> dict[str, bytes | None]:
    """Return records that can never be articles, by the key they are sent with."""
    plain = {"source": "live", "content_type": "text/plain"}
    big = RawArticle(id="big", body="rain " * 1_200_000, **plain)
    page = {"source": "live", "content_type": "text/html"}
    return {
        "not-utf8": b'{"id": "\xff"}',
        "not-json": b"{",
        "no-value": None,
        "not-an-article": b'{"id": "not-an-article"}',
        "future": b'{"id":"future","source":"s","content_type":"text/plain","body":"x",'
        b'"schema_version":999}',
        "empty": RawArticle(id="empty", body="", **plain).to_bytes(),
        "big": big.to_bytes(),
        "deep": RawArticle(id="deep", body="<div>" * 5000 + "x", **page).to_bytes(),
        "hang": RawArticle(id="hang", body=hanging_page().decode(), **page).to_bytes(),
    }
