"""Linked data of a page: the objects of schema.org in it, in all the shapes publishers give them.

Objects may lie in a graph and point at each other by ``@id``; texts may be lists, names objects.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.clean.hygiene import tidy

ARTICLE = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report|Review)$")
ORGANISATION = re.compile(r"Organi[sz]ation$")
INSIDE = ("@graph", "mainEntity", "mainEntityOfPage")
MAX_NODES = 200
MAX_FIELD = 1000
MAX_LIST = 100


@dataclass(frozen=True, slots=True)
class Linked:
    """What linked data tells of a page."""

    article: Mapping[str, Any] = field(default_factory=dict)
    """The object that describes the article; an empty one where there is none."""
    types: tuple[str, ...] = ()
    """What schema.org calls the page and what is on it."""
    writers: tuple[str, ...] = ()
    suppliers: tuple[str, ...] = ()
    """Organisations that are named as writer or source."""
    publishers: tuple[str, ...] = ()
    breadcrumbs: tuple[str, ...] = ()
    """The way to the page, less the front page and the page itself."""
    images: tuple[str, ...] = ()


def linked(data: Sequence[Any]) -> Linked:
    """Return what the blocks of linked data of a page tell."""
    found = list(nodes(data))
    known = {node["@id"]: node for node in found if isinstance(node.get("@id"), str)}
    article = next((node for node in found if any(map(ARTICLE.search, types_of(node)))), {})
    authors = meant(article.get("author") or article.get("creator"), known)
    sources = [meant(article.get(key), known) for key in ("sourceOrganization", "provider")]
    return Linked(
        article=article,
        types=tuple(dict.fromkeys(kind for node in found for kind in types_of(node))),
        writers=tuple(names([one for one in authors if not is_organisation(one)])),
        suppliers=tuple(names([*filter(is_organisation, authors), *sources[0], *sources[1],
                               article.get("creditText")])),
        publishers=tuple(names(meant(article.get("publisher"), known))),
        breadcrumbs=tuple(breadcrumbs(found)),
        images=tuple(addresses(meant(article.get("image"), known))),
    )  # fmt: skip


def nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of linked data that stand for the page, the outer ones first.

    >>> [node["@type"] for node in nodes([{"@graph": [{"@type": "WebPage"}], "@type": "Thing"}])]
    ['Thing', 'WebPage']
    """
    waiting, seen = [data], 0
    while waiting and seen < MAX_NODES:
        item = waiting.pop(0)
        seen += 1
        if isinstance(item, list | tuple):
            waiting[:0] = item[:MAX_NODES]
        elif isinstance(item, dict):
            yield item
            waiting += [item[key] for key in INSIDE if key in item]


def types_of(node: Mapping[str, Any]) -> list[str]:
    """Return the types of an object."""
    told = node.get("@type")
    return [str(one) for one in (told if isinstance(told, list) else [told]) if one]


def meant(value: Any, known: Mapping[str, Mapping[str, Any]]) -> list[Any]:
    """Return *value* as a list, with objects in place of what only points at them.

    >>> names(meant({"@id": "#ana"}, {"#ana": {"name": "Ana Lind"}}))
    ['Ana Lind']
    """
    listed = value if isinstance(value, list) else [value]
    return [
        {**known.get(str(one.get("@id")), {}), **one} if isinstance(one, dict) else one
        for one in listed[:MAX_LIST]
        if one
    ]


def is_organisation(value: Any) -> bool:
    """Say whether an object is an organisation, which writes no article."""
    return isinstance(value, dict) and any(map(ORGANISATION.search, types_of(value)))


def breadcrumbs(found: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the names on the way from the front page to the page."""
    for node in found:
        steps = node.get("itemListElement")
        if "BreadcrumbList" in types_of(node) and isinstance(steps, list):
            told = [
                plain(step.get("name")) or "".join(names(step.get("item"))[:1])
                for step in steps[:MAX_LIST]
                if isinstance(step, dict)
            ]
            return [name for name in told[1:-1] if 1 < len(name) <= 40 and "/" not in name]
    return []


def addresses(value: Any) -> list[str]:
    """Return the addresses in a list of pictures.

    >>> addresses([{"url": "/a.jpg"}, "/b.jpg", {"contentUrl": "/c.jpg"}, 3])
    ['/a.jpg', '/b.jpg', '/c.jpg']
    """
    told = [one.get("url") or one.get("contentUrl") if isinstance(one, dict) else one
            for one in value]  # fmt: skip
    return [address for address in map(plain, told) if address]


def plain(value: Any) -> str:
    r"""Return a text field with entities resolved and space folded; empty for anything else.

    >>> plain(" Talks &amp; tears\n in Oslo "), plain({"a": 1})
    ('Talks & tears in Oslo', '')
    """
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str) or not value:
        return ""
    return tidy(" ".join(html.unescape(value[: 4 * MAX_FIELD]).split())[:MAX_FIELD])


def names(value: Any) -> list[str]:
    """Return the names of people or organisations, in any of the forms in use.

    >>> names([{"@type": "Person", "name": "Ana Lind"}, "Tom Ray"])
    ['Ana Lind', 'Tom Ray']
    """
    listed = value if isinstance(value, list) else [value]
    told = [
        plain(item.get("name") if isinstance(item, dict) else item) for item in listed[:MAX_LIST]
    ]
    return [name for name in told if name]


def words(value: Any) -> tuple[str, ...]:
    """Return a list of keywords; one string is split at its commas.

    >>> words("ports, strikes"), words(["ports", "ports"])
    (('ports', 'strikes'), ('ports',))
    """
    listed = value if isinstance(value, list) else [value]
    split = [part.strip() for item in listed[:MAX_LIST] for part in plain(item).split(",")]
    return tuple(dict.fromkeys(filter(None, split)))[:MAX_LIST]
