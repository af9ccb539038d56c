"""When a story was published and changed: the rule of trust.

A wrong date is worse than none.

* Asked in this order: linked data, meta tags, the feed, the address of the page, the text.  The
  first date that is not refused counts.
* Refused is what is before 1990 or more than 48 hours after the fetch; a date of the page within
  half a minute of the fetch, which is when the page was built; a date that stands where a change is
  told; one that the page merely shows and that is of the day of a change; two on one line; and a
  date that can be read in two ways.
* Where linked data gives the time of the change as that of publication, and a meta tag an older
  one, the meta tag counts.
* A later one of the same day that is finer replaces a day: a feed's second beats a page's bare day.
* Midnight to the second is a default of a machine: of it only the day is taken.
* A time without a zone in a feed is UTC, as RFC 822 has it.  On a page it is local time of a place
  we do not know, so only its day is taken.
* A day is midnight UTC with precision ``day``.
* A change counts with its zone, and not before the publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from pipeline.clean.markup import Markup, Told
from pipeline.clean.when import (
    DAY_FIRST,
    MONTH_FIRST,
    MONTHS,
    When,
    day_of,
    plausible,
    read_date,
)
from schemas import RawArticle
from schemas.clean import Origin

SAME_DAY = timedelta(hours=36)
EARLIER = timedelta(hours=12)
"""How much earlier than a bare day's midnight UTC that same day may begin."""
BUILT = timedelta(seconds=30)
CHANGED = timedelta(days=1)
UPDATED = re.compile(
    r"(?:last )?(?:updated?|modified|changed|aktualisiert|zuletzt|geändert|mis à jour|modifié|"
    r"actualizad[oa]|modificad[oa]|aggiornat[oa]|modificat[oa]|atualizad[oa]|bijgewerkt|"
    r"oppdatert|uppdaterad|opdateret|sist endret)\b[^\w\d]*",
    re.IGNORECASE,
)
PUBLISHED = re.compile(
    r"(?:first )?(?:published|posted|veröffentlicht|erstellt|publié|publicad[oa]|pubblicat[oa]|"
    r"gepubliceerd|publisert|publicerad|udgivet)\b",
    re.IGNORECASE,
)
IN_ADDRESS = re.compile(
    r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2]|[a-z]{3})[/-]?([0-3]\d)(?=[/_.-]|$)", re.IGNORECASE
)


def published(raw: RawArticle, markup: Markup, stamps: Sequence[str]) -> tuple[When, Origin] | None:
    """Return when the story was published and where that was read; None where nothing is sure.

    Args:
        raw: what the feed says, and when the story was read.
        markup: what the page says.
        stamps: lines of the page that held dates.

    """
    changes = {when.at for _, words in markup.modified if (when := read_date(words))}
    page = [told for told in markup.published if told[0] != "text"]
    lines = [line for line in map(without_change, stamps[:3]) if line and not is_range(line)]
    shown = [*(one for one in markup.published if one[0] == "text"),
             *(("text", line) for line in lines)]  # fmt: skip
    told: list[Told] = [
        *originals(page, changes),
        ("feed", raw.published_at),
        *(("meta", day) for day in days_in_address(raw.url)),
        *unchanged(shown, changes),
    ]
    return best_date(told, raw.fetched_at)


def originals(told: Sequence[Told], changes: set[datetime]) -> Iterator[Told]:
    """Yield *told* less what is the time of a change where an older date is told besides."""
    read = [when for _, words in told if (when := read_date(words))]
    for origin, words in told:
        when = read_date(words)
        if when and when.at in changes and any(when.at - one.at > CHANGED for one in read):
            continue
        yield origin, words


def unchanged(shown: Iterable[Told], changes: set[datetime]) -> Iterator[Told]:
    """Yield what the page shows less what is of the day of a change, which nobody can tell from."""
    for origin, words in shown:
        when = read_date(words)
        if when and not any(abs(when.at - change) < CHANGED for change in changes):
            yield origin, words


def is_range(line: str) -> bool:
    """Say whether a line holds two days, as that of an exhibition does.

    >>> is_range("29 May 2018 | 20 June 2019"), is_range("Published 5 March 2024, 10:12")
    (True, False)
    """
    return len(set(DAY_FIRST.findall(line) + MONTH_FIRST.findall(line))) > 1


def best_date(
    told: Iterable[Told], fetched_at: datetime | None = None
) -> tuple[When, Origin] | None:
    """Return the most trusted date of *told*, pairs of origin and words, with its origin.

    >>> when, origin = best_date([("meta", "2024-03-05"), ("feed", "Tue, 05 Mar 2024 10:12 GMT")])
    >>> origin, when.precision
    ('feed', 'minute')
    """
    best: tuple[When, Origin] | None = None
    for origin, words in told:
        when = trusted(origin, words, fetched_at)
        if when is None:
            continue
        if best is None or is_finer(when, best[0]):
            best = (when, origin)
    return best


def trusted(origin: Origin, words: str, fetched_at: datetime | None) -> When | None:
    """Return what can be trusted of a date from *origin*; None where that is nothing."""
    when = read_date(words)
    if when is None or not plausible(when, fetched_at):
        return None
    if origin != "feed" and is_built(when, fetched_at):
        return None
    if when.zoned or when.precision == "day" or origin == "feed":
        return when
    return day_of(when)


def is_built(when: When, fetched_at: datetime | None) -> bool:
    """Say whether a page told the time at which it was fetched."""
    if fetched_at is None or when.precision == "day":
        return False
    return abs(when.at - fetched_at) <= BUILT


def is_finer(when: When, best: When) -> bool:
    """Say whether *when* says more exactly when on the bare day *best* it was."""
    if best.precision != "day" or when.precision == "day":
        return False
    return timedelta() <= when.at - best.at + EARLIER < SAME_DAY


def days_in_address(url: str) -> Iterator[str]:
    """Yield the day in the address of a page, as newspapers file their stories.

    >>> list(days_in_address("https://post.test/2024/mar/05/talks")), list(days_in_address("/2024"))
    (['2024-03-05'], [])
    """
    for year, month, day in IN_ADDRESS.findall(url):
        number = int(month) if month.isdigit() else MONTHS.get(month.lower(), 0)
        yield f"{year}-{number:02}-{day}"


def without_change(line: str) -> str:
    """Return what a line of dates says but for the time of a change.

    >>> without_change("Published 5 March 2024, updated 6 March 2024")
    'Published 5 March 2024, '
    >>> without_change("Updated 6 May 2024"), without_change("Updated 6 May, Published 5 May 2024")
    ('', 'Published 5 May 2024')
    """
    change = UPDATED.search(line)
    if change is None:
        return line
    if line[: change.start()].strip(" |·•-"):
        return line[: change.start()]
    told = PUBLISHED.search(line, change.end())
    return line[told.start() :] if told else ""


def changed(
    raw: RawArticle, markup: Markup, stamps: Sequence[str], published_at: datetime | None
) -> tuple[datetime, Origin] | None:
    """Return when the story was changed and where that was read; None where nothing is sure."""
    lines = [line[found.end() :] for line in stamps[:3] if (found := UPDATED.search(line))]
    for origin, words in (*markup.modified, *(("text", line) for line in lines)):
        when = trusted(origin, words, raw.fetched_at)
        if when and when.zoned and when.at >= (published_at or when.at):
            return when.at, origin
    return None
