"""The rules of the line cleaner, in the order they are asked; the first that knows a line names it.

A rule is a predicate on a `Line`.  To add one: a module with the predicate and its doctest, and a
row here.  ``careful`` marks those that practically never lose a line of a story.
No rule names a newspaper.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.clean.rules.advert import is_advert
from pipeline.clean.rules.agency import credit_span, is_agency
from pipeline.clean.rules.bio import is_bio
from pipeline.clean.rules.bracketed import is_bracketed_teaser
from pipeline.clean.rules.byline import is_byline
from pipeline.clean.rules.caption import is_caption
from pipeline.clean.rules.card import is_card
from pipeline.clean.rules.comments import is_comments
from pipeline.clean.rules.consent import is_consent
from pipeline.clean.rules.dateline import dateline_span
from pipeline.clean.rules.divider import is_divider
from pipeline.clean.rules.line import Line
from pipeline.clean.rules.listed import is_listed
from pipeline.clean.rules.navigation import is_navigation
from pipeline.clean.rules.newsletter import is_newsletter
from pipeline.clean.rules.paywall import is_paywall
from pipeline.clean.rules.player import is_player
from pipeline.clean.rules.read_more import is_read_more
from pipeline.clean.rules.related import is_related
from pipeline.clean.rules.share import is_share
from pipeline.clean.rules.stamp import is_stamp
from pipeline.clean.rules.stranger import is_stranger
from pipeline.clean.rules.tags import is_tags
from pipeline.clean.rules.tail import is_tail, is_tail_title
from pipeline.clean.rules.trailer import is_trailer
from schemas import Kind

__all__ = ["INLINE", "RULES", "Inline", "Line", "Rule"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that knows whole lines of one kind."""

    id: str
    kind: Kind
    matches: Callable[[Line], bool]
    careful: bool = True


@dataclass(frozen=True, slots=True)
class Inline:
    """A rule that knows a part of a line: where it starts and ends in the line, None without."""

    id: str
    kind: Kind
    span: Callable[[Line], tuple[int, int] | None]
    careful: bool = True


RULES: tuple[Rule, ...] = (
    Rule("consent", "consent", is_consent),
    Rule("newsletter", "newsletter", is_newsletter),
    Rule("paywall", "paywall", is_paywall),
    Rule("advert", "advert", is_advert),
    Rule("bracketed-teaser", "related", is_bracketed_teaser),
    Rule("read-more", "read-more", is_read_more),
    Rule("related", "related", is_related),
    Rule("comments", "comments", is_comments),
    Rule("share", "share", is_share),
    Rule("player", "player", is_player),
    Rule("agency", "credit", is_agency),
    Rule("trailer", "trailer", is_trailer),
    Rule("caption", "caption", is_caption),
    Rule("divider", "other", is_divider, careful=False),
    Rule("stamp", "stamp", is_stamp),
    Rule("byline", "byline", is_byline),
    Rule("tags", "tags", is_tags),
    Rule("stranger", "related", is_stranger),
    Rule("navigation", "navigation", is_navigation, careful=False),
    Rule("bio", "byline", is_bio, careful=False),
    Rule("card", "related", is_card, careful=False),
    Rule("listed", "related", is_listed, careful=False),
    Rule("tail-title", "related", is_tail_title, careful=False),
    Rule("tail", "other", is_tail, careful=False),
)

INLINE: tuple[Inline, ...] = (
    Inline("dateline", "dateline", dateline_span, careful=False),
    Inline("agency-note", "credit", credit_span),
)
