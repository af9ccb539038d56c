"""What every kind of source must do, whoever wrote it: inherit, give two fixtures, run.

class TestMine(ConnectorContract):
    @pytest.fixture
    def connector(self) -> Connector: ...    # offers at least two articles and a broken item
    @pytest.fixture
    def tools(self) -> Tools: ...
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from connectors import Connector, Cursors, ItemMalformed, Tools
from connectors.round import Round
from schemas import RawArticle, ServiceUnavailable

NOW = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


class Kafka:
    """Stands for the way to Kafka: keeps what arrives, and may be away or take little."""

    def __init__(self, takes_chars: int = 1 << 20) -> None:
        """Begin empty, in good health."""
        self.arrived: list[RawArticle] = []
        self.batches: list[int] = []
        self.takes_chars = takes_chars
        self.away = False

    def publish(self, articles: Sequence[RawArticle]) -> list[ItemMalformed]:
        """Take *articles*."""
        if self.away:
            raise ServiceUnavailable("away")
        self.batches.append(len(articles))
        refused = [a for a in articles if len(a.body or "") > self.takes_chars]
        self.arrived.extend(a for a in articles if a not in refused)
        return [ItemMalformed(a.url, "too big") for a in refused]


class ConnectorContract:
    """The tests that all kinds of sources share."""

    @pytest.fixture
    def kafka(self) -> Kafka:
        """Return a Kafka that is well."""
        return Kafka()

    @pytest.fixture
    def cursors(self) -> Cursors:
        """Return an empty memory."""
        return Cursors(":memory:")

    def ask(self, connector: Connector, tools: Tools, cursors: Cursors, kafka: Kafka) -> Round:
        """Ask the source once, as the schedule does."""
        this = Round(cursors.of(connector.id), kafka.publish, lambda: NOW)
        this.ask(connector, tools)
        return this

    def test_gives_whole_records(
        self, connector: Connector, tools: Tools, cursors: Cursors, kafka: Kafka
    ) -> None:
        """Each article has an id, a source, an address and the moment it was read, in ms."""
        self.ask(connector, tools, cursors, kafka)
        assert len(kafka.arrived) >= 2
        for article in kafka.arrived:
            assert re.fullmatch("[0-9a-f]{32}", article.id)
            assert article.source == connector.id
            assert article.connector == connector.type
            assert article.url
            assert article.revision == 1
            assert article.fetched_at == NOW.replace(microsecond=123000)
            assert RawArticle.from_bytes(article.to_bytes()) == article

    def test_gives_each_article_once(
        self, connector: Connector, tools: Tools, cursors: Cursors, kafka: Kafka
    ) -> None:
        """What has arrived is not sent again while it stays as it is."""
        first = self.ask(connector, tools, cursors, kafka)
        again = self.ask(connector, tools, cursors, kafka)
        assert first.tally.sent == len(kafka.arrived)
        assert again.tally.sent == 0
        assert len({article.id for article in kafka.arrived}) == len(kafka.arrived)

    def test_forgets_what_did_not_arrive(
        self, connector: Connector, tools: Tools, cursors: Cursors, kafka: Kafka
    ) -> None:
        """What Kafka did not confirm is sent again the next time, all of it."""
        kafka.away = True
        with pytest.raises(ServiceUnavailable):
            self.ask(connector, tools, cursors, kafka)
        kafka.away = False
        again = self.ask(connector, tools, cursors, kafka)
        assert again.tally.sent == len(kafka.arrived) >= 2

    def test_counts_a_broken_item(
        self, connector: Connector, tools: Tools, cursors: Cursors, kafka: Kafka
    ) -> None:
        """A broken item is counted with its place, and costs none of its neighbours."""
        this = self.ask(connector, tools, cursors, kafka)
        assert this.tally.malformed >= 1
        assert ": " in this.complaints[0]
        assert this.tally.sent >= 2

    def test_ids_do_not_change(
        self, connector: Connector, tools: Tools, cursors: Cursors, kafka: Kafka
    ) -> None:
        """A newsmill that has forgotten everything gives the same ids."""
        self.ask(connector, tools, cursors, kafka)
        other = Kafka()
        self.ask(connector, tools, Cursors(":memory:"), other)
        assert [a.id for a in other.arrived] == [a.id for a in kafka.arrived]

    def test_options_are_frozen_and_strict(self, connector: Connector) -> None:
        """Options cannot be changed, and unknown ones are refused."""
        with pytest.raises(ValidationError):
            connector.every_secs = 5  # type: ignore[misc]
        with pytest.raises(ValidationError):
            type(connector).model_validate(connector.model_dump() | {"evry_secs": 1})

    def test_every_option_is_described(self, connector: Connector) -> None:
        """Each option has a description and an example that the model itself accepts."""
        for name, option in type(connector).model_fields.items():
            assert option.description, name
            assert option.examples, name
            if name != "type":
                changed = connector.model_dump() | {name: option.examples[0]}
                assert type(connector).model_validate(changed), name
