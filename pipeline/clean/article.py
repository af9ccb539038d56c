"""The clean stage: from an article as it was served to its story alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.metadata import version
from typing import TYPE_CHECKING, NoReturn

from pipeline.clean.article_kind import article_kind
from pipeline.clean.decode import text_of
from pipeline.clean.headline import known_headline
from pipeline.clean.hygiene import tidied, tidy, tidy_lines
from pipeline.clean.judge import Cleaning
from pipeline.clean.language import identifier_version
from pipeline.clean.lines import BLANK, Cleaned, clean_lines
from pipeline.clean.marks import Mark
from pipeline.clean.markup import Markup, read_markup
from pipeline.clean.metadata import story_fields
from pipeline.clean.page import read_page
from pipeline.clean.source import Sources
from pipeline.stage import Drop, Stage
from schemas import GENERATION, CleanArticle, RawArticle, RecordError
from schemas.version import VERSION

if TYPE_CHECKING:
    from pipeline.clean.classifier.classifier import LineClassifier

NO_SOURCES = Sources()
RULES_VERSION = "2"
"""Raised when a rule changes what is cut."""

HTML = re.compile(r"^\s*(?:text/html|application/xhtml)", re.IGNORECASE)
PLAIN = re.compile(r"^\s*text/plain", re.IGNORECASE)
LOOKS_HTML = re.compile(r"<(?:!doctype html|html|head|body|article|div|p)\b", re.IGNORECASE)
KEPT = (
    "id", "url", "source", "source_name", "source_country", "connector", "fetched_at", "revision",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of a body, and what a page knows of them and of itself."""

    text: str
    markup: Markup = Markup()  # noqa: RUF009  (it is frozen)
    marks: tuple[Mark | None, ...] = ()
    html: bool = False


def clean_stage(
    cleaning: Cleaning = "balanced",
    sources: Sources | None = None,
    classifier: LineClassifier | None = None,
) -> Stage:
    """Return the stage that cleans; it depends on nothing but the record it is given.

    Args:
        cleaning: ``careful`` uses only the rules that practically never lose a line of a story.
        sources: what is known of the sources; nothing, where none is given.
        classifier: judges what no rule knows; without one the rules decide alone.

    """
    known = partial(clean, cleaning=cleaning, sources=sources or NO_SOURCES, classifier=classifier)
    return Stage("clean", RawArticle, CleanArticle, known)


def clean(
    raw: RawArticle,
    cleaning: Cleaning = "balanced",
    sources: Sources = NO_SOURCES,
    classifier: LineClassifier | None = None,
) -> CleanArticle:
    """Return the story of *raw*, its metadata, and a note of each cut.

    A wall or an error page that was served in place of a story is a record too, and says so.

    Raises:
        RecordError: ``undecodable``, ``too_big``, ``too_deep`` or ``no_text``.
        Drop: ``only_boilerplate``: every line was cut.

    """
    body = read_body(raw, classifier)
    headline = known_headline(raw, body.markup)
    source = sources.of(raw.source)
    cleaned = clean_lines(
        body.text, headline[1], cleaning, own_headline=not body.html, source=source,
        classifier=classifier, marks=body.marks,
    )  # fmt: skip
    cleaned = in_order(cleaned)
    kind = article_kind(raw.url, body.markup, cleaned)
    if not cleaned.text and (not body.html or kind == "empty"):
        give_up(body.text)
    return CleanArticle(
        **{name: getattr(raw, name) for name in KEPT},
        **story_fields(raw, body.markup, cleaned, headline),
        text=cleaned.text,
        removed=cleaned.removed,
        article_kind=kind,
        generation=GENERATION,
        pipeline_version=VERSION,
        models=models(cleaning, classifier, html=body.html) | source.models(),
    )


def read_body(raw: RawArticle, classifier: LineClassifier | None) -> Body:
    """Return the lines of a body, and what its page knows of them and of itself.

    Raises:
        RecordError: ``undecodable``, ``too_big``, ``too_deep`` or ``no_text``.

    """
    text = text_of(raw)
    if not text.strip(BLANK):
        raise RecordError("no_text", "the body is empty")
    if not is_html(raw.content_type, text):
        return Body(text)
    page = read_page(text, classifier.picker if classifier else None)
    markup = read_markup(page.tree, page.linked_data, raw.url)
    return Body(tidy_lines(page.text), markup, page.marks, html=True)


def give_up(text: str) -> NoReturn:
    """Raise what becomes of a body of which nothing is left: *text* is what was found in it."""
    if not text.strip(BLANK):
        raise RecordError("no_text", "no story was found on the page")
    raise Drop("only_boilerplate", "no line of the body belongs to a story")


def in_order(cleaned: Cleaned) -> Cleaned:
    """Return *cleaned* with its text tidied; cuts keep the words and offsets of the raw body."""
    text, removed = tidied(cleaned.text, cleaned.removed)
    return replace(cleaned, text=text, removed=removed, headline=tidy(cleaned.headline))


def is_html(content_type: str, text: str) -> bool:
    """Say whether a body is a page; one that is neither text nor HTML by name is looked at.

    >>> is_html("text/plain", "<p>as it stands</p>"), is_html("", "<!DOCTYPE html><p>A")
    (False, True)
    """
    if HTML.match(content_type):
        return True
    return not PLAIN.match(content_type) and bool(LOOKS_HTML.search(text[:2000]))


def models(cleaning: Cleaning, classifier: LineClassifier | None, *, html: bool) -> dict[str, str]:
    """Return what touched the record, by role."""
    told = {"rules": f"{RULES_VERSION} {cleaning}", "language_id": identifier_version()}
    if classifier:
        told["classifier"] = classifier.name
    return told | ({"extractor": extractor_version()} if html else {})


@cache
def extractor_version() -> str:
    """Return name and version of the extractor, as records cite it."""
    return f"trafilatura {version('trafilatura')}"
