"""From the world to articles.raw: one module for each kind of source, and the way to Kafka."""

from connectors.connector import Connector, Found, Tools
from connectors.cursors import Cursor, Cursors, Note
from connectors.errors import ItemMalformed, SourceRefused, SourceUnavailable
from connectors.files import Files
from connectors.rss import Rss

CONNECTORS: dict[str, type[Connector]] = {"files": Files, "rss": Rss}
"""Every kind of source, by the word that stands behind ``type:``."""

__all__ = [
    "CONNECTORS",
    "Connector",
    "Cursor",
    "Cursors",
    "Files",
    "Found",
    "ItemMalformed",
    "Note",
    "Rss",
    "SourceRefused",
    "SourceUnavailable",
    "Tools",
]
