"""CleanArticle: the story alone, and what was taken out, with the reason for each cut."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, Field

from schemas.record import Part, Record

Kind = Literal[
    "related",
    "read-more",
    "newsletter",
    "consent",
    "advert",
    "share",
    "caption",
    "credit",
    "byline",
    "dateline",
    "headline",
    "stamp",
    "trailer",
    "navigation",
    "comments",
    "paywall",
    "tags",
    "player",
    "other",
]
"""What a removed line was. ``headline``, ``byline``, ``caption`` and ``dateline`` were moved."""

Precision = Literal["second", "minute", "day"]
Origin = Literal["json-ld", "meta", "feed", "text"]
"""Where a value was read: linked data; head or address of the page; feed, caller or source file;
what a reader sees, or what was concluded from it."""

ArticleKind = Literal[
    "article",
    "live-blog",
    "gallery",
    "listing",
    "paywall-stub",
    "consent-wall",
    "error-page",
    "empty",
]
"""What was served. The last four are no stories: they are kept in the record and not indexed."""
NOT_STORIES: frozenset[ArticleKind] = frozenset(
    ("paywall-stub", "consent-wall", "error-page", "empty")
)


class RemovedLine(Part):
    """A cut: a line, or a part of one, that is not in ``text``."""

    text: str = Field(description="The words that were taken out.")
    kind: Kind = Field(description="What they were.")
    by: str = Field(description="The rule, or classifier and version, that took them out.")
    score: float = Field(1.0, ge=0, le=1, description="How sure it was; a rule is sure.")
    start: int = Field(ge=0, description="Where they began in the raw body's text, code points.")
    end: int = Field(ge=0, description="Where they ended in it.")
    at: int = Field(ge=0, description="Offset in `text` where they stood.")
    line: int | None = Field(None, description="Number of the line, from 0, if all of it went.")
    why: str | None = Field(
        None, description="What speaks for the cut besides, e.g. 'in 37 of 40 articles'."
    )


class CleanArticle(Record):
    """The story of an article, its metadata, and a note of each cut."""

    id: str = Field(description="The article's id, as in the raw record.")
    url: str = Field("", description="The address that was asked for.")
    source: str = Field("", description="Id of the source.")
    headline: str = Field("", description="The headline; empty: not known.")
    text: str = Field(description="The story: paragraphs separated by a blank line.")
    removed: tuple[RemovedLine, ...] = Field((), description="What was taken out, in raw order.")
    language: str | None = Field(None, description="BCP 47.")
    summary: str | None = Field(None, description="The lead, where the page or feed names one.")
    authors: tuple[str, ...] = Field((), description="Names of the writers.")
    dateline: str | None = Field(None, description="The place line, e.g. 'KYIV (Reuters)'.")
    captions: tuple[str, ...] = Field((), description="Picture captions moved out of the text.")
    published_at: AwareDatetime | None = Field(None, description="When it was published.")
    published_precision: Precision | None = Field(None, description="How exactly that is known.")
    published_from: Origin | None = Field(None, description="Where that was read.")
    modified_at: AwareDatetime | None = Field(None, description="When it was changed.")
    sections: tuple[str, ...] = Field((), description="Sections of the newspaper.")
    keywords: tuple[str, ...] = Field((), description="The publisher's keywords.")
    canonical_url: str | None = Field(None, description="rel=canonical, if of the same site.")
    image_url: str | None = Field(None, description="The lead picture.")
    credit: str | None = Field(None, description="The wire agency named in the text.")
    paywalled: bool | None = Field(None, description="True where only a stub was served.")
    article_kind: ArticleKind = Field("article", description="What was served.")
    origins: dict[str, Origin] = Field({}, description="Field to where its value was read.")
    fetched_at: AwareDatetime | None = Field(None, description="When it was read.")
    source_name: str | None = Field(None, description="Name of the newspaper.")
    source_country: str | None = Field(None, description="Country of it, ISO 3166-1 alpha-3.")
    connector: str | None = Field(None, description="Kind of the connector that read it.")
    revision: int = Field(1, ge=1, description="1, 2, ... as the source changed it.")
    generation: int = Field(0, ge=0, le=999, description="Generation of the pipeline.")
    pipeline_version: str | None = Field(None, description="Version of newsmill.")
    models: dict[str, str] = Field({}, description="Model or rule set to version, by its role.")
