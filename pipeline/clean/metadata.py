"""Headline, writers, dates and the rest: from the page's markup, the feed and the lines cut.

The rule of trust for dates.  A wrong date is worse than none.

* Asked in this order: linked data, meta tags, the feed, the text.  The first plausible one counts:
  from 1995 on, and at most 48 hours after the story was read.
* A later one of the same day that is finer replaces it: a feed's second beats a page's bare day.
* A time without a zone in a feed is UTC, as RFC 822 has it.  On a page it is local time of a place
  we do not know, so only its day is taken.
* A day is midnight UTC with precision ``day``.

The headline that the feed or caller gave is kept; else linked data, meta tag, h1, title, in turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from pipeline.clean.judge import same_headline
from pipeline.clean.lines import Cleaned
from pipeline.clean.markup import Markup
from pipeline.clean.rules.byline import names_in
from pipeline.clean.rules.dateline import dateline_of
from pipeline.clean.rules.tags import tag_names
from pipeline.clean.when import When, day_of, plausible, read_date
from schemas import RawArticle
from schemas.clean import DateOrigin

MAX_HEADLINE = 1000
SUFFIX = re.compile(r"^(?P<head>.{8,}?)\s+(?:[|–—·•»-]|::)\s+(?P<site>.{2,60})$")
JOINED = re.compile(r"\s*(?:,|;|\||\band\b|\bund\b|\bet\b| y |&)\s*")
BY = re.compile(r"^\W*(?:(?:written |story |text )?(?:by|von|par|por)\s*:?\s+)?", re.IGNORECASE)
NOT_A_NAME = re.compile(r"https?:|[@/<>]|^\W*$|\d{3}")
SAME_DAY = timedelta(hours=36)
STUB_WORDS = 250
AGENCIES = {
    "reuters": "Reuters", "ap": "AP", "associated press": "AP", "the associated press": "AP",
    "afp": "AFP", "agence france-presse": "AFP", "pa": "PA", "pa media": "PA",
    "press association": "PA", "dpa": "dpa", "efe": "EFE", "ansa": "ANSA", "xinhua": "Xinhua",
    "tass": "TASS", "interfax": "Interfax", "kyodo": "Kyodo", "yonhap": "Yonhap",
    "anadolu": "Anadolu", "pti": "PTI", "ani": "ANI", "ians": "IANS", "upi": "UPI", "aap": "AAP",
    "bloomberg": "Bloomberg", "belga": "Belga", "lusa": "Lusa", "apa": "APA", "ats": "ATS",
    "canadian press": "CP", "the canadian press": "CP", "cp": "CP",
}  # fmt: skip
AGENCY = re.compile(
    rf"(?<![\w/])(?:{'|'.join(map(re.escape, sorted(AGENCIES, key=len, reverse=True)))})(?!\w)",
    re.IGNORECASE,
)


def page_headline(markup: Markup, source_name: str | None) -> str:
    """Return the headline of a page without the name of its site.

    >>> page_headline(Markup(titles=("Talks fail | Harbour Post", "Talks fail")), None)
    'Talks fail'
    """
    if not markup.titles:
        return ""
    title = markup.titles[0]
    found = SUFFIX.match(title)
    if not found:
        return title[:MAX_HEADLINE]
    sites = {name.casefold() for name in (*markup.sites, source_name or "")}
    repeated = any(other == found["head"] for other in markup.titles[1:])
    known = found["site"].casefold() in sites or repeated
    return (found["head"] if known else title)[:MAX_HEADLINE]


def date_fields(raw: RawArticle, markup: Markup, cleaned: Cleaned) -> dict[str, Any]:
    """Return when the story was published, how exactly that is known and from where."""
    told: list[tuple[str, str]] = [
        *(pair for pair in markup.published if pair[0] != "text"),
        ("feed", raw.published_at),
        *(pair for pair in markup.published if pair[0] == "text"),
        *(("text", stamp) for stamp in cleaned.of_kind("stamp")[:3]),
    ]
    best = best_date(told, raw.fetched_at)
    if best is None:
        return {}
    when, origin = best
    return {
        "published_at": when.at,
        "published_precision": when.precision,
        "published_from": origin,
    }


def best_date(
    told: Iterable[tuple[str, str]], fetched_at: datetime | None
) -> tuple[When, DateOrigin] | None:
    """Return the most trusted plausible date of *told*, pairs of origin and words.

    >>> when, origin = best_date([("meta", "2024-03-05"), ("feed", "Tue, 05 Mar 2024 10:12 GMT")],
    ...     None)
    >>> origin, when.precision
    ('feed', 'minute')
    """
    best: tuple[When, DateOrigin] | None = None
    for origin, words in told:
        when = trusted(origin, words)
        if when is None or not plausible(when, fetched_at):
            continue
        finer = best and best[0].precision == "day" != when.precision
        if best is None or (
            finer and timedelta() <= when.at - best[0].at + SAME_DAY / 3 < SAME_DAY
        ):
            best = (when, origin)  # type: ignore[assignment]
    return best


def trusted(origin: str, words: str) -> When | None:
    """Return what can be trusted of a date from *origin*."""
    when = read_date(words)
    if when is None or when.zoned or when.precision == "day" or origin == "feed":
        return when
    return day_of(when)


def modified_at(markup: Markup, fetched_at: datetime | None) -> datetime | None:
    """Return when the page says it was changed, if it says so with a zone."""
    for words in markup.modified:
        when = read_date(words)
        if when and when.zoned and plausible(when, fetched_at):
            return when.at
    return None


def author_names(*told: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the first of *told* that holds any, without "By" and addresses.

    >>> author_names((), ("By Ana Lind and Tom Ray",), ("Desk",))
    ('Ana Lind', 'Tom Ray')
    """
    for source in told:
        parts = [BY.sub("", part).strip() for names in source for part in JOINED.split(names[:500])]
        good = [name for name in parts if 1 < len(name) <= 80 and not NOT_A_NAME.search(name)]
        if good:
            return tuple(dict.fromkeys(good))[:50]
    return ()


