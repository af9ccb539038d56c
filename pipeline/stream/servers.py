"""The clients of both servers by the settings, for whoever is no worker."""

from __future__ import annotations

from typing import Any

from pipeline.index.elasticsearch import connect
from pipeline.settings import Settings


def elasticsearch(settings: Settings) -> Any:
    """Return a client of Elasticsearch; nothing is sent yet."""
    return connect(
        settings.elasticsearch_url,
        username=settings.elasticsearch_username,
        password=settings.elasticsearch_password.get_secret_value(),
        api_key=settings.elasticsearch_api_key.get_secret_value(),
        ca_certs=settings.elasticsearch_ca_certs,
    )
