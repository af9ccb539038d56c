"""What is known of a story besides its text, each value with where it was read.

Of several answers the first that can be used counts, in the order of trust: linked data, meta tags,
the feed, the text.  Three are asked of the feed first, where a person or the caller chose the
words: the headline, the writers and the summary.  Dates have a rule of their own (dates).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.clean.dates import changed, published
from pipeline.clean.headline import folded, site_names
from pipeline.clean.hygiene import tidy
from pipeline.clean.language import language_of, language_tag
from pipeline.clean.lines import Cleaned
from pipeline.clean.markup import Markup, Told
from pipeline.clean.rules.byline import names_in
from pipeline.clean.rules.dateline import dateline_of
from pipeline.clean.rules.tags import tag_names
from pipeline.clean.wire import credit
from pipeline.clean.writers import writers
from schemas import RawArticle
from schemas.clean import Origin

STUB_WORDS = 250
MAX_KEYWORD = 80
MAX_KEYWORDS = 50
NO_SECTION = frozenset(
    "home homepage startseite accueil inicio início forside hjem start all article articles blog "  # noqa: SIM905  (words read better than quoted ones)
    "post posts uncategorized uncategorised allgemein topics".split()
)
TECHNICAL = re.compile(r"^[\w-]+[:=]\S|^\W*$|^/|https?:")
"""Keywords that machines write for machines: ``type:article``."""

Found = dict[str, tuple[Any, Origin]]


def story_fields(
    raw: RawArticle, markup: Markup, cleaned: Cleaned, headline: Told
) -> dict[str, Any]:
    """Return the fields of the clean article that are known of it, and the origins of them.

    Args:
        raw: what the feed says.
        markup: what the page says.
        cleaned: the story and what was cut.
        headline: the headline that was known before, with its origin; an empty one for none.

    """
    found: Found = {
        **who(raw, markup, cleaned),
        **times(raw, markup, cleaned),
        **subjects(raw, markup, cleaned),
        **wire(markup, cleaned),
    }
    told = {
        "headline": (cleaned.headline, headline[0] if headline[1] else "text"),
        "language": language(raw, markup, cleaned),
        "summary": first((("feed", raw.summary), *markup.summaries)),
        "canonical_url": first(markup.canonical),
        "image_url": first(markup.images),
    }
    found |= {name: one for name, one in told.items() if one and one[0]}
    when = found.pop("published", None)
    if when is not None:
        found["published_at"] = (when[0].at, when[1])
    return {
        **{name: value for name, (value, _) in found.items()},
        **({"published_precision": when[0].precision, "published_from": when[1]} if when else {}),
        "captions": tuple(dict.fromkeys(map(tidy, cleaned.of_kind("caption", least=0)))),
        "paywalled": paywalled(cleaned, markup),
        "origins": {name: origin for name, (_, origin) in found.items()},
    }


def first(told: Iterable[Told]) -> tuple[str, Origin] | None:
    """Return the first that is not empty, with its origin.

    >>> first((("feed", ""), ("meta", "Talks fail")))
    ('Talks fail', 'meta')
    """
    return next(((words, origin) for origin, words in told if words), None)


def language(raw: RawArticle, markup: Markup, cleaned: Cleaned) -> tuple[str | None, Origin]:
    """Return the language and whether feed, page or text told it."""
    origin, declared = next(iter(markup.languages), ("text", ""))
    found = language_of(f"{cleaned.headline}\n{cleaned.text}", raw.language, declared)
    if language_tag(raw.language) is not None:
        return found, "feed"
    said = (language_tag(declared) or "").partition("-")[0]
    return found, origin if found == said else "text"


def who(raw: RawArticle, markup: Markup, cleaned: Cleaned) -> Found:
    """Return the writers."""
    told: list[Told] = [
        *(("feed", name) for name in raw.authors),
        *markup.authors,
        *(("text", names_in(tidy(line))) for line in cleaned.of_kind("byline")),
    ]  # fmt: skip
    origin, names = writers(told, site_names(raw, markup))
    return {"authors": (names, origin)} if origin else {}


def times(raw: RawArticle, markup: Markup, cleaned: Cleaned) -> Found:
    """Return when the story was published and changed."""
    stamps = [tidy(line) for line in cleaned.of_kind("stamp")]
    when = published(raw, markup, stamps)
    change = changed(raw, markup, stamps, when[0].at if when else None)
    return ({"published": when} if when else {}) | ({"modified_at": change} if change else {})


def subjects(raw: RawArticle, markup: Markup, cleaned: Cleaned) -> Found:
    """Return sections and keywords."""
    sites = {folded(name) for name in (*markup.sites, raw.source_name or "")}
    tags: list[Told] = [
        ("text", tag) for line in cleaned.of_kind("tags") for tag in tag_names(tidy(line))
    ]
    lists = {
        "sections": of_one_origin(markup.sections, {*sites, *NO_SECTION}),
        "keywords": of_one_origin((*markup.keywords, *tags), {*sites, folded(cleaned.headline)}),
    }
    return {name: one for name, one in lists.items() if one}


def of_one_origin(
    told: Sequence[Told], but: Iterable[str]
) -> tuple[tuple[str, ...], Origin] | None:
    """Return the names from the first origin that tells any, each once, less those in *but*.

    >>> of_one_origin((("json-ld", "Home"), ("meta", "Ports"), ("meta", "ports")), {"home"})
    (('Ports',), 'meta')
    """
    left_out = set(but)
    for wanted in dict.fromkeys(origin for origin, _ in told):
        names: dict[str, str] = {}
        for origin, name in told:
            usable = len(name) <= MAX_KEYWORD and not TECHNICAL.search(name)
            if origin == wanted and usable and folded(name) not in left_out:
                names.setdefault(folded(name), name)
        if names:
            return tuple(names.values())[:MAX_KEYWORDS], wanted
    return None


def wire(markup: Markup, cleaned: Cleaned) -> Found:
    """Return the dateline, and the agency that it, a note, a byline or the page names."""
    cut = [tidy(line).strip(" \N{EN DASH}\N{EM DASH}-") for line in cleaned.of_kind("dateline")]
    dateline = cut[0] if cut else dateline_of(cleaned.text[:200])
    notes = [dateline or "", *cleaned.of_kind("credit", "trailer")]
    names: list[Told] = [
        *markup.suppliers,
        *markup.authors,
        *(("text", line) for line in cleaned.of_kind("byline")),
    ]
    agency = credit((("text", note) for note in notes), names)
    found: Found = {"dateline": (dateline, "text")} if dateline else {}
    return found | ({"credit": (agency[1], agency[0])} if agency else {})


def paywalled(cleaned: Cleaned, markup: Markup) -> bool | None:
    """Say whether only a stub was served; None where nothing tells."""
    walls = [cut for cut in cleaned.removed if cut.kind == "paywall"]
    if walls and len(cleaned.text.split()) < STUB_WORDS:
        return True
    return None if markup.free is None else not markup.free
