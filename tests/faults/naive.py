"""The control: an index worker written as Faust's tutorial shows it.  It loses records.

Automatic acknowledgements, `take` for batches, and the client's own bulk helper.  It stands in the
place of ours, in the same group, so that the same fault is seen to bite.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import faust
from elasticsearch import AsyncElasticsearch
from elasticsearch.helpers import async_bulk

from pipeline.index.document import document
from schemas import EnrichedArticle


def make() -> faust.App:
    """Return the app, made as in the tutorial."""
    client = AsyncElasticsearch(os.environ["NEWSMILL_ELASTICSEARCH_URL"], request_timeout=10)
    broker = f"kafka://{os.environ['NEWSMILL_KAFKA_BOOTSTRAP_SERVERS']}"
    app = faust.App("newsmill-index", broker=broker, topic_disable_leader=True, web_enabled=False,
                    consumer_auto_offset_reset="earliest")  # fmt: skip
    topic = app.topic("articles.enriched", value_serializer="raw", value_type=bytes)

    @app.agent(topic)
    async def index(stream: Any) -> None:
        async for batch in stream.take(64, within=0.5):
            await async_bulk(client, actions(batch))

    return app


def actions(batch: list[bytes]) -> Iterator[dict[str, Any]]:
    """Yield what the helper is to write."""
    for value in batch:
        made = document(EnrichedArticle.from_bytes(value), datetime.now(UTC))
        yield {"_index": "articles", "_id": made.id, "_source": made.body,
               "version": made.version, "version_type": "external"}  # fmt: skip


if __name__ == "__main__":
    sys.argv = ["naive", "worker", "--without-web", "-l", "warn"]
    make().main()
