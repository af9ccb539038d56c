"""From an enriched article to a sink: articles.enriched -> Elasticsearch, SQLite or JSON Lines."""

from pipeline.index.document import document
from pipeline.index.sink import Document, Hit, Sink, Written

__all__ = ["Document", "Hit", "Sink", "Written", "document"]
