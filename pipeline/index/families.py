"""A document and its children: written together, counted in it, and deleted with it.

An article's quotations are documents of an index of their own, for a list of objects within one
cannot be asked about one by one in Kibana.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from pipeline.index.sink import COUNTED, MAX_DOCUMENT_BYTES, Document, unfit

Family = tuple[list[tuple[Document, bytes]], str]
"""Children and, last, their document, each with its JSON; or why it is refused."""


def family(item: Document) -> Family:
    """Return the children of *item*, then itself, as JSON; or why it is refused with them."""
    lines: list[tuple[Document, bytes]] = []
    for one in (*item.children, item):
        body, reason = encoded(one)
        if reason:
            return [], reason
        lines.append((one, body))
    return lines, ""


def encoded(item: Document) -> tuple[bytes, str]:
    """Return the body of *item* as JSON, or why no sink takes it.

    >>> encoded(Document("1", 1, {"text": "rain"}))
    (b'{"text":"rain"}', '')
    """
    if reason := unfit(item):
        return b"", reason
    try:
        body = orjson.dumps(item.body)
    except (orjson.JSONEncodeError, TypeError) as error:
        return b"", f"cannot be written as JSON: {error}"
    if len(body) > MAX_DOCUMENT_BYTES:
        return b"", f"too large: {len(body)} bytes"
    return body, ""


def child_id(parent: str, number: int) -> str:
    """Return the id of a document's child.

    >>> child_id("3f1c", 0)
    '3f1c-0'
    """
    return f"{parent}-{number}"


@dataclass(frozen=True, slots=True)
class Known:
    """What is in the index of a document: its version, and how many children in which index."""

    version: int
    children: Mapping[str, int]


NEW = Known(-1, {})
"""What is known of a document that is not there."""


def known(found: Mapping[str, Any]) -> Known:
    """Return what an answer tells of a document that is there."""
    body = found.get("_source", {})
    return Known(found["_version"], {index: body.get(name, 0) for index, name in COUNTED.items()})


@dataclass(frozen=True, slots=True)
class There:
    """What an index answered: the documents it has, the indices behind the aliases, or why not."""

    documents: Mapping[str, Known]
    indices: Mapping[str, str]
    """Name of an alias of ours, without a suffix, to the index that it stands for now."""
    reason: str = ""

    def of(self, item: Document) -> Known:
        """Return what is known of *item*."""
        return self.documents.get(item.id, NEW)


def removals(item: Document, before: Known, indices: Mapping[str, str]) -> list[bytes]:
    r"""Return the bulk lines that delete what *item* had more children *before*.

    >>> removals(Document("a", 2, {}), Known(1, {"quotes": 1}), {"quotes": "quotes-v1"})
    [b'{"delete":{"_index":"quotes-v1","_id":"a-0","version":2,"version_type":"external"}}\n']
    """
    now = Counter(child.index for child in item.children)
    return [
        orjson.dumps({"delete": meta | {"version": item.version, "version_type": "external"}})
        + b"\n"
        for index, count in before.children.items()
        for meta in (
            {"_index": indices[index], "_id": child_id(item.id, number)}
            for number in range(now[index], count)
        )
    ]


def erasures(item: Document, there: There) -> Iterator[bytes]:
    r"""Yield the bulk lines that delete *item* last, before it its children and what is *there*.

    >>> indices = {"articles": "articles-v1", "quotes": "quotes-v1"}
    >>> there = There({"a": Known(1, {"quotes": 1})}, indices)
    >>> [*erasures(Document("a", 2, {}), there)][0]
    b'{"delete":{"_index":"quotes-v1","_id":"a-0"}}\n'
    """
    children = {(child.index, child.id) for child in item.children}
    for index, count in there.of(item).children.items():
        children |= {(index, child_id(item.id, number)) for number in range(count)}
    for index, name in (*sorted(children), (item.index, item.id)):
        if index in there.indices:
            yield orjson.dumps({"delete": {"_index": there.indices[index], "_id": name}}) + b"\n"


def once_each(batch: Sequence[Document]) -> Iterator[list[Document]]:
    """Yield *batch* in parts in which no id comes twice: the earlier one is done first.

    >>> one, two = Document("a", 1, {}), Document("a", 2, {})
    >>> list(once_each([one, two])) == [[one], [two]]
    True
    """
    part: dict[str, Document] = {}
    for item in batch:
        if item.id in part:
            yield [*part.values()]
            part = {}
        part[item.id] = item
    if part:
        yield [*part.values()]
