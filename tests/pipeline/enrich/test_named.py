"""named: each thing once, with what else it is called and how much the article is about it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.enrich.gazetteer import Gazetteer
from pipeline.enrich.language_model import Reading
from pipeline.enrich.named import collect
from schemas import EnrichedArticle, Entity, Named
from schemas.enriched import Label

HEADLINE = "Moor leaves Velora"
TEXT = (
    "President Ada Moor left Velora on Friday.\n\n"
    "Mrs Moor's plane, a gift of the Northern Trade Board, had waited. Moors crew was tired. "
    "Velora is a port. Jan Vale, a pilot, waved."
)
Mention = tuple[str, str, Label]
MENTIONS: Sequence[Mention] = (
    ("Ada Moor", "Ada Moor", "PERSON"),
    ("Velora", "Velora", "GPE"),
    ("Friday", "Friday", "DATE"),
    ("Moor", "Ada Moor", "PERSON"),
    ("Northern Trade Board", "Northern Trade Board", "ORG"),
    ("Moors", "Ada Moor", "PERSON"),
    ("Velora", "Velora", "GPE"),
    ("Jan Vale", "Jan Vale", "PERSON"),
)


def article(mentions: Sequence[Mention] = MENTIONS) -> EnrichedArticle:
    """Return the article with its mentions, in the text one after the other."""
    at = 0
    entities = [
        Entity(text="Moor", label="PERSON", start=0, end=4, field="headline", name="Ada Moor")
    ]
    for words, name, label in mentions:
        start = TEXT.index(words, at)
        at = start + len(words)
        entities.append(Entity(text=words, label=label, start=start, end=at, name=name))
    return EnrichedArticle(id="1", headline=HEADLINE, text=TEXT, entities=tuple(entities))


def named(known: Gazetteer, record: EnrichedArticle) -> tuple[Named, ...]:
    """Return what the article names."""
    found: tuple[Named, ...] = collect(record, Reading((), ""), known)["named"]
    return found


def test_each_thing_is_named_once(known: Gazetteer) -> None:
    """The most salient first, numbered from 1; a date is no name."""
    assert [(one.id, one.name, one.mentions) for one in named(known, article())] == [
        ("1", "Ada Moor", 4),
        ("2", "Velora", 2),
        ("3", "Northern Trade Board", 1),
        ("4", "Jan Vale", 1),
    ]


def test_aliases_are_what_else_it_is_called(known: Gazetteer) -> None:
    """A surname is one; a possessive that lost its apostrophe is none."""
    assert named(known, article())[0].aliases == ("Moor",)


def test_roles_are_gathered(known: Gazetteer) -> None:
    """From wherever the person is named."""
    assert [one.roles for one in named(known, article())] == [("President",), (), (), ("pilot",)]


def test_salience_is_headline_lead_and_share(known: Gazetteer) -> None:
    """0.4 for the headline, 0.2 for the lead, 0.4 for the share of the most mentions."""
    assert [one.salience for one in named(known, article())] == [1.0, 0.4, 0.1, 0.1]
    assert [one.in_headline for one in named(known, article())] == [True, False, False, False]


def test_a_mention_knows_what_it_names(known: Gazetteer) -> None:
    """Each mention of a name has its number; a date has none."""
    entities = collect(article(), Reading((), ""), known)["entities"]
    assert [entity.id for entity in entities] == ["1", "1", "2", None, "1", "3", "1", "2", "4"]


def test_case_and_dots_make_no_other_name(known: Gazetteer) -> None:
    """What differs in case alone is one thing, under the spelling used most."""
    mentions = (
        Entity(text="Nato", label="ORG", start=0, end=4, name="Nato"),
        Entity(text="NATO", label="ORG", start=5, end=9, name="NATO"),
        Entity(text="NATO", label="ORG", start=10, end=14, name="NATO"),
    )
    record = EnrichedArticle(id="1", text="Nato NATO NATO", entities=mentions)
    (one,) = named(known, record)
    assert (one.name, one.aliases) == ("NATO", ("Nato",))
    assert {e.name for e in collect(record, Reading((), ""), known)["entities"]} == {"NATO"}


def test_an_article_without_names_is_no_error(known: Gazetteer) -> None:
    """Nothing named, nothing listed."""
    assert named(known, EnrichedArticle(id="1", text="")) == ()


@given(st.lists(st.sampled_from(MENTIONS), unique=True))
def test_the_order_is_that_of_salience(mentions: list[Mention]) -> None:
    """Whatever is named, salience lies in 0 to 1 and falls, and the mentions add up."""
    chosen = [mention for mention in MENTIONS if mention in mentions]
    record = article(chosen)
    found = collect(record, Reading((), ""), None)["named"]  # type: ignore[arg-type]
    assert all(one.salience >= two.salience for one, two in pairwise(found))
    assert all(0 <= one.salience <= 1 for one in found)
    assert sum(one.mentions for one in found) == sum(e.id is not None for e in with_ids(record))


def with_ids(record: EnrichedArticle) -> tuple[Entity, ...]:
    """Return the mentions with their numbers."""
    found: tuple[Entity, ...] = collect(record, Reading((), ""), None)["entities"]  # type: ignore[arg-type]
    return found
