"""The indices behind the aliases, and those that a reindex is building beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import wraps
from typing import ParamSpec, TypeVar

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from pipeline.index.answers import told
from pipeline.index.pages import Pair
from pipeline.index.sink import ARTICLES
from pipeline.index.templates import INDICES
from schemas import ConfigError, Fault, ServiceUnavailable

NEXT = "-next"
"""What follows the name of an alias while its next index is being built."""
NAME = re.compile(r"v[a-z0-9][a-z0-9_-]{0,30}")

P = ParamSpec("P")
R = TypeVar("R")


def answered(work: Callable[P, R]) -> Callable[P, R]:
    """Return *work* with the errors of the client told in words.

    When a reindex is broken off the aliases are where they were, and the same command goes on.
    """

    @wraps(work)
    def worded(*args: P.args, **given: P.kwargs) -> R:
        try:
            return work(*args, **given)
        except (ApiError, TransportError) as error:
            raise ServiceUnavailable(
                f"Elasticsearch broke it off: {told(error)}. The same command goes on where it was"
            ) from error

    return worded


@answered
def behind(client: Elasticsearch, suffix: str = "") -> Pair:
    """Return the indices behind the aliases.

    Raises:
        ServiceUnavailable: an alias is missing, or stands for several indices.

    """
    indices = {}
    for alias in INDICES:
        name = alias + suffix
        there = sorted(client.indices.get_alias(name=name)) if exists(client, name) else []
        if len(there) != 1:
            raise ServiceUnavailable(
                f"behind the alias {name!r} must stand one index, and there is "
                f"{' and '.join(there) or 'none'}: `newsmill templates apply` makes what is missing"
            )
        indices[alias] = there[0]
    return Pair(indices)


def exists(client: Elasticsearch, alias: str) -> bool:
    """Whether an alias stands for something."""
    return bool(client.indices.exists_alias(name=alias))


@answered
def planned(client: Elasticsearch, name: str = "") -> Pair:
    """Return the indices that are being built, else those that would be.

    Raises:
        ConfigError: *name* cannot be one, or others are being built already.

    """
    if exists(client, ARTICLES + NEXT):
        built = behind(client, NEXT)
        if name and built.articles != f"{ARTICLES}-{name}":
            what = (
                f"{built.articles} is being built: finish it with `newsmill reindex`, or give it "
            )
            raise ConfigError(Fault("--to", what + "up with `newsmill reindex --give-up`"))
        return built
    name = name or following(client)
    if not NAME.fullmatch(name):
        raise ConfigError(Fault("--to", f"{name!r} is no name: v and letters, digits, - or _"))
    pair = Pair({alias: f"{alias}-{name}" for alias in INDICES})
    for index in pair.names():
        if client.indices.exists(index=index):
            raise ConfigError(Fault("--to", f"there is an index {index} already: choose another"))
    return pair


@answered
def prepare(client: Elasticsearch, name: str = "") -> Pair:
    """Return the indices that are being built; make them where there are none.

    Raises:
        ConfigError: *name* cannot be one, or others are being built already.

    """
    pair = planned(client, name)
    if not exists(client, ARTICLES + NEXT):
        for index in pair.names():
            client.indices.create(index=index)
        add = [{"add": {"index": i, "alias": alias + NEXT}} for alias, i in pair.indices.items()]
        client.indices.update_aliases(actions=add)
    return pair


def following(client: Elasticsearch) -> str:
    """Return the next free name: v2 after v1."""
    there = client.indices.get(index=[f"{alias}-v*" for alias in INDICES])
    numbers = [int(one[1]) for index in there if (one := re.fullmatch(r"[a-z]+-v(\d+)", index))]
    return f"v{max(numbers, default=0) + 1}"


@answered
def size(client: Elasticsearch, pair: Pair) -> int:
    """Return how many articles *pair* holds; raises ServiceUnavailable."""
    client.indices.refresh(index=pair.articles)
    return int(client.count(index=pair.articles)["count"])


@answered
def being_built(client: Elasticsearch) -> list[str]:
    """Return the indices that are being built; raises ServiceUnavailable."""
    return behind(client, NEXT).names() if exists(client, ARTICLES + NEXT) else []


@answered
def left_over(client: Elasticsearch) -> list[str]:
    """Return our indices behind no alias, which a reindex has left; raises ServiceUnavailable."""
    there = client.indices.get_alias(index=[f"{alias}-v*" for alias in INDICES])
    return sorted(index for index, held in there.items() if not held["aliases"])


def unblock(client: Elasticsearch, pair: Pair) -> None:
    """Let writers go on."""
    client.indices.put_settings(index=pair.names(), settings={"index.blocks.write": None})


@answered
def give_up(client: Elasticsearch) -> None:
    """Delete what is being built and let writers go on; raises ServiceUnavailable."""
    drop(client, being_built(client))
    unblock(client, behind(client))


@answered
def drop(client: Elasticsearch, indices: Collection[str]) -> None:
    """Delete *indices*; raises ServiceUnavailable."""
    if indices:
        client.indices.delete(index=sorted(indices))
