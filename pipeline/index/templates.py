"""The index templates: what each field of a document is to Elasticsearch.

A base that any node takes; language analyzers and a lifecycle policy are added where the server has
them.  One index per schema generation stands behind each of the aliases ``articles`` and
``quotes``: ids and versions protect within one index only, so a day in the name would hold a
redated article twice.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from pipeline.index.answers import told
from schemas import ServiceUnavailable

ALIAS = "articles"
INDEX = "articles-v1"
INDICES = {ALIAS: INDEX, "quotes": "quotes-v1"}
"""Alias to the index behind it."""
OWN = {ALIAS: "base", "quotes": "quotes"}
"""Alias to the component template that tells its fields."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What `apply` did, for people and ``--json``."""

    components: tuple[str, ...]
    created: dict[str, tuple[str, bool]]
    """Alias to the index behind it, and whether that was made now."""


def part(name: str) -> dict[str, Any]:
    """Return the committed JSON *name* (base, quotes, language, lifecycle, policy)."""
    text = files("schemas").joinpath("elasticsearch", f"{name}.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def apply(client: Elasticsearch, *, shards: int = 1, replicas: int = 0) -> Applied:
    """Put templates and make the index and its alias where they are missing; safe to repeat.

    Raises:
        ServiceUnavailable: the server does not answer or refuses, with its reason.

    """
    try:
        components = put_components(client, shards, replicas)
        for alias, own in OWN.items():
            client.indices.put_index_template(
                name=f"newsmill-{alias}",
                index_patterns=[f"{alias}-v*"],
                composed_of=[f"newsmill-{own}", *components[len(OWN) :]],
                priority=300,
                allow_auto_create=False,  # a write to an index that is gone waits, and makes none
            )
        created = {alias: make_index(client, alias) for alias in INDICES}
    except (ApiError, TransportError) as error:
        raise ServiceUnavailable(f"templates were not applied: {told(error)}") from error
    return Applied(components, created)


def put_components(client: Elasticsearch, shards: int, replicas: int) -> tuple[str, ...]:
    """Put the component templates that this server can hold; return their names.

    Those of one index each come first, then those of all.
    """
    components = {f"newsmill-{own}": part(own) for own in OWN.values()}
    for body in components.values():
        body["template"]["settings"]["index"] |= {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
        }
    if has_language_analyzers(client):
        components["newsmill-language"] = part("language")
    if has_lifecycle(client):
        components["newsmill-lifecycle"] = part("lifecycle")
    for name, body in components.items():
        client.cluster.put_component_template(name=name, template=body["template"])
    return tuple(components)


def make_index(client: Elasticsearch, alias: str) -> tuple[str, bool]:
    """Make the index behind *alias*, unless some index stands there; return it, and whether."""
    if client.indices.exists_alias(name=alias):
        return ", ".join(sorted(client.indices.get_alias(name=alias))), False
    client.indices.create(index=INDICES[alias], aliases={alias: {"is_write_index": True}})
    return INDICES[alias], True


def has_language_analyzers(client: Elasticsearch) -> bool:
    """Whether the server knows stemmers; a node with few modules does not."""
    try:
        client.indices.analyze(analyzer="english", text="armies")
    except ApiError as error:
        if error.status_code == 400:
            return False
        raise
    return True


def has_lifecycle(client: Elasticsearch) -> bool:
    """Whether the server manages lifecycles; if so, put our policy, which never deletes."""
    try:
        client.ilm.put_lifecycle(name="newsmill", policy=part("policy")["policy"])
    except ApiError as error:
        if error.status_code in (400, 404, 405):
            return False
        raise
    return True


def mapped_fields(name: str = "base") -> set[str]:
    """Return every field of the mapping *name*, dotted, for the test that compares."""
    return set(walk(part(name)["template"]["mappings"]["properties"]))


def walk(properties: dict[str, Any], prefix: str = "") -> list[str]:
    """Return the dotted names of *properties* and what lies in them."""
    names: list[str] = []
    for name, mapping in properties.items():
        names.append(prefix + name)
        names += walk(mapping.get("properties", {}), f"{prefix}{name}.")
    return names
