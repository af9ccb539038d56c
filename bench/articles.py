"""Input for the benchmarks: articles of a given length, all different, made from a seed."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from schemas import RawArticle, article_id

PEOPLE = ("Anna Keller", "John Moreno", "Vladimir Petrov", "Maria Lopez", "Kofi Mensah")
BODIES = ("the United Nations", "the Ministry of Health", "Northern Bank", "the Labour Party")
PLACES = ("Berlin", "Nairobi", "Lima", "Kyiv", "Jakarta", "Ottawa", "northern Mali")
DEEDS = ("met", "criticised", "praised", "accused", "thanked", "warned", "sued", "visited")
ABOUT = (
    "the new budget", "a border dispute", "food prices", "the flood on the river", "a trade deal",
    "the closure of two hospitals", "a plan to move troops", "the result of the election",
)  # fmt: skip
TAILS = (
    "which officials said would take months to settle",
    "after talks that went on until the early morning",
    "although nobody expected a quick answer",
    "as thousands of people marched through the centre of the city",
)
FIRST = ("Idris", "Petra", "Lucia", "Goran", "Aino", "Lito")
SYLLABLES = ("ka", "ro", "mi", "ten", "sal", "vor", "du", "lin", "esh", "bra", "no", "wic", "pel")
NOISE = ("READ MORE: What happens next", "ADVERTISEMENT", "Sign up for our morning newsletter")


def articles(count: int, words: int, seed: int = 11) -> list[RawArticle]:
    """Return *count* articles of about *words* words, with a line of noise in every third place."""
    rng = random.Random(seed)
    return [article(number, words, rng) for number in range(count)]


def article(number: int, words: int, rng: random.Random) -> RawArticle:
    """Return one article as flattened text."""
    lines = [f"{rng.choice(PEOPLE)} speaks about {rng.choice(ABOUT)}, part {number}"]
    written = 0
    while written < words:
        paragraph = " ".join(sentence(rng) for _ in range(3))
        written += len(paragraph.split())
        lines.append(paragraph)
        if rng.random() < 0.3:
            lines.append(rng.choice(NOISE))
    url = f"https://bench.test/{seed_of(rng)}/{number}"
    return RawArticle(
        id=article_id("bench", url),
        url=url,
        source="bench",
        content_type="text/plain",
        body="\n\n".join(lines),
        fetched_at=datetime.now(UTC),
        language="en",
    )


def seed_of(rng: random.Random) -> str:
    """Return a word of this run, so that two runs never share an id."""
    return f"{rng.getrandbits(32):08x}"


def newcomer(rng: random.Random) -> str:
    """Return a name that no article had before: real news brings new words for ever."""
    return f"{rng.choice(FIRST)} {''.join(rng.choice(SYLLABLES) for _ in range(4)).title()}"


def sentence(rng: random.Random) -> str:
    """Return a sentence of about twenty words."""
    one, other = rng.choice((*PEOPLE, newcomer(rng))), rng.choice((*PEOPLE, *BODIES))
    return (
        f"On Monday {one} {rng.choice(DEEDS)} {other} in {rng.choice(PLACES)} over "
        f"{rng.choice(ABOUT)}, {rng.choice(TAILS)}."
    )
