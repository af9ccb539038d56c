"""The words everybody uses: records in the order they are made, topics, ids."""

from schemas.clean import NOT_STORIES, ArticleKind, CleanArticle, Kind, Origin, RemovedLine
from schemas.enriched import EnrichedArticle, Entity, Place
from schemas.errors import (
    ConfigError,
    DropReason,
    ErrorType,
    Fault,
    RecordError,
    ServiceUnavailable,
)
from schemas.identity import GENERATION, article_id, document_version, normal_form
from schemas.outcomes import DeadLetter, Dropped
from schemas.raw import RawArticle
from schemas.record import SCHEMA_VERSION, Record
from schemas.topics import TOPICS, Topic

__all__ = [
    "GENERATION",
    "NOT_STORIES",
    "SCHEMA_VERSION",
    "TOPICS",
    "ArticleKind",
    "CleanArticle",
    "ConfigError",
    "DeadLetter",
    "DropReason",
    "Dropped",
    "EnrichedArticle",
    "Entity",
    "ErrorType",
    "Fault",
    "Kind",
    "Origin",
    "Place",
    "RawArticle",
    "Record",
    "RecordError",
    "RemovedLine",
    "ServiceUnavailable",
    "Topic",
    "article_id",
    "document_version",
    "normal_form",
]
