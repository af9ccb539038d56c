"""Whom and what an article names, each once: other names, roles, and how much it is about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.enrich.entities import NAMES, POSSESSIVE, fields, tidy
from pipeline.enrich.gazetteer import Gazetteer, key
from pipeline.enrich.language_model import Reading
from pipeline.enrich.paragraphs import paragraphs
from pipeline.enrich.roles import cleaned, roles_beside
from schemas import EnrichedArticle, Entity, Named

LABELS = NAMES | {"WORK_OF_ART", "LAW", "LANGUAGE"}
"""What has a name; sums, shares and dates have none."""
HEADLINE, LEAD, SHARE = 0.4, 0.2, 0.4
"""What salience is made of: named in the headline, in the lead, and how often."""
MAX_ROLES = 5

Group = tuple[str, str]
"""What mentions of one thing have in common: the name as it is looked up, and the label."""


def collect(article: EnrichedArticle, _reading: Reading, _known: Gazetteer) -> dict[str, Any]:
    """Return what the mentions name, the most salient first, and the mentions with its number."""
    groups: dict[Group, list[Entity]] = {}
    for entity in article.entities:
        if entity.label in LABELS:
            groups.setdefault(group_of(entity), []).append(entity)
    most = max(map(len, groups.values()), default=1)
    lead, said = lead_of(article.text), roles(article)
    found = [as_named(mentions, lead, most, said) for mentions in groups.values()]
    order = sorted(zip(groups, found, strict=True), key=lambda one: rank(one[1]))
    numbered = {
        group: named.model_copy(update={"id": str(number)})
        for number, (group, named) in enumerate(order, 1)
    }
    return {
        "entities": tuple(with_number(entity, numbered) for entity in article.entities),
        "named": tuple(numbered.values()),
    }


def rank(named: Named) -> tuple[float, int]:
    """Sort by salience, then by mentions; of two alike the one named first stays first."""
    return -named.salience, -named.mentions


def group_of(entity: Entity) -> Group:
    """Return the group of *entity*."""
    return key(entity.name), entity.label


def with_number(entity: Entity, named: Mapping[Group, Named]) -> Entity:
    """Return *entity* with the number and name of what it is a mention of."""
    found = named.get(group_of(entity)) if entity.label in LABELS else None
    return entity.model_copy(update={"id": found.id, "name": found.name}) if found else entity


def lead_of(text: str) -> range:
    r"""Return where the first paragraph lies.

    >>> lead_of("It rained.\n\nThen it stopped.")
    range(0, 10)
    """
    first = next((span for span in paragraphs(text) if text[slice(*span)].strip()), (0, 0))
    return range(*first)


def salience(mentions: Sequence[Entity], lead: range, most: int) -> float:
    """Return how much an article is about what the *mentions* name, from 0 to 1.

    0.4 for the headline, 0.2 for the lead, and 0.4 for as many mentions as the most named has.
    """
    in_headline = any(entity.field == "headline" for entity in mentions)
    in_lead = any(entity.field == "text" and entity.start in lead for entity in mentions)
    share = len(mentions) / most
    return round(HEADLINE * in_headline + LEAD * in_lead + SHARE * share, 3)


def as_named(
    mentions: Sequence[Entity], lead: range, most: int, said: Mapping[Group, Counter[str]]
) -> Named:
    """Return what the *mentions* name as it stands on the record, its number not yet given."""
    name = Counter(entity.name for entity in mentions).most_common(1)[0][0]
    return Named(
        id="",
        name=name,
        label=mentions[0].label,
        aliases=aliases(name, mentions),
        roles=distinct(said.get(group_of(mentions[0]), Counter())),
        country=next((entity.country for entity in mentions if entity.country), None),
        mentions=len(mentions),
        in_headline=any(entity.field == "headline" for entity in mentions),
        salience=salience(mentions, lead, most),
    )


def aliases(name: str, mentions: Iterable[Entity]) -> tuple[str, ...]:
    """Return what else it is called, most often first; a lost apostrophe is none."""
    forms = Counter(POSSESSIVE.sub("", tidy(entity.text)) for entity in mentions)
    bases = {name, name.rsplit(maxsplit=1)[-1], *forms}
    return tuple(
        form
        for form, _ in forms.most_common()
        if form != name and not (form.endswith("s") and form[:-1] in bases)
    )


def roles(article: EnrichedArticle) -> dict[Group, Counter[str]]:
    """Return what is said beside each person's mentions, and how often.

    What holds another person's name is left: it is that one's role.
    """
    said: dict[Group, Counter[str]] = {}
    for field, text in fields(article):
        people = [
            entity
            for entity in article.entities
            if entity.label == "PERSON" and entity.field == field
        ]
        taken = {entity.start for entity in people}
        for entity in people:
            for start, end in roles_beside(text, entity.start, entity.end):
                if taken.isdisjoint(range(start, end)):
                    said.setdefault(group_of(entity), Counter())[cleaned(text[start:end])] += 1
    return said


def distinct(said: Counter[str]) -> tuple[str, ...]:
    """Return the roles most often first, none that is part of a longer one.

    >>> distinct(Counter(["President", "president of Ruritania", "farmer"]))
    ('president of Ruritania', 'farmer')
    """
    kept: list[str] = []
    for role in sorted(said, key=len, reverse=True):
        if not any(role.casefold() in longer.casefold() for longer in kept):
            kept.append(role)
    return tuple(sorted(kept, key=lambda role: -said[role])[:MAX_ROLES])
