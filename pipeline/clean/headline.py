"""The headline, without what a site hangs on it: its own name, the section, the word "live".

A name is known from linked data, ``og:site_name``, the source's settings and the host of the
address.  What else stands behind a bar or dash goes only where another title of the page does
without it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from pipeline.clean.markup import Markup, Told
from schemas import RawArticle

MAX_HEADLINE = 1000
SEPARATOR = re.compile(r"\s*\|\s*|\s+(?:[–—·•»*-]|::)\s+")
WORD = re.compile(r"\w+")
MIN_HEAD = 8
MAX_TAIL = 60
BESIDE_NAME = 15
"""Letters that a site's name may have around it: "World news - BBC News", "Post Online"."""
CUT_SHORT = re.compile(r"\s*(?:…|\.\.\.)$")


def known_headline(raw: RawArticle, markup: Markup) -> Told:
    """Return the headline that is known before the lines are read, with its origin.

    What the feed or the caller gave is kept, else what the page says, in its order of trust.
    """
    names = site_names(raw, markup)
    shown = page_headline(markup, names)
    given = without_site(
        " ".join(raw.headline.split())[:MAX_HEADLINE], names, [title for _, title in markup.titles]
    )
    if not given or folded(given) == folded(shown[1]):
        return shown if shown[1] else ("feed", given[:MAX_HEADLINE])
    return "feed", given[:MAX_HEADLINE]


def page_headline(markup: Markup, names: Collection[str] = ()) -> Told:
    """Return the headline of a page; an empty one where it has none.

    >>> page_headline(Markup(titles=(("meta", "Ministers met | Post"), ("text", "Ministers met"))))
    ('meta', 'Ministers met')
    """
    others = [title for _, title in markup.titles]
    found = [(origin, without_site(title, names, others)) for origin, title in markup.titles]
    found = [one for one in found if one[1] and folded(one[1]) not in names]
    if not found:
        return "text", ""
    origin, title = found[0]
    if CUT_SHORT.search(title):
        start = folded(CUT_SHORT.sub("", title))
        longer = (one for one in found[1:] if folded(one[1]).startswith(start))
        origin, title = next(longer, found[0])
    return origin, title[:MAX_HEADLINE]


def without_site(title: str, names: Collection[str], others: Collection[str] = ()) -> str:
    """Return *title* less the name of the site, and the section before that.

    Args:
        title: a title as it stands there.
        names: folded names of the site and of its sections.
        others: the other titles of the page.

    >>> without_site("Talks fail in Oslo - Europe - Harbour Post", {"harbour post", "europe"})
    'Talks fail in Oslo'
    >>> without_site("Harbour Post: what is in a name - and why", {"harbour post"})
    'Harbour Post: what is in a name - and why'
    """
    bare = {folded(other) for other in others}
    separators = list(SEPARATOR.finditer(title))
    for one in reversed(separators):
        head, tail = title[: one.start()], title[one.end() :]
        if len(head) < MIN_HEAD or len(tail) > MAX_TAIL or not is_name(tail, names):
            break
        title = head
    heads = [title[: one.start()] for one in separators if MIN_HEAD <= one.start() < len(title)]
    title = next((head for head in heads if folded(head) in bare), title)
    first = SEPARATOR.search(title)
    if first and folded(title[: first.start()]) in names and len(title) - first.end() >= MIN_HEAD:
        title = title[first.end() :]
    return title.strip()


def is_name(tail: str, names: Collection[str]) -> bool:
    """Say whether *tail* is a name of the site, or one with little around it."""
    told = folded(tail)
    close = told.replace(" ", "")
    return any(
        told == name or close == name.replace(" ", "")
        or (len(name) > 3 and name in told and len(told) <= len(name) + BESIDE_NAME)
        for name in names
    )  # fmt: skip


def site_names(raw: RawArticle, markup: Markup) -> frozenset[str]:
    """Return the folded names of the site and of its sections."""
    told = [*markup.sites, raw.source_name or "", domain_name(raw.url)]
    told += [section for _, section in markup.sections]
    return frozenset(name for name in map(folded, told) if len(name) > 1)


def domain_name(url: str) -> str:
    """Return the name in the host of *url*.

    >>> domain_name("https://www.harbourpost.example/a"), domain_name("https://news.post.co.uk")
    ('harbourpost', 'post')
    """
    try:
        labels = (urlsplit(url).hostname or "").split(".")
    except ValueError:
        return ""
    return max(labels[:-1], key=len, default="") if len(labels) < 4 else labels[1]


def folded(text: str) -> str:
    """Return the words of *text* in lower case, which is what two titles are compared by.

    >>> folded("The talks' FAILURE, again!")
    'the talks failure again'
    """
    return " ".join(WORD.findall(text.casefold()))