def line_fields(cleaned: Cleaned, raw: RawArticle, markup: Markup) -> dict[str, Any]:
    """Return what the lines that were cut, and the first and last of the text, tell."""
    bylines = [names_in(line) for line in cleaned.of_kind("byline")]
    cut = [line.strip(" \N{EN DASH}\N{EM DASH}-") for line in cleaned.of_kind("dateline")]
    dateline = cut[0] if cut else dateline_of(cleaned.text[:200])
    notes = cleaned.of_kind("credit", "trailer")
    tags = [tag for line in cleaned.of_kind("tags") for tag in tag_names(line)]
    return {
        "authors": author_names(raw.authors, markup.authors, bylines),
        "dateline": dateline,
        "captions": tuple(dict.fromkeys(cleaned.of_kind("caption"))),
        "credit": agency_in([dateline or "", *notes, *markup.authors]),
        "keywords": markup.keywords or tuple(dict.fromkeys(tags)),
        "paywalled": paywalled(cleaned, markup),
    }


def agency_in(texts: Iterable[str]) -> str | None:
    """Return the wire agency that *texts* name.

    >>> agency_in(["OSLO (Reuters)"]), agency_in(["They were at the spa."])
    ('Reuters', None)
    """
    for text in texts:
        for found in AGENCY.finditer(text[:400]):
            word = found[0]
            if len(word) > 4 or word.isupper() or word == "dpa":
                return AGENCIES[word.lower()]
    return None


def paywalled(cleaned: Cleaned, markup: Markup) -> bool | None:
    """Say whether only a stub was served; None where nothing tells."""
    walls = [cut for cut in cleaned.removed if cut.kind == "paywall"]
    if walls and len(cleaned.text.split()) < STUB_WORDS:
        return True
    return None if markup.free is None else not markup.free


def known_headline(raw: RawArticle, markup: Markup) -> str:
    """Return the headline that is known before the lines are read; empty where none is."""
    given = " ".join(raw.headline.split())[:MAX_HEADLINE]
    shown = page_headline(markup, raw.source_name)
    return shown if given and shown and same_headline(given, shown) else given or shown
