"""The roles: who may do what in Elasticsearch, as schemas/elasticsearch/roles.yml says it.

That file is also what a node reads that keeps its roles in files.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from pipeline.index.answers import told
from schemas import ServiceUnavailable


def text() -> str:
    """Return the committed file, comments and all."""
    return files("schemas").joinpath("elasticsearch", "roles.yml").read_text("utf-8")


def roles() -> dict[str, dict[str, Any]]:
    """Return what each role may do, by its name.

    >>> sorted(roles())
    ['newsmill_admin', 'newsmill_analyst', 'newsmill_pipeline']
    """
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(text())
    return loaded


def apply(client: Elasticsearch) -> tuple[str, ...]:
    """Put every role by the API, whose user must be allowed to; return their names.

    Raises:
        ServiceUnavailable: the server does not answer, or keeps no roles by its API.

    """
    for name, may in roles().items():
        try:
            client.security.put_role(name=name, **may)
        except (ApiError, TransportError) as error:
            raise ServiceUnavailable(
                f"the role {name} was not put: {told(error)}. Sign in as a user who may manage "
                "security, or give the server `newsmill roles show` as its config/roles.yml"
            ) from error
    return tuple(roles())
