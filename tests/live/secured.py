"""The users of the secured servers, and who signs in how."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.index.elasticsearch import connect
from tests.live.servers import Server

ROLES = Path(__file__).parents[2] / "schemas/elasticsearch/roles.yml"
PASSWORDS = {
    "elastic": "planted-superuser-3f9c",
    "newsmill_admin": "planted-admin-71be",
    "newsmill_pipeline": "planted-pipeline-a04d",
    "newsmill_analyst": "planted-analyst-58d2",
}
"""Passwords that stand nowhere else, so that a test may look for them."""
ELASTICSEARCH = {
    "ES_TLS": "1",
    "ES_ROLES": str(ROLES),
    "ES_PASSWORD": PASSWORDS["elastic"],
    "ES_USERS": " ".join(f"{name}:{word}" for name, word in PASSWORDS.items() if "_" in name),
    "ES_EXTRA": "resource.reload.interval.high: 1s",
}
KAFKA_PASSWORD = "planted-kafka-9e17"
KAFKA = {"KAFKA_TLS": "1", "KAFKA_PASSWORD": KAFKA_PASSWORD}


def client(server: Server, user: str, password: str = "") -> Elasticsearch:
    """Return a client of *server* that signs in as *user*."""
    return connect(
        server.address, username=user, password=password or PASSWORDS[user],
        ca_certs=str(server.authority),
    )  # fmt: skip


def kafka_security(server: Server, **other: Any) -> dict[str, Any]:
    """Return the settings with which newsmill signs in to *server*, or *other* ones."""
    right = {
        "kafka_bootstrap_servers": server.address,
        "kafka_security_protocol": "SASL_SSL",
        "kafka_ca_certs": str(server.authority),
        "kafka_username": "newsmill",
        "kafka_password": KAFKA_PASSWORD,
    }
    return right | other
