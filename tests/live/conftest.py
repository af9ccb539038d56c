"""The servers that the live tests share, one of each for the whole run.

``NEWSMILL_TEST_KAFKA`` and ``NEWSMILL_TEST_ELASTICSEARCH`` name running ones to use in their place.
Where a server can neither be used nor started, its tests are skipped; in CI they fail.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live import secured
from tests.live.servers import Name, Server, boot, end, missing

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as live."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.live)


@pytest.fixture
def broker() -> Iterator[Server]:
    """A Kafka for one test alone, to be killed or frozen."""
    yield from own("kafka")


@pytest.fixture(scope="session")
def kafka_server() -> Iterator[Server]:
    """The Kafka of this run."""
    yield from own("kafka")


@pytest.fixture(scope="session")
def elasticsearch_server() -> Iterator[Server]:
    """The Elasticsearch of this run."""
    yield from own("elasticsearch")


@pytest.fixture(scope="session")
def secured_elasticsearch() -> Iterator[Server]:
    """An Elasticsearch with TLS, our roles, and a user of each, `tests.live.secured` knows whom."""
    yield from own("elasticsearch", **secured.ELASTICSEARCH)


@pytest.fixture(scope="session")
def secured_kafka() -> Iterator[Server]:
    """A Kafka with TLS and SASL, one user of which is newsmill."""
    yield from own("kafka", **secured.KAFKA)


@pytest.fixture(scope="session")
def kafka(request: pytest.FixtureRequest) -> str:
    """The address of a Kafka, host and port."""
    return address(request, "kafka")


@pytest.fixture(scope="session")
def elasticsearch(request: pytest.FixtureRequest) -> str:
    """The URL of an Elasticsearch."""
    return address(request, "elasticsearch")


def address(request: pytest.FixtureRequest, name: Name) -> str:
    """Return the address given in the environment, else that of a server of our own."""
    given = os.environ.get(f"NEWSMILL_TEST_{name.upper()}", "")
    return given or str(request.getfixturevalue(f"{name}_server").address)


def own(name: Name, **settings: str) -> Iterator[Server]:
    """Give a server that is wiped at the end; where there is none, skip, or in CI fail."""
    if reason := missing(name):
        refuse(
            f"live tests cannot start {reason}.  Or name a running one in "
            f"NEWSMILL_TEST_{name.upper()}; docs/how-to/operate.md tells how."
        )
    server = boot(name, **settings)
    try:
        yield server
    finally:
        end(server)


def refuse(reason: str) -> None:
    """Skip the test with its reason; in CI a skipped live test is a failure."""
    if os.environ.get("CI", "").lower() in {"1", "true", "yes"}:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
